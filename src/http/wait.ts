/** Registers `end`, to be called when something ends a wait early; gives the way to unregister it. */
export type Interrupt = (end: (reason: unknown) => void) => () => void

/** Does nothing; for promises whose failure is told elsewhere. */
export const noop = (): void => {}

// Longer than this, setTimeout fires at once.
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** `setTimeout` that takes any duration: beyond 24.8 days it fires after 24.8 days. */
export function startTimer(ms: number, fire: () => void): NodeJS.Timeout {
  return setTimeout(fire, Math.min(ms, LONGEST_TIMER_MS))
}

/**
 * Waits until `start` resolves or rejects, or an interrupt rejects first. `start` may give a way to clean up.
 * Nothing that was registered outlives the wait.
 */
export function interruptible<T>(
  start: (resolve: (value: T) => void, reject: (reason: unknown) => void) => (() => void) | undefined,
  ...interrupts: readonly Interrupt[]
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const cleanUps: Array<() => void> = []
    let settled = false
    const settle = (finish: () => void): void => {
      if (settled) return
      settled = true
      for (const cleanUp of cleanUps) cleanUp()
      finish()
    }
    const fail = (reason: unknown): void => settle(() => reject(reason))
    const steps: Array<() => (() => void) | undefined> = interrupts.map((interrupt) => () => interrupt(fail))
    steps.push(() => start((value) => settle(() => resolve(value)), fail))
    for (const step of steps) {
      if (settled) break
      const cleanUp = step()
      if (settled) cleanUp?.()
      else if (cleanUp) cleanUps.push(cleanUp)
    }
  })
}

/** Ends waits with one reason, as an AbortSignal does; on Node 20 one of those costs more than a wait. */
export class Cancellation {
  readonly #waits = new Set<(reason: unknown) => void>()
  #isCancelled = false
  #reason: unknown

  get isCancelled(): boolean {
    return this.#isCancelled
  }

  get reason(): unknown {
    return this.#reason
  }

  /** Ends every wait, and all that come; only the first reason counts. */
  cancel(reason: unknown): void {
    if (this.#isCancelled) return
    this.#isCancelled = true
    this.#reason = reason
    for (const end of this.#waits) end(reason)
    this.#waits.clear()
  }

  throwIfCancelled(): void {
    if (this.#isCancelled) throw this.#reason
  }

  /** The interrupt of a wait. */
  readonly interrupt: Interrupt = (end) => {
    if (this.#isCancelled) end(this.#reason)
    else this.#waits.add(end)
    return () => this.#waits.delete(end)
  }

  /** Waits `ms` milliseconds, or less if the reason comes or another interrupt rejects. */
  sleep(ms: number, ...others: readonly Interrupt[]): Promise<void> {
    const start = (resolve: () => void): (() => void) => {
      const timer = startTimer(ms, resolve)
      return () => clearTimeout(timer)
    }
    return interruptible<void>(start, this.interrupt, ...others)
  }

  /** The promise's outcome, or the reason if that comes first. */
  wait<T>(promise: Promise<T>): Promise<T> {
    // Where the wait is over before it begins, nobody else hears of a rejection.
    promise.catch(noop)
    return interruptible<T>((resolve, reject) => {
      promise.then(resolve, reject)
      return undefined
    }, this.interrupt)
  }
}

/** Ends a wait after `ms` with the reason that is made then. */
export function after(ms: number, reason: () => unknown): Interrupt {
  return (end) => {
    const timer = startTimer(ms, () => end(reason()))
    return () => clearTimeout(timer)
  }
}
