/** Who waits for a value: may leave early, may have a deadline, and counts the requests that were sent for it. */
export interface Waiter {
  attemptCounter: { count: number }
  remainingMs(): number
  wait<T>(promise: Promise<T>): Promise<T>
}

/** A request in flight for those who wait. Its signal aborts when the last of them has left. */
export class InFlight<T> {
  readonly attemptCounter = { count: 0 }
  readonly promise: Promise<T>
  readonly #waiters = new Set<Waiter>()
  readonly #controller = new AbortController()

  constructor(start: (inFlight: InFlight<T>) => Promise<T>) {
    this.promise = start(this)
    // Those who wait handle its rejection; there may be none of them any more.
    this.promise.catch(() => {})
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** Milliseconds until the last deadline of the waiters. */
  remainingMs(): number {
    let longest = 0
    for (const waiter of this.#waiters) longest = Math.max(longest, waiter.remainingMs())
    return longest
  }

  /** The value for one waiter; `onAbandoned` is called when nobody is left to wait for it. */
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
