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

  /** Tells now unless it has told within the last 100 ms; `progress` is called only if it tells. */
  update(progress: () => Progress): void {
    if (!this.#listener) return
    const now = performance.now()
    if (now < this.#nextAt) return
    this.#nextAt = now + INTERVAL_MS
    this.#listener(progress())
  }

  /** Reports the end, whenever the last report was. */
  end(progress: () => Progress): void {
    this.#listener?.(progress())
  }
}
