/** When and how often a failed attempt is repeated. */
export interface RetryPlan {
  readonly maxRetries: number
  readonly baseDelayMs: number
  readonly maxDelayMs: number
  readonly jitter: boolean
  readonly maxRetryAfterMs: number
}

// A quarter each way keeps clients that failed together from coming back together.
const JITTER = 0.25

/** The delay before the next retry, in milliseconds, after `retries` so far: twice as long each time. */
export function backoffMs({ baseDelayMs, maxDelayMs, jitter }: RetryPlan, retries: number): number {
  const factor = jitter ? 1 - JITTER + 2 * JITTER * Math.random() : 1
  return Math.min(maxDelayMs, baseDelayMs * 2 ** retries * factor)
}
