import { startTimer } from '../call/cancellation.js'
import type { TimeoutPhase } from '../errors.js'

/** Fires when an attempt does not go on; knows in which phase it is. */
export class SilenceTimer {
  phase: TimeoutPhase = 'headers'
  readonly #onSilence: (phase: TimeoutPhase, limitMs: number) => void
  #timer: NodeJS.Timeout | undefined
  #limitMs = 0

  constructor(onSilence: (phase: TimeoutPhase, limitMs: number) => void) {
    this.#onSilence = onSilence
  }

  /** Starts anew, with the last limit if none is given. */
  start(limitMs: number = this.#limitMs): void {
    this.stop()
    this.#limitMs = limitMs
    this.#timer = startTimer(limitMs, () => this.#onSilence(this.phase, limitMs))
  }

  /** Something has come: the limit counts from now. */
  refresh(): void {
    this.#timer?.refresh()
  }

  stop(): void {
    clearTimeout(this.#timer)
  }
}
