import { paint } from '../terminal.js'

/** What is under way: one line that is written over on a terminal, else a line for each step or round. */
export class ProgressLine {
  readonly #isTerminal = process.stdout.isTTY === true
  #last = ''

  /** `detail` changes often and is told on a terminal only. */
  update(step: string, detail = ''): void {
    if (this.#isTerminal) {
      process.stdout.write(`\r\u001b[K   ${paint('cyan', step)}  ${paint('dim', detail)}`)
    } else if (step !== this.#last) console.log(`   ${step}`)
    this.#last = step
  }

  /** Leaves an empty line to go on in. */
  end(): void {
    if (this.#isTerminal) process.stdout.write('\r\u001b[K')
  }
}
