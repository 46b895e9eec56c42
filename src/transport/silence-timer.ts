import { startTimer } from '../call/cancellation.js'
import type { TimeoutPhase } from '../errors.js'

/** Calls `onSilence` when an attempt makes no progress for too long. */
export class SilenceTimer {
  /** The phase of the attempt, for the error. */
  phase: TimeoutPhase = 'headers'
  readonly #onSilence: (phase: TimeoutPhase, limitMs: number) => void
  #timer: NodeJS.Timeout | undefined
  #limitMs = 0

  constructor(onSilence: (phase: TimeoutPhase, limitMs: number) => void) {
    this.#onSilence = onSilence
  }

  /** Starts again, with a limit in milliseconds. @param limitMs by default the last one */
  start(limitMs: number = this.#limitMs): void {
    this.stop()
    this.#limitMs = limitMs
    this.#timer = startTimer(limitMs, () => this.#onSilence(this.phase, limitMs))
  }

  /** Progress was made: the limit counts from now. */
  refresh(): void {
    this.#timer?.refresh()
  }

  /** Stops until the next `start`. */
  stop(): void {
    clearTimeout(this.#timer)
  }
}
