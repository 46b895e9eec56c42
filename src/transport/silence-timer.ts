import { startTimer } from '../call/cancellation.js'
import type { TimeoutPhase } from '../errors.js'

/** Fires when an attempt does not go on; knows in which phase it is. */
export class SilenceTimer {
  #phase: TimeoutPhase = 'headers'
  readonly #onSilence: (phase: TimeoutPhase, limitMs: number) => void
  #timer: NodeJS.Timeout | undefined

  constructor(onSilence: (phase: TimeoutPhase, limitMs: number) => void) {
    this.#onSilence = onSilence
  }

  /** Starts anew. */
  start(phase: TimeoutPhase, limitMs: number): void {
    this.stop()
    this.#phase = phase
    this.#timer = startTimer(limitMs, () => this.#onSilence(this.#phase, limitMs))
  }

  /** The attempt has come to its next phase; the limit goes on. */
  enter(phase: TimeoutPhase): void {
    this.#phase = phase
  }

  /** Something has come: the limit counts from now. */
  refresh(): void {
    this.#timer?.refresh()
  }

  stop(): void {
    clearTimeout(this.#timer)
  }
}
