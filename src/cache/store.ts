/** A value, and when it expires: in milliseconds, as `performance.now()` counts them. */
export interface CacheEntry {
  readonly value: unknown
  readonly expiresAt: number
}

/** The storage of a cache. It neither freezes nor expires: the cache does. */
export interface CacheStore {
  /** How many entries are held, expired ones included. */
  readonly size: number
  /** @returns the entry of a key, also an expired one; undefined for none */
  get(key: string): CacheEntry | undefined
  /** Stores an entry, in the place of an earlier one of the same key; it may drop others. */
  set(key: string, entry: CacheEntry): void
  /** Removes the entry of a key, or all entries without one. */
  delete(key?: string): void
}
