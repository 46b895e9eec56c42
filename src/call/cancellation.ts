/** Registers `end`, which ends a wait early. @returns the function that unregisters it */
export type AbortHook = (end: (reason: unknown) => void) => () => void

/** Does nothing; for promises whose rejection is reported elsewhere. */
export const noop = (): void => {}

// A longer delay makes setTimeout fire at once.
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** `setTimeout` for any duration in milliseconds: beyond 24.8 days it fires after 24.8 days. @returns the timer */
export function startTimer(ms: number, fire: () => void): NodeJS.Timeout {
  return setTimeout(fire, Math.min(ms, LONGEST_TIMER_MS))
}

/**
 * Waits until `start` resolves or rejects, or until a hook rejects first. Nothing that was registered outlives the wait.
 * @param start may return a function that cleans up
 * @returns what `start` resolves to
 */
export function abortable<T>(
  start: (resolve: (value: T) => void, reject: (reason: unknown) => void) => (() => void) | undefined,
  ...hooks: readonly AbortHook[]
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
    const steps: Array<() => (() => void) | undefined> = hooks.map((hook) => () => hook(fail))
    steps.push(() => start((value) => settle(() => resolve(value)), fail))
    for (const step of steps) {
      if (settled) break
      const cleanUp = step()
      if (settled) cleanUp?.()
      else if (cleanUp) cleanUps.push(cleanUp)
    }
  })
}

/** Ends waits with one reason, like an AbortSignal, which on Node.js 20 costs more time than a whole wait. */
export class Cancellation {
  readonly #waits = new Set<(reason: unknown) => void>()
  #isCancelled = false
  #reason: unknown

  /** Whether `cancel` has been called. */
  get isCancelled(): boolean {
    return this.#isCancelled
  }

  /** The reason of the first `cancel`; undefined before it. */
  get reason(): unknown {
    return this.#reason
  }

  /** Rejects every wait, now and later, with the reason; a second call does nothing. */
  cancel(reason: unknown): void {
    if (this.#isCancelled) return
    this.#isCancelled = true
    this.#reason = reason
    for (const end of this.#waits) end(reason)
    this.#waits.clear()
  }

  /** Throws the reason, if there is one. */
  throwIfCancelled(): void {
    if (this.#isCancelled) throw this.#reason
  }

  /** The hook that ends a wait when this is cancelled. */
  readonly hook: AbortHook = (end) => {
    if (this.#isCancelled) end(this.#reason)
    else this.#waits.add(end)
    return () => this.#waits.delete(end)
  }

  /** Waits `ms` milliseconds. Rejects early if this is cancelled or another hook ends the wait. */
  sleep(ms: number, ...others: readonly AbortHook[]): Promise<void> {
    const start = (resolve: () => void): (() => void) => {
      const timer = startTimer(ms, resolve)
      return () => clearTimeout(timer)
    }
    return abortable<void>(start, this.hook, ...others)
  }

  /** @returns what the promise resolves to; rejects early if this is cancelled or another hook ends the wait */
  wait<T>(promise: Promise<T>, ...others: readonly AbortHook[]): Promise<T> {
    // Where the wait ends before it begins, nobody else handles a rejection.
    promise.catch(noop)
    return abortable<T>(
      (resolve, reject) => {
        promise.then(resolve, reject)
        return undefined
      },
      this.hook,
      ...others,
    )
  }
}
