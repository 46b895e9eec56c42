import type { ClientEvents, Observer } from './events.js'

/** `closed`: attempts are made; `open`: they fail at once; `half-open`: one is made to find out. */
export type CircuitStateName = 'closed' | 'open' | 'half-open'

/** Counters since the client was created, and its state now. */
export interface ClientStats {
  readonly cache: {
    /** Calls that the cache answered. */
    readonly hits: number
    /** Calls that sent a request, because the cache had no value or for `cache: 'reload'`. */
    readonly misses: number
    /** Calls that waited for the request of another call. */
    readonly shared: number
    /** Values that are held, expired ones included. */
    readonly entries: number
  }
  readonly auth: {
    /** Successful logins, renewals included. */
    readonly logins: number
    /** Logins that failed, refused ones included. */
    readonly failedLogins: number
    /** When the current token expires, in milliseconds since the epoch by this machine's clock. */
    readonly expiresAt?: number
  }
  readonly requests: {
    /**
     * Calls that sent requests, without logins. Each request of a download or a mirror counts as one: the listing, a file,
     * a continuation.
     */
    readonly calls: number
    /** Requests sent, logins included. */
    readonly attempts: number
    /** Attempts that repeated a failed one; a continuation of a download is none. */
    readonly retries: number
  }
  readonly circuits: { readonly catalogue: CircuitStateName; readonly storage: CircuitStateName }
  readonly connections: {
    /** Attempts that hold a connection, at most `maxConnections`. */
    readonly active: number
    /** Attempts that wait for one. */
    readonly queued: number
    /** Attempts among `active` that transfer a file. */
    readonly files: number
  }
}

/** What is not counted but read when `stats()` is called. */
export type Gauges = Pick<ClientStats, 'circuits' | 'connections'> & { readonly entries: number }

/** Counts the events of a client. */
export class StatsObserver {
  readonly #cache = { hits: 0, misses: 0, shared: 0 }
  readonly #auth = { logins: 0, failedLogins: 0 }
  readonly #requests = { calls: 0, attempts: 0, retries: 0 }
  /** On the monotonic clock: a wrong wall clock does no harm. */
  #tokenExpiresAt: number | undefined

  readonly observer: Observer = {
    'call.start': ({ call }) => {
      if (call.kind === 'request') this.#requests.calls++
    },
    'call.end': (event) => this.#countLogin(event),
    'attempt.start': () => {
      this.#requests.attempts++
    },
    retry: () => {
      this.#requests.retries++
    },
    token: (event) => {
      this.#tokenExpiresAt = event.state === 'issued' ? performance.now() + event.lifetimeMs : undefined
    },
    cache: ({ result }) => {
      if (result === 'hit') this.#cache.hits++
      else if (result === 'miss') this.#cache.misses++
      else if (result === 'shared') this.#cache.shared++
    },
  }

  /** @returns the counters, with the gauges as of now */
  read({ circuits, connections, entries }: Gauges): ClientStats {
    const at = this.#tokenExpiresAt
    const expiresAt = at === undefined ? undefined : Math.round(Date.now() + at - performance.now())
    return {
      cache: { ...this.#cache, entries },
      auth: { ...this.#auth, ...(expiresAt !== undefined && { expiresAt }) },
      requests: { ...this.#requests },
      circuits,
      connections,
    }
  }

  #countLogin({ call, outcome }: ClientEvents['call.end']): void {
    if (call.kind !== 'login') return
    if (outcome === 'success') this.#auth.logins++
    else this.#auth.failedLogins++
  }
}
