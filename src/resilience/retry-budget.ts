const SECONDS = 10
const RETRIES_PER_CALL = 0.2
const SPARE_RETRIES = 10

interface Second {
  calls: number
  retries: number
}

/**
 * Limits the retries after failures of one client: in 10 seconds to a fifth of the calls, and 10 more. So a service that
 * fails often is not sent much more than without retries.
 */
export class RetryBudget {
  /** The last seconds on the monotonic clock, the oldest first; only those in which something happened. */
  readonly #seconds = new Map<number, Second>()

  /** Counts a call. */
  addCall(): void {
    this.#now().calls++
  }

  /** Takes one retry. @returns false when there is none left */
  takeRetry(): boolean {
    const now = this.#now()
    let left = SPARE_RETRIES
    for (const { calls, retries } of this.#seconds.values()) left += calls * RETRIES_PER_CALL - retries
    if (left < 1) return false
    now.retries++
    return true
  }

  #now(): Second {
    const second = Math.floor(performance.now() / 1_000)
    const found = this.#seconds.get(second)
    if (found) return found
    for (const past of this.#seconds.keys()) if (past <= second - SECONDS) this.#seconds.delete(past)
    const created = { calls: 0, retries: 0 }
    this.#seconds.set(second, created)
    return created
  }
}
