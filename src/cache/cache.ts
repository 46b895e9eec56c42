// Not the global one, which is behind a getter that costs a third of a hit.
import { performance } from 'node:perf_hooks'
import { deepFreeze } from './deep-freeze.js'
import { InFlight, type Waiter } from './single-flight.js'
import type { CacheStore } from './store.js'

/** How a call uses the cache: as it is, past it but storing the answer, or not at all. */
export type CacheMode = 'default' | 'reload' | 'no-store'

/** How a value is loaded. */
export interface LoadOptions {
  readonly ttlMs: number
  /** Do not join a request that is in flight. */
  readonly isFresh: boolean
  /** Told whether the waiter joins a request that is in flight. */
  readonly onStart: (isShared: boolean) => void
}

/** Values with a time to live, by key: one request for all who miss at a time, frozen because they are shared. */
export class Cache {
  readonly #store: CacheStore
  readonly #inFlight = new Map<string, InFlight<unknown>>()

  constructor(store: CacheStore) {
    this.#store = store
  }

  /** How many values are held. */
  get size(): number {
    return this.#store.size
  }

  /** The value that is held and not expired. */
  get<T>(key: string): T | undefined {
    const entry = this.#store.get(key)
    return entry === undefined || performance.now() >= entry.expiresAt ? undefined : (entry.value as T)
  }

  /** The value of a request that is in flight, or of one that is started now. A rejection is passed on, never stored. */
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

  /** Forgets one value or all; the answers of requests in flight are passed on and not stored. */
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

  /** Nobody may join a request that has ended or that nobody waits for. */
  #forget(key: string, inFlight: InFlight<unknown>): void {
    if (this.#inFlight.get(key) === inFlight) this.#inFlight.delete(key)
  }
}
