import QuickLRU from 'quick-lru'
import type { CacheEntry, CacheStore } from './store.js'

/** At most `maxEntries` entries in memory; the least recently used is dropped first. */
export class MemoryStore implements CacheStore {
  readonly #maxEntries: number
  // It never holds more than its size, so it drops nothing by itself. Its order is that of insertion.
  readonly #entries: QuickLRU<string, CacheEntry>
  #size = 0
  #newest: string | undefined

  constructor(maxEntries: number) {
    this.#maxEntries = maxEntries
    this.#entries = new QuickLRU({ maxSize: maxEntries + 1 })
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
    const [oldest] =
      this.#size > this.#maxEntries ? (this.#entries.entriesAscending().next().value ?? []) : []
    if (oldest !== undefined) this.delete(oldest)
  }

  delete(key?: string): void {
    if (key === undefined) {
      this.#entries.clear()
      this.#size = 0
    } else if (this.#entries.delete(key)) this.#size--
    if (key === undefined || key === this.#newest) this.#newest = undefined
  }

  /** Puts an entry at the end of the order. */
  #insert(key: string, entry: CacheEntry): void {
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    this.#newest = key
  }
}
