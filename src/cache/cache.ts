import { deepFreeze } from './deep-freeze.js'
import { InFlight, type Waiter } from './single-flight.js'
import type { CacheStore } from './store.js'

/** How a call uses the cache: `default`; `reload` does not read it, but stores the response; `no-store` does neither. */
export type CacheMode = 'default' | 'reload' | 'no-store'

/** How a value is loaded. */
export interface LoadOptions {
  /** Time to live in milliseconds. */
  readonly ttlMs: number
  /** Do not share a request that is in flight. */
  readonly isFresh: boolean
  /** Called with whether the waiter shares a request that is in flight. */
  readonly onStart: (isShared: boolean) => void
}

/** Values by key, with a time to live. Concurrent misses share one request. Values are shared, so they are frozen. */
export class Cache {
  readonly #store: CacheStore
  readonly #inFlight = new Map<string, InFlight<unknown>>()

  constructor(store: CacheStore) {
    this.#store = store
  }

  /** How many values are held, expired ones included. */
  get size(): number {
    return this.#store.size
  }

  /** @returns the value of a key; undefined for none and for an expired one */
  get<T>(key: string): T | undefined {
    const entry = this.#store.get(key)
    return entry === undefined || performance.now() >= entry.expiresAt ? undefined : (entry.value as T)
  }

  /**
   * Waits for the request of a key that is in flight, or starts one.
   * @returns its value, which is stored unless the key was invalidated meanwhile; a rejection is never stored
   */
  async load<T>(
    key: string,
    { ttlMs, isFresh, onStart }: LoadOptions,
    waiter: Waiter,
    start: (inFlight: InFlight<T>) => Promise<T>,
  ): Promise<T> {
    const shared = isFresh ? undefined : (this.#inFlight.get(key) as InFlight<T> | undefined)
    onStart(shared !== undefined)
    const inFlight = shared ?? new InFlight<T>((started) => this.#run(key, ttlMs, started, start))
    if (!shared) this.#inFlight.set(key, inFlight)
    return inFlight.join(waiter, () => this.#forget(key, inFlight))
  }

  /** Removes the value of a key, or all. Responses of requests in flight reach their callers and are not stored. */
  invalidate(key?: string): void {
    this.#store.delete(key)
    if (key === undefined) this.#inFlight.clear()
    else this.#inFlight.delete(key)
  }

  async #run<T>(
    key: string,
    ttlMs: number,
    inFlight: InFlight<T>,
    start: (inFlight: InFlight<T>) => Promise<T>,
  ): Promise<T> {
    try {
      const value = deepFreeze(await start(inFlight))
      if (this.#inFlight.get(key) === inFlight) {
        this.#store.set(key, { value, expiresAt: performance.now() + ttlMs })
      }
      return value
    } finally {
      this.#forget(key, inFlight)
    }
  }

  /** A request that has ended, or that no caller waits for, is not shared any more. */
  #forget(key: string, inFlight: InFlight<unknown>): void {
    if (this.#inFlight.get(key) === inFlight) this.#inFlight.delete(key)
  }
}
