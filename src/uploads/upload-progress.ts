import { type OnProgress, type Progress, ProgressReport } from '../assets/read/progress.js'
import type { Call } from '../call/call.js'
import { noop } from '../call/cancellation.js'

/** The progress of an upload: the bytes of the file that the system has taken for sending, or fetch has read. */
export class UploadProgress {
  readonly #total: number
  readonly #headLength: number
  readonly #report: ProgressReport

  /** `headLength`: how many bytes of the body are before the file. */
  constructor(total: number, headLength: number, onProgress: OnProgress | undefined, call: Call) {
    this.#total = total
    this.#headLength = headLength
    this.#report = new ProgressReport(onProgress, call)
  }

  /** Never throws: what the listener throws has ended the call. */
  tell(sent: number, isAll: boolean): void {
    const transferred = Math.min(this.#total, Math.max(0, sent - this.#headLength))
    const progress = (): Progress => ({ transferred, total: this.#total })
    try {
      if (isAll) this.#report.end(progress).catch(noop)
      else if (transferred > 0 && transferred < this.#total) this.#report.update(progress)
    } catch {
      // See above.
    }
  }
}
