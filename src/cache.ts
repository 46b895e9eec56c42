// Not the global one, which is behind a getter that costs a third of a hit.
import { performance } from 'node:perf_hooks'
import QuickLRU from 'quick-lru'

/** How a call uses the cache: as it is, past it but storing the answer, or not at all. */
export type CacheMode = 'default' | 'reload' | 'no-store'

/** Somebody who waits for a value: may leave early, may have a deadline, and is told how often was tried. */
interface Waiter {
  progress: { attempts: number }
  remainingMs(): number
  wait<T>(promise: Promise<T>): Promise<T>
}

/** A load that is under way for those who wait; its signal aborts when the last of them has left. */
interface Flight {
  readonly signal: AbortSignal
  readonly progress: { attempts: number }
  /** Until the last of the waiters' deadlines. */
  remainingMs(): number
}

/** What the cache has done, and how much it holds. */
export interface CacheStats {
  hits: number
  misses: number
  /** Calls that waited for the request of another. */
  shared: number
  entries: number
}

interface Entry {
  readonly value: unknown
  readonly expiresAt: number
  /** The number of the last use. */
  usedAt: number
}

class SharedLoad implements Flight {
  readonly waiters = new Set<Waiter>()
  readonly progress = { attempts: 0 }
  readonly #controller = new AbortController()

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  remainingMs(): number {
    return Math.max(...Array.from(this.waiters, (waiter) => waiter.remainingMs()))
  }

  abort(): void {
    this.#controller.abort()
  }
}

/** Values with a time to live, by key: one load for all who miss at a time, frozen because they are shared. */
export class Cache {
  readonly #maxEntries: number
  readonly #entries: QuickLRU<string, Entry>
  readonly #loads = new Map<string, { readonly load: SharedLoad; readonly promise: Promise<unknown> }>()
  #uses = 0
  readonly #stats = { hits: 0, misses: 0, shared: 0 }

  constructor(maxEntries: number) {
    this.#maxEntries = maxEntries
    this.#entries = new QuickLRU({ maxSize: maxEntries })
  }

  get stats(): CacheStats {
    return { ...this.#stats, entries: this.#entries.size }
  }

  /** The value that is held and not expired; counted as a hit if there is one. */
  hit<T>(key: string): T | undefined {
    const entry = this.#entries.get(key)
    if (entry === undefined || performance.now() >= entry.expiresAt) return undefined
    this.#stats.hits++
    entry.usedAt = ++this.#uses
    return entry.value as T
  }

  /** The value of a load that is under way, or of one that is started now. An error is given, never stored. */
  async load<T>(
    key: string,
    options: { ttlMs: number; fresh: boolean },
    waiter: Waiter,
    start: (flight: Flight) => Promise<T>,
  ): Promise<T> {
    const underWay = options.fresh ? undefined : this.#loads.get(key)
    if (underWay) this.#stats.shared++
    else this.#stats.misses++
    const { load, promise } = underWay ?? this.#start(key, options.ttlMs, start)
    load.waiters.add(waiter)
    waiter.progress = load.progress
    try {
      return await waiter.wait(promise as Promise<T>)
    } finally {
      load.waiters.delete(waiter)
      if (load.waiters.size === 0) this.#end(key, load)
    }
  }

  /** Forgets what `matches` (or all), loads that are under way included: their answers are given, not stored. */
  invalidate(matches: (key: string) => boolean = () => true): void {
    for (const key of [...this.#entries.keys(), ...this.#loads.keys()]) {
      if (!matches(key)) continue
      this.#entries.delete(key)
      this.#loads.delete(key)
    }
  }

  #start<T>(
    key: string,
    ttlMs: number,
    start: (flight: Flight) => Promise<T>,
  ): { load: SharedLoad; promise: Promise<T> } {
    const load = new SharedLoad()
    const underWay = { load, promise: this.#run(key, ttlMs, load, start) }
    underWay.promise.catch(() => {})
    this.#loads.set(key, underWay)
    return underWay
  }

  async #run<T>(
    key: string,
    ttlMs: number,
    load: SharedLoad,
    start: (flight: Flight) => Promise<T>,
  ): Promise<T> {
    try {
      const value = deepFreeze(await start(load))
      if (this.#loads.get(key)?.load === load) this.#store(key, value, ttlMs)
      return value
    } finally {
      this.#end(key, load)
    }
  }

  /** Nobody shall join a load that is over or that nobody waits for. */
  #end(key: string, load: SharedLoad): void {
    load.abort()
    if (this.#loads.get(key)?.load === load) this.#loads.delete(key)
  }

  #store(key: string, value: unknown, ttlMs: number): void {
    const expiresAt = performance.now() + ttlMs
    this.#entries.set(key, { value, expiresAt, usedAt: ++this.#uses })
    // quick-lru holds up to twice its size, in a rough order of use.
    const byUse = [...this.#entries].sort(([, a], [, b]) => a.usedAt - b.usedAt)
    for (const [oldest] of byUse.slice(0, -this.#maxEntries)) this.#entries.delete(oldest)
  }
}

/** Freezes a JSON value to its depth. */
export function deepFreeze<T>(value: T): T {
  const left: unknown[] = [value]
  while (left.length > 0) {
    const next = left.pop()
    if (typeof next !== 'object' || next === null) continue
    // Not `push(...members)`: there can be more members than a call can have arguments.
    for (const member of Object.values(Object.freeze(next))) left.push(member)
  }
  return value
}
