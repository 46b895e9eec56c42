/** How often a failed attempt is repeated, and after which delays; the option `retry` with all defaults. */
export interface RetryPlan {
  readonly maxRetries: number
  readonly baseDelayMs: number
  readonly maxDelayMs: number
  readonly jitter: boolean
  readonly maxRetryAfterMs: number
}

// Varying delays by 25 % spreads the retries of clients that failed at the same time.
const JITTER = 0.25

/** @returns milliseconds before the next retry, after `retries` so far: twice as long each time, up to `maxDelayMs` */
export function backoffMs({ baseDelayMs, maxDelayMs, jitter }: RetryPlan, retries: number): number {
  const factor = jitter ? 1 - JITTER + 2 * JITTER * Math.random() : 1
  return Math.min(maxDelayMs, baseDelayMs * 2 ** retries * factor)
}
