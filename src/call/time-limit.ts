import { type AbortHook, startTimer } from './cancellation.js'

// A timer that fires this late fires after a pause of this process: its event loop was blocked, or it was stopped.
const LATE_MS = 1_000

/**
 * A time limit that does not take a pause of this process for one of the service. Timers run before I/O is polled, so it
 * looks once more at what has arrived before it ends anything; and after a pause, what waits gets the lost time once.
 */
export class TimeLimit {
  readonly #ms: number
  readonly #graceMs: number
  readonly #exceed: () => void
  #timer: NodeJS.Timeout
  #look: NodeJS.Immediate | undefined
  #dueAt = 0
  #isExtended = false

  /** Calls `exceed` after `ms` milliseconds; after a pause of this process, up to `graceMs` milliseconds later. */
  constructor(ms: number, exceed: () => void, graceMs = ms) {
    this.#ms = ms
    this.#graceMs = graceMs
    this.#exceed = exceed
    this.#timer = this.#start(ms)
  }

  /** The limit counts from now. */
  refresh(): void {
    clearImmediate(this.#look)
    this.#dueAt = performance.now() + this.#ms
    if (!this.#isExtended) this.#timer.refresh()
    else {
      clearTimeout(this.#timer)
      this.#isExtended = false
      this.#timer = this.#start(this.#ms)
    }
  }

  /** Ends the limit; it may have passed already. */
  stop(): void {
    clearTimeout(this.#timer)
    clearImmediate(this.#look)
  }

  #start(ms: number): NodeJS.Timeout {
    this.#dueAt = performance.now() + ms
    return startTimer(ms, () => this.#fire())
  }

  #fire(): void {
    const lateMs = performance.now() - this.#dueAt
    if (!this.#isExtended && lateMs >= Math.min(this.#ms, LATE_MS)) {
      this.#isExtended = true
      this.#timer = this.#start(Math.min(lateMs, this.#graceMs))
    } else this.#look = setImmediate(this.#exceed)
  }
}

/** @returns a hook that ends a wait after `ms` milliseconds, with the reason that `reason` returns then */
export function after(ms: number, reason: () => unknown): AbortHook {
  return (end) => {
    const limit = new TimeLimit(ms, () => end(reason()))
    return () => limit.stop()
  }
}
