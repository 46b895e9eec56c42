/** How far a transfer is, in bytes; `total` is absent while nobody knows it, `path` names a file of several. */
export interface Progress {
  readonly transferred: number
  readonly total?: number
  readonly path?: string
  /** Of a mirror: how many files are through, and how many there are. */
  readonly files?: { readonly done: number; readonly total: number }
}

/** Hears of progress at most every 100 ms, and always once at the end. */
export type OnProgress = (progress: Progress) => void

const INTERVAL_MS = 100

/** Tells a listener of progress, not too often. */
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

  /** Tells the last word. */
  end(progress: () => Progress): void {
    this.#listener?.(progress())
  }
}
