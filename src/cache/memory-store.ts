import QuickLRU from 'quick-lru'
import type { CacheEntry, CacheStore } from './store.js'

/** At most `maxEntries` entries in memory; the least recently used is dropped first. */
export class MemoryStore implements CacheStore {
  readonly #maxEntries: number
  // It never holds more than its size, so it drops nothing by itself. Its order is that of insertion.
  readonly #entries: QuickLRU<string, CacheEntry>
  // One iterator for all: it passes over what has been removed or put at the end, and each new one would do so anew.
  #oldest: Iterator<[string, CacheEntry]>
  #size = 0
  #newest: string | undefined

  constructor(maxEntries: number) {
    this.#maxEntries = maxEntries
    // While entries are replaced it holds one more than the limit, at which it would start another generation.
    this.#entries = new QuickLRU({ maxSize: maxEntries + 2 })
    this.#oldest = this.#entries.entriesAscending()
  }

  get size(): number {
    return this.#size
  }

  get(key: string): CacheEntry | undefined {
    const entry = this.#entries.get(key)
    if (entry && key !== this.#newest) this.#insert(key, entry)
    return entry
  }

  set(key: string, entry: CacheEntry): void {
    if (!this.#entries.has(key)) this.#size++
    this.#insert(key, entry)
    if (this.#size > this.#maxEntries) this.#dropOldest()
  }

  delete(key?: string): void {
    if (key === undefined) {
      this.#entries.clear()
      this.#oldest = this.#entries.entriesAscending()
      this.#size = 0
    } else if (this.#entries.delete(key)) this.#size--
    if (key === undefined || key === this.#newest) this.#newest = undefined
  }

  #dropOldest(): void {
    const { value, done } = this.#oldest.next()
    if (!done) this.delete(value[0])
  }

  /** Puts an entry at the end of the order. */
  #insert(key: string, entry: CacheEntry): void {
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    this.#newest = key
  }
}
