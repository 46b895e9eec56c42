import type { Attempts } from '../call/call.js'

/** What waits for a value: it can stop early, can have a deadline, and counts the requests that were sent for it. */
export interface Waiter {
  attemptCounter: Attempts
  remainingMs(): number
  wait<T>(promise: Promise<T>): Promise<T>
}

/** A request that several waiters share. Its signal aborts when the last of them has stopped waiting. */
export class InFlight<T> {
  readonly attemptCounter: Attempts = { count: 0 }
  readonly promise: Promise<T>
  readonly #waiters = new Set<Waiter>()
  readonly #controller = new AbortController()

  constructor(start: (inFlight: InFlight<T>) => Promise<T>) {
    this.promise = start(this)
    // The waiters handle its rejection, and there may be none left.
    this.promise.catch(() => {})
  }

  /** For the request: aborts when no waiter is left. */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** @returns milliseconds until the last deadline of the waiters */
  remainingMs(): number {
    let longest = 0
    for (const waiter of this.#waiters) longest = Math.max(longest, waiter.remainingMs())
    return longest
  }

  /** Adds a waiter. @returns the value; `onAbandoned` is called when no waiter is left */
  async join(waiter: Waiter, onAbandoned: () => void): Promise<T> {
    this.#waiters.add(waiter)
    waiter.attemptCounter = this.attemptCounter
    try {
      return await waiter.wait(this.promise)
    } finally {
      this.#waiters.delete(waiter)
      if (this.#waiters.size === 0) {
        this.#controller.abort()
        onAbandoned()
      }
    }
  }
}
