import type { CacheStats } from './cache.js'
import type { AuthStats } from './http/token-source.js'
import type { Parts } from './parts.js'

/** Whether attempts go through, fail at once, or one of them is let through to try. */
export type CircuitStateName = 'closed' | 'open' | 'half-open'

/** What a client has done since it was made. */
export interface ClientStats {
  readonly cache: Readonly<CacheStats>
  readonly auth: Readonly<AuthStats>
  readonly requests: {
    /**
     * Calls that needed the service; not those that the cache answered, nor logins. The listing and each file of a
     * mirror count as one, and so does each continuation of a stream.
     */
    readonly calls: number
    /** Requests sent, logins included. */
    readonly attempts: number
    /** Attempts that repeated a failed one of the same call; a continuation repeats none. */
    readonly retries: number
  }
  readonly circuits: { readonly catalogue: CircuitStateName; readonly storage: CircuitStateName }
}

const NO_CACHE: CacheStats = { hits: 0, misses: 0, shared: 0, entries: 0 }

/** Reads the counters of the parts. */
export function readStats({ cache, source, calls, delivery, circuits }: Parts): ClientStats {
  return {
    cache: cache?.stats ?? NO_CACHE,
    auth: source.stats,
    requests: { calls: calls.count, ...delivery.counts },
    circuits: { catalogue: circuits.catalogue.state, storage: circuits.storage.state },
  }
}
