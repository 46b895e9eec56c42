import { setImmediate } from 'node:timers/promises'
import type { Cancellation } from '../../call/cancellation.js'

/** The progress of a transfer. */
export interface Progress {
  /** Bytes so far. */
  readonly transferred: number
  /** Bytes of all; absent while unknown. */
  readonly total?: number
  /** Of a mirror: the file that made the progress. */
  readonly path?: string
  /** Of a mirror: how many files are finished, failed ones included, and how many there are. */
  readonly files?: { readonly done: number; readonly total: number }
}

/**
 * Called with the progress at most every 100 ms, and once at the end. The call rejects with what it throws, or with what
 * the promise that it returns rejects with while the call lasts; no call waits for that promise.
 */
export type OnProgress = (progress: Progress) => void

const INTERVAL_MS = 100

/** Calls a listener with the progress, not too often. */
export class ProgressReport {
  readonly #listener: OnProgress | undefined
  readonly #cancellation: Cancellation
  #nextAt = 0

  /** What the listener throws cancels the call: it is no failure of a request, and so nothing is tried again. */
  constructor(listener: OnProgress | undefined, cancellation: Cancellation) {
    this.#listener = listener
    this.#cancellation = cancellation
  }

  /** Tells now unless it has told within the last 100 ms; `progress` is called only if it tells. */
  update(progress: () => Progress): void {
    if (!this.#listener) return
    const now = performance.now()
    if (now < this.#nextAt) return
    this.#nextAt = now + INTERVAL_MS
    this.#tell(this.#listener, progress())
  }

  /** Reports the end, whenever the last report was. Rejects if the listener has failed. */
  async end(progress: () => Progress): Promise<void> {
    if (!this.#listener) return
    this.#tell(this.#listener, progress())
    // A promise that is rejected already is noticed in the meantime.
    await setImmediate()
    this.#cancellation.throwIfCancelled()
  }

  #tell(listener: OnProgress, progress: Progress): void {
    const fail = (reason: unknown): void => this.#cancellation.cancel(reason)
    try {
      Promise.resolve(listener(progress)).catch(fail)
    } catch (error) {
      fail(error)
      throw error
    }
  }
}
