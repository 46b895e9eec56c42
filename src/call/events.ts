import type { DreamStorageError } from '../errors.js'
import { noop } from './cancellation.js'

/**
 * What a call is: a `request` to the service; an `operation`, a method of the client that makes several requests, shares
 * one with others or makes none; or a `login`.
 */
export type CallKind = 'request' | 'operation' | 'login'

/** What every event says about its call. */
export interface CallFacts {
  readonly kind: CallKind
  readonly method: string
  /** The route template, such as `/books/{book_id}`; never a URL with values. */
  readonly route: string
  /** Sent as `X-Request-ID`; the requests of one operation share it. */
  readonly requestId: string
  /** Nobody waits for it: a token is renewed before it expires. */
  readonly background: boolean
  /** The operation that it is a part of, which reports its failure. */
  readonly parent?: CallFacts | undefined
}

interface OfCall {
  readonly call: CallFacts
  /** How many requests the call has sent so far. */
  readonly attempts: number
}

/** The events of a client, by name. They hold facts and never a secret, a header or a body. Durations are milliseconds. */
export interface ClientEvents {
  'call.start': { readonly call: CallFacts }
  /**
   * Once for each call, after its work and its body. `cancelled`: by the caller or by `close()`. An error without `error`
   * was thrown by code of the caller, such as a middleware.
   */
  'call.end': OfCall & {
    readonly durationMs: number
    readonly outcome: 'success' | 'error' | 'cancelled'
    readonly error?: DreamStorageError
  }
  'attempt.start': OfCall
  /** `status` of the answer, or the name of the `error`. */
  'attempt.end': OfCall & {
    readonly durationMs: number
    readonly status?: number
    readonly error?: string
  }
  /** A failed request will be sent again after `delayMs`; `retry` counts from 1. */
  retry: OfCall & { readonly retry: number; readonly delayMs: number }
  /** A 429; `retryAfterMs` is what it asks for. */
  'rate-limit': OfCall & { readonly retryAfterMs?: number | undefined }
  /** A token is in use from now on, valid for `lifetimeMs`, or was refused by the service. */
  token: { readonly state: 'issued'; readonly lifetimeMs: number } | { readonly state: 'refused' }
  /** `shared`: the call waits for the request of another. An invalidation has no call; its key is `all` for all. */
  cache: {
    readonly result: 'hit' | 'miss' | 'shared' | 'invalidated'
    readonly key: string
    readonly call?: CallFacts
  }
  /** A circuit breaker changed its state; `retryAfterMs` when it opened. */
  circuit: {
    readonly circuit: string
    readonly state: 'closed' | 'open' | 'half-open'
    readonly retryAfterMs?: number
  }
  /** A download broke at `offset` and will be continued after `delayMs`. */
  stream: OfCall & { readonly offset: number; readonly delayMs: number }
  /** Parts of an answer were left out. */
  skip: OfCall & {
    readonly what: string
    readonly count: number
    readonly path?: string
    readonly reason?: string
  }
}

/** Listens to events of a client. What it throws harms no call. */
export type Observer = { [Name in keyof ClientEvents]?: ((event: ClientEvents[Name]) => void) | undefined }

/** The names of all events. */
export const EVENT_NAMES = Object.keys({
  'call.start': true,
  'call.end': true,
  'attempt.start': true,
  'attempt.end': true,
  retry: true,
  'rate-limit': true,
  token: true,
  cache: true,
  circuit: true,
  stream: true,
  skip: true,
} satisfies Record<keyof ClientEvents, true>) as ReadonlyArray<keyof ClientEvents>

type Listeners = { [Name in keyof ClientEvents]: Array<(event: ClientEvents[Name]) => unknown> }

/** Tells the observers of one client what happens. */
export class Events {
  readonly #listeners: Listeners

  constructor(observers: readonly Observer[]) {
    const entries = EVENT_NAMES.map((name) => [
      name,
      observers.flatMap((observer) => observer[name]?.bind(observer) ?? []),
    ])
    this.#listeners = Object.fromEntries(entries)
  }

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
