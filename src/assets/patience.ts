import type { Call } from '../call/call.js'
import {
  DreamStorageCircuitOpenError,
  type DreamStorageError,
  DreamStorageNetworkError,
  DreamStorageServerError,
} from '../errors.js'

const FAILURES = [DreamStorageNetworkError, DreamStorageServerError]

const LONGEST_WAIT_MS = 300_000
// While another call is tried, the circuit breaker says 0.
const SHORTEST_WAIT_MS = 1_000

/** The waits of one operation while the circuit breaker is open: until its deadline, and for 5 minutes in all. */
export class Patience {
  readonly #isDown: () => boolean
  #leftMs = LONGEST_WAIT_MS
  #waiting = 0
  #since = 0

  constructor(isDown: () => boolean) {
    this.#isDown = isDown
  }

  /**
   * Runs work, again each time that it fails while the circuit breaker is open. What fails for itself is not repeated.
   * @returns what `work` resolves to
   * @throws what it rejects with, also {@link DreamStorageCircuitOpenError} when that would take too long, and for one URL
   */
  async run<T>(call: Call, work: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await work()
      } catch (error) {
        call.cancellation.throwIfCancelled()
        if (!this.#isOfOutage(error)) throw error
        await this.#wait(call, error)
      }
    }
  }

  #isOfOutage(error: unknown): error is DreamStorageError {
    if (error instanceof DreamStorageCircuitOpenError) return error.url === undefined
    const isFailure = FAILURES.some((Failure) => error instanceof Failure)
    return isFailure && this.#isDown()
  }

  /** Files that wait at the same time spend their time once. */
  async #wait(call: Call, error: DreamStorageError): Promise<void> {
    const retryAfterMs = error instanceof DreamStorageCircuitOpenError ? error.retryAfterMs : 0
    const ms = Math.max(SHORTEST_WAIT_MS, retryAfterMs)
    const spentMs = this.#waiting > 0 ? performance.now() - this.#since : 0
    if (ms > Math.min(this.#leftMs - spentMs, call.remainingMs())) throw error
    if (this.#waiting++ === 0) this.#since = performance.now()
    try {
      await call.cancellation.sleep(ms)
    } finally {
      if (--this.#waiting === 0) this.#leftMs -= performance.now() - this.#since
    }
    call.retryCounter.count = 0
  }
}
