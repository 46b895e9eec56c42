import type { DreamStorageError } from '../errors.js'
import { noop } from './cancellation.js'

/**
 * What a call is: a `request` to the service; an `operation`, which is a method of the client that sends several requests
 * or none, or shares one with other callers; or a `login`.
 */
export type CallKind = 'request' | 'operation' | 'login'

/** What events say about their call. */
export interface CallFacts {
  readonly kind: CallKind
  /** The HTTP method. */
  readonly method: string
  /** The route template, such as `/books/{book_id}`; never a URL with values. */
  readonly route: string
  /** Sent as `X-Request-ID`; the same for all requests of one operation. */
  readonly requestId: string
  /** No caller waits for it: a token is renewed before it expires. */
  readonly background: boolean
  /** The operation that it is a part of, if any. */
  readonly parent?: CallFacts | undefined
}

/** The call of an event. */
export interface OfCall {
  readonly call: CallFacts
  /** How many requests the call has sent so far. */
  readonly attempts: number
}

/** An entry that was left out: its path, cut at 300 characters, unless it has none; and the reason. */
export interface SkipExample {
  readonly path?: string
  readonly reason: string
}

/** The events of a client, by name. They never hold a secret, a header or a body, and what others wrote is cleaned and cut. Durations are in milliseconds. */
export interface ClientEvents {
  /** A call begins. A value from the cache is no call. */
  'call.start': { readonly call: CallFacts }
  /**
   * A call has ended, and its body too. `cancelled`: by the caller or by `close()`. An error without `error` was thrown by
   * code of the caller, such as a middleware.
   */
  'call.end': OfCall & {
    readonly durationMs: number
    readonly outcome: 'success' | 'error' | 'cancelled'
    readonly error?: DreamStorageError
  }
  /** A request is sent; `attempts` includes it. */
  'attempt.start': OfCall
  /** The response has arrived (`status`), or the attempt failed (`error`, the name of the error). */
  'attempt.end': OfCall & {
    readonly durationMs: number
    readonly status?: number
    readonly error?: string
  }
  /** A failed request is sent again after `delayMs`; `retry` counts from 1. */
  retry: OfCall & { readonly retry: number; readonly delayMs: number }
  /** A failed request is not sent again: the retries of the last 10 s are a fifth of the calls, and 10 more, already. */
  'retry-budget': OfCall
  /** The response is 429; `retryAfterMs` is what it asks for, if it does. */
  'rate-limit': OfCall & { readonly retryAfterMs?: number | undefined }
  /** A new token is in use, valid for `lifetimeMs`, or the service has refused the current one. */
  token: { readonly state: 'issued'; readonly lifetimeMs: number } | { readonly state: 'refused' }
  /**
   * The cache had a value (`hit`), had none (`miss`), or had none while another caller waits for the same one (`shared`).
   * `call` is absent for `hit` and `invalidated`; the key of an invalidation of everything is `all`.
   */
  cache: {
    readonly result: 'hit' | 'miss' | 'shared' | 'invalidated'
    readonly key: string
    readonly call?: CallFacts
  }
  /** A circuit breaker has changed its state; `url` if it is that of one URL; `retryAfterMs` when it has opened. */
  circuit: {
    readonly circuit: string
    readonly url?: string
    readonly state: 'closed' | 'open' | 'half-open'
    readonly retryAfterMs?: number
  }
  /** A download broke at the byte `offset` and is continued after `delayMs`. */
  stream: OfCall & { readonly offset: number; readonly delayMs: number }
  /** `count` entries of a response were left out: `what`, and of paths of a listing the first three. */
  skip: OfCall & {
    readonly what: string
    readonly count: number
    readonly examples?: readonly SkipExample[]
  }
}

/** Functions by the names of events, each called with its event. What one throws or rejects with is ignored. */
export type Observer = { [Name in keyof ClientEvents]?: ((event: ClientEvents[Name]) => void) | undefined }

/** The names of all events. */
export const EVENT_NAMES = Object.keys({
  'call.start': true,
  'call.end': true,
  'attempt.start': true,
  'attempt.end': true,
  retry: true,
  'retry-budget': true,
  'rate-limit': true,
  token: true,
  cache: true,
  circuit: true,
  stream: true,
  skip: true,
} satisfies Record<keyof ClientEvents, true>) as ReadonlyArray<keyof ClientEvents>

type Listeners = { [Name in keyof ClientEvents]: Array<(event: ClientEvents[Name]) => unknown> }

/** Passes the events of one client to its observers. */
export class Events {
  readonly #listeners: Listeners

  constructor(observers: readonly Observer[]) {
    const entries = EVENT_NAMES.map((name) => [
      name,
      observers.flatMap((observer) => observer[name]?.bind(observer) ?? []),
    ])
    this.#listeners = Object.fromEntries(entries)
  }

  /** Calls the observers of an event, in the order of the option. Never throws. */
  emit<Name extends keyof ClientEvents>(name: Name, event: ClientEvents[Name]): void {
    for (const listener of this.#listeners[name]) {
      try {
        const returned = listener(event)
        // A promise, of whatever kind: its rejection must not end the process.
        if (typeof returned === 'object') Promise.resolve(returned).catch(noop)
      } catch {
        // An observer must not change what it observes.
      }
    }
  }
}
