import { startTimer } from '../call/cancellation.js'
import type { TimeoutPhase } from '../errors.js'

/** Calls `onSilence` when an attempt makes no progress for too long. */
export class SilenceTimer {
  #phase: TimeoutPhase = 'headers'
  readonly #onSilence: (phase: TimeoutPhase, limitMs: number) => void
  #timer: NodeJS.Timeout | undefined
  /** How often the attempt has made progress. */
  #steps = 0

  constructor(onSilence: (phase: TimeoutPhase, limitMs: number) => void) {
    this.#onSilence = onSilence
  }

  /** Starts again, in a phase, with a limit in milliseconds. */
  start(phase: TimeoutPhase, limitMs: number): void {
    this.stop()
    this.#phase = phase
    this.#timer = startTimer(limitMs, () => this.#expire(limitMs))
  }

  /** Changes the phase, for the error; the limit stays. */
  enter(phase: TimeoutPhase): void {
    this.#phase = phase
  }

  /** Progress was made: the limit counts from now. */
  refresh(): void {
    this.#steps++
    this.#timer?.refresh()
  }

  /** Stops until the next `start`. */
  stop(): void {
    this.#steps++
    clearTimeout(this.#timer)
  }

  /** Timers run before I/O is polled: after a blocked event loop, the response may have arrived and not been read. */
  #expire(limitMs: number): void {
    const steps = this.#steps
    setImmediate(() => {
      if (steps === this.#steps) this.#onSilence(this.#phase, limitMs)
    })
  }
}
