import type { Cache, CacheMode } from '../cache/cache.js'
import { deepFreeze } from '../cache/deep-freeze.js'
import type { Call, CallInit } from '../call/call.js'
import type { Calls } from '../call/calls.js'
import type { Events } from '../call/events.js'
import { DreamStorageClosedError } from '../errors.js'
import { type CallOptions, checkCallOptions } from '../options/call-options.js'
import type { ServiceEndpoint, TtlOption } from './endpoints.js'

type Work<T> = (call: Call) => Promise<T>

/** An endpoint whose answers are cached. */
type CachedEndpoint = ServiceEndpoint & { readonly ttl: TtlOption }

/** A cache, and the time to live of the values of each endpoint in milliseconds. */
interface CachePlan {
  readonly cache: Cache
  readonly ttls: Readonly<Record<TtlOption, number>>
}

/** Runs the methods of the client as calls. */
export class Runner {
  readonly #calls: Calls
  readonly #plan: CachePlan | undefined
  readonly #events: Events

  constructor(calls: Calls, plan: CachePlan | undefined, events: Events) {
    this.#calls = calls
    this.#plan = plan
    this.#events = events
  }

  /**
   * Runs `work` as one request to the service, which may be a part of the operation `parent`. @returns what `work`
   * resolves to
   * @throws {@link DreamStorageInputError} for invalid options of the call
   */
  async request<T>(
    endpoint: ServiceEndpoint,
    options: CallOptions | undefined,
    work: Work<T>,
    parent?: Call,
  ): Promise<T> {
    if (!parent) return this.#calls.run(initOf(endpoint, options), work)
    // An operation of its own, so that the requests of the parent do not share their retries.
    const send: Work<T> = (call) => this.#calls.run({ endpoint, parent: call }, work)
    return this.operation(endpoint, options, send, parent)
  }

  /** Runs `work`, which waits for other calls and sends no request itself. @returns what `work` resolves to */
  async operation<T>(
    endpoint: ServiceEndpoint,
    options: CallOptions | undefined,
    work: Work<T>,
    parent?: Call,
  ): Promise<T> {
    return this.#calls.run(
      { ...initOf(endpoint, options), kind: 'operation', ...(parent && { parent }) },
      work,
    )
  }

  /** @returns the value of `key` from the cache, or that of `work`, which concurrent misses share; frozen */
  async cached<T>(
    endpoint: CachedEndpoint,
    key: string,
    options: CallOptions | undefined,
    work: Work<T>,
    parent?: Call,
  ): Promise<T> {
    const plan = this.#plan
    const mode = (options === undefined ? undefined : checkCallOptions(options).cache) ?? 'default'
    if (!plan || mode === 'no-store') return deepFreeze(await this.request(endpoint, options, work, parent))
    if (mode === 'default') {
      const value = this.#hit<T>(plan.cache, key, endpoint, options?.signal)
      if (value !== undefined) return value
    }
    const load: Work<T> = (call) => this.#load(plan, endpoint, key, mode, call, work)
    return this.operation(endpoint, options, load, parent)
  }

  #hit<T>(
    cache: Cache,
    key: string,
    { method, route }: ServiceEndpoint,
    signal?: AbortSignal,
  ): T | undefined {
    if (this.#calls.closed) throw new DreamStorageClosedError({ method, route })
    signal?.throwIfAborted()
    const value = cache.get<T>(key)
    if (value !== undefined) this.#events.emit('cache', { result: 'hit', key })
    return value
  }

  #load<T>(
    { cache, ttls }: CachePlan,
    endpoint: CachedEndpoint,
    key: string,
    mode: CacheMode,
    call: Call,
    work: Work<T>,
  ): Promise<T> {
    const options = {
      ttlMs: ttls[endpoint.ttl],
      isFresh: mode === 'reload',
      onStart: (isShared: boolean) =>
        this.#events.emit('cache', { result: isShared ? 'shared' : 'miss', key, call: call.facts }),
    }
    return cache.load(key, options, call, (inFlight) => {
      const { signal, attemptCounter } = inFlight
      const remainingMs = (): number => inFlight.remainingMs()
      const { requestId } = call.facts
      return this.#calls.run({ endpoint, signal, attemptCounter, remainingMs, requestId }, work)
    })
  }
}

function initOf(endpoint: ServiceEndpoint, options: CallOptions | undefined): CallInit {
  if (options === undefined) return { endpoint }
  const { signal, timeoutMs } = checkCallOptions(options)
  return { endpoint, signal, timeoutMs }
}
