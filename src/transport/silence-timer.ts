import { startTimer } from '../call/cancellation.js'
import type { TimeoutPhase } from '../errors.js'

/** Fires when an attempt does not go on; knows in which phase it is. */
export class SilenceTimer {
  phase: TimeoutPhase = 'headers'
  readonly #onSilence: (phase: TimeoutPhase, limitMs: number) => void
  #timer: NodeJS.Timeout | undefined
  #limitMs = 0
  /** How often the attempt has gone on. */
  #steps = 0

  constructor(onSilence: (phase: TimeoutPhase, limitMs: number) => void) {
    this.#onSilence = onSilence
  }

  /** Starts anew, with the last limit if none is given. */
  start(limitMs: number = this.#limitMs): void {
    this.stop()
    this.#limitMs = limitMs
    this.#timer = startTimer(limitMs, () => this.#expire(limitMs))
  }

  /** Something has come: the limit counts from now. */
  refresh(): void {
    this.#steps++
    this.#timer?.refresh()
  }

  stop(): void {
    this.#steps++
    clearTimeout(this.#timer)
  }

  /** Timers run before I/O is polled: after a blocked event loop, what the attempt waits for may be there unread. */
  #expire(limitMs: number): void {
    const steps = this.#steps
    setImmediate(() => {
      if (steps === this.#steps) this.#onSilence(this.phase, limitMs)
    })
  }
}
