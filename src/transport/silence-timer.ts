import { startTimer } from '../call/cancellation.js'
import type { TimeoutPhase } from '../errors.js'

/** Returns how far something has come; any change is progress. */
export type Progress = () => number

/** Called when the body of a request begins to be sent, with how much has gone out; and without it when all has. */
export type OnSend = (progress?: Progress) => void

// How often progress is looked at within a limit: a silence is noticed late by one part at most.
const LOOKS = 8

/** Calls `onSilence` when an attempt makes no progress for too long. */
export class SilenceTimer {
  #phase: TimeoutPhase = 'headers'
  readonly #onSilence: (phase: TimeoutPhase, limitMs: number) => void
  #timer: NodeJS.Timeout | undefined
  /** How often the attempt has made progress. */
  #steps = 0
  /** The limit while progress is looked at. */
  #polledLimitMs: number | undefined

  constructor(onSilence: (phase: TimeoutPhase, limitMs: number) => void) {
    this.#onSilence = onSilence
  }

  /** Starts again, in a phase, with a limit in milliseconds. `progress` is for a phase in which nobody calls `refresh`. */
  start(phase: TimeoutPhase, limitMs: number, progress?: Progress): void {
    this.stop()
    this.#phase = phase
    this.#polledLimitMs = progress && limitMs
    if (progress) this.#poll(limitMs, progress, progress(), LOOKS)
    else this.#timer = startTimer(limitMs, () => this.#afterIo(() => this.#onSilence(this.#phase, limitMs)))
  }

  /** Changes the phase, for the error; the limit stays, but starts again if progress was looked at. */
  enter(phase: TimeoutPhase): void {
    if (this.#polledLimitMs !== undefined) this.start(phase, this.#polledLimitMs)
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

  #poll(limitMs: number, progress: Progress, seen: number, looks: number): void {
    const look = (): void => {
      const now = progress()
      if (now === seen && looks === 1) this.#onSilence(this.#phase, limitMs)
      else this.#poll(limitMs, progress, now, now === seen ? looks - 1 : LOOKS)
    }
    this.#timer = startTimer(limitMs / LOOKS, () => this.#afterIo(look))
  }

  /** Timers run before I/O is polled: after a blocked event loop, the response may have arrived and not been read. */
  #afterIo(act: () => void): void {
    const steps = this.#steps
    setImmediate(() => {
      if (steps === this.#steps) act()
    })
  }
}
