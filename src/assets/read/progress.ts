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

/** Called with the progress at most every 100 ms, and once at the end. What it throws ends the transfer. */
export type OnProgress = (progress: Progress) => void

const INTERVAL_MS = 100

/** Calls a listener with the progress, not too often. */
export class ProgressReport {
  readonly #listener: OnProgress | undefined
  #nextAt = 0

  constructor(listener: OnProgress | undefined) {
    this.#listener = listener
  }

  /** Calls the listener, unless it was called within the last 100 ms. */
  update(progress: Progress): void {
    if (!this.#listener || performance.now() < this.#nextAt) return
    this.#nextAt = performance.now() + INTERVAL_MS
    this.#listener(progress)
  }

  /** Calls the listener for the last time. */
  end(progress: Progress): void {
    this.#listener?.(progress)
  }
}
