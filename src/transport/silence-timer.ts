import { TimeLimit } from '../call/time-limit.js'
import type { TimeoutPhase } from '../errors.js'

/** Calls `onSilence` when an attempt makes no progress for too long. */
export class SilenceTimer {
  #phase: TimeoutPhase = 'headers'
  readonly #onSilence: (phase: TimeoutPhase, limitMs: number) => void
  #limit: TimeLimit | undefined

  constructor(onSilence: (phase: TimeoutPhase, limitMs: number) => void) {
    this.#onSilence = onSilence
  }

  /** Starts again, in a phase, with a limit in milliseconds. */
  start(phase: TimeoutPhase, limitMs: number): void {
    this.stop()
    this.#phase = phase
    this.#limit = new TimeLimit(limitMs, () => this.#onSilence(this.#phase, limitMs))
  }

  /** Changes the phase, for the error; the limit stays. */
  enter(phase: TimeoutPhase): void {
    this.#phase = phase
  }

  /** Progress was made: the limit counts from now. */
  refresh(): void {
    this.#limit?.refresh()
  }

  /** Stops until the next `start`. */
  stop(): void {
    this.#limit?.stop()
  }
}
