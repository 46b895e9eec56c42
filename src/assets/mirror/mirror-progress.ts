import type { Cancellation } from '../../call/cancellation.js'
import type { ListedFile } from '../../service/listing.js'
import { type OnProgress, type Progress, ProgressReport } from '../read/progress.js'

/** The progress of a mirror: bytes of all files, unchanged ones included. */
export class MirrorProgress {
  readonly #report: ProgressReport
  /** The bytes so far of each file that is in flight; the sum of all is kept, not computed. */
  readonly #inFlight = new Map<string, number>()
  #transferred = 0
  readonly #files: { done: number; total: number }
  readonly #total: number | undefined

  constructor(files: readonly ListedFile[], onProgress: OnProgress | undefined, cancellation: Cancellation) {
    this.#report = new ProgressReport(onProgress, cancellation)
    this.#files = { done: 0, total: files.length }
    const sizes = files.map(({ size }) => size ?? Number.NaN)
    const total = sizes.reduce((sum, size) => sum + size, 0)
    this.#total = Number.isNaN(total) ? undefined : total
  }

  /** Records that `transferred` bytes of a file have arrived so far. */
  update({ path }: ListedFile, transferred: number): void {
    this.#transferred += transferred - (this.#inFlight.get(path) ?? 0)
    this.#inFlight.set(path, transferred)
    this.#report.update(() => this.#state(path))
  }

  /** Records that a file is finished, failed ones included. */
  done({ path, size }: ListedFile): void {
    const transferred = this.#inFlight.get(path) ?? 0
    this.#transferred += (size ?? transferred) - transferred
    this.#inFlight.delete(path)
    this.#files.done++
    this.#report.update(() => this.#state(path))
  }

  /** Reports the end of the mirror. Rejects if the listener has failed. */
  end(): Promise<void> {
    return this.#report.end(() => this.#state())
  }

  #state(path?: string): Progress {
    return {
      transferred: this.#transferred,
      ...(this.#total !== undefined && { total: this.#total }),
      files: { ...this.#files },
      ...(path !== undefined && { path }),
    }
  }
}
