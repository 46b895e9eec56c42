/** A value and when it expires, in milliseconds on the monotonic clock. */
export interface CacheEntry {
  readonly value: unknown
  readonly expiresAt: number
}

/** Where a cache keeps its entries. */
export interface CacheStore {
  /** How many entries are held, expired ones included. */
  readonly size: number
  get(key: string): CacheEntry | undefined
  set(key: string, entry: CacheEntry): void
  /** Forgets one entry, or all of them without a key. */
  delete(key?: string): void
}
