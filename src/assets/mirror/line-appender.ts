import { constants } from 'node:fs'
import { appendFile } from 'node:fs/promises'
import { noop } from '../../call/cancellation.js'

const APPEND = constants.O_APPEND | constants.O_CREAT | constants.O_WRONLY | constants.O_NOFOLLOW

/**
 * Appends lines to a file that others append to as well. Lines that come while some are being written are written
 * together, in one write. The file is opened anew each time, since another mirror may have replaced it.
 */
export class LineAppender {
  readonly #file: string
  #waiting: string[] = []
  /** The write of the lines that wait, or the last one. */
  #write: Promise<void> = Promise.resolve()

  constructor(file: string) {
    this.#file = file
  }

  /** Resolves when the line is in the file. Rejects with the error of the system, as do all lines of that write. */
  append(line: string): Promise<void> {
    this.#waiting.push(line)
    if (this.#waiting.length === 1) this.#write = this.#write.catch(noop).then(() => this.#writeWaiting())
    return this.#write
  }

  #writeWaiting(): Promise<void> {
    const lines = this.#waiting
    this.#waiting = []
    // A line that was cut must not swallow the first one.
    return appendFile(this.#file, `\n${lines.join('\n')}\n`, { flag: APPEND })
  }
}
