import type { ClientEvents, Observer } from './events.js'

/** Whether attempts go through, fail at once, or one of them is let through to try. */
export type CircuitStateName = 'closed' | 'open' | 'half-open'

/** What a client has done since it was made, and its state now. */
export interface ClientStats {
  readonly cache: {
    readonly hits: number
    readonly misses: number
    /** Calls that waited for the request of another. */
    readonly shared: number
    readonly entries: number
  }
  readonly auth: {
    readonly logins: number
    readonly failedLogins: number
    /** When the current token expires, in milliseconds since the epoch by this machine's clock. */
    readonly expiresAt?: number
  }
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
  readonly connections: {
    /** Attempts that hold a connection. */
    readonly active: number
    /** Attempts that wait for one. */
    readonly queued: number
    /** Attempts among `active` that transfer a file. */
    readonly files: number
  }
}

/** What is not counted but read at the moment. */
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
