import { randomUUID } from 'node:crypto'
import { type Cache, deepFreeze } from './cache.js'
import { DreamStorageClosedError, DreamStorageTimeoutError } from './errors.js'
import type { Call, CallInit } from './http/call.js'
import type { Calls } from './http/calls.js'
import { type Logger, silentLogger } from './logger.js'
import type { CallOptions } from './options.js'
import { checkCallOptions } from './resolve-options.js'
import type { Route } from './service.js'

type Work<T> = (call: Call) => Promise<T>

/** What a call is before its options are known. */
export type Kind = Pick<CallInit, 'method' | 'download'> & { readonly route: Route }

/** Makes calls out of what the methods of the client do: validates, opens, caches, logs and ends. */
export class Runner {
  readonly #calls: Calls
  readonly #cache: Cache | undefined
  readonly #logger: Logger

  constructor(calls: Calls, cache: Cache | undefined, logger: Logger) {
    this.#calls = calls
    this.#cache = cache
    this.#logger = logger
  }

  /** Runs `work` as one call. */
  async run<T>(kind: Kind, options: CallOptions | undefined, work: Work<T>): Promise<T> {
    return this.#calls.run(callInit(kind, options), work)
  }

  /** Runs `work` as a call that waits for something but sends nothing by itself. */
  async hold<T>(kind: Kind, options: CallOptions | undefined, work: Work<T>): Promise<T> {
    const call = this.#calls.open(callInit(kind, options))
    try {
      return await work(call)
    } catch (error) {
      // Other failures have been told by the request that was waited for.
      if (isDeadline(error) && call.cancellation.reason === error) this.#calls.logFailure(call, error)
      throw error
    } finally {
      call.end()
    }
  }

  /** The value that the cache holds under `key`, or that of one call which all who miss at a time share. */
  async cached<T>(
    kind: Kind,
    key: string,
    ttlMs: number,
    options: CallOptions | undefined,
    work: Work<T>,
  ): Promise<T> {
    const cache = this.#cache
    const mode = (options === undefined ? undefined : checkCallOptions(options).cache) ?? 'default'
    if (!cache || mode === 'no-store') return deepFreeze(await this.run(kind, options, work))
    if (mode === 'default') {
      const value = this.#hit<T>(cache, key, kind, options?.signal)
      if (value !== undefined) return value
    }
    return this.hold(kind, options, (call) => {
      this.#logger.debug({ ...call.facts, key, mode }, 'cache miss')
      return cache.load(key, { ttlMs, fresh: mode === 'reload' }, call, (flight) => {
        const remainingMs = (): number => flight.remainingMs()
        const { signal, progress } = flight
        const init = {
          ...callInit(kind, undefined),
          signal,
          progress,
          remainingMs,
          requestId: call.requestId,
        }
        return this.#calls.run(init, work)
      })
    })
  }

  #hit<T>(cache: Cache, key: string, kind: Kind, signal: AbortSignal | undefined): T | undefined {
    if (this.#calls.closed) throw new DreamStorageClosedError(kind)
    signal?.throwIfAborted()
    const value = cache.hit<T>(key)
    if (value === undefined || this.#logger === silentLogger) return value
    this.#logger.debug({ requestId: randomUUID(), key }, 'cache hit')
    return value
  }
}

function isDeadline(error: unknown): boolean {
  return error instanceof DreamStorageTimeoutError && error.phase === 'deadline'
}

function callInit(kind: Kind, options: CallOptions | undefined): CallInit {
  if (options === undefined) return kind
  const { signal, timeoutMs } = checkCallOptions(options)
  return { ...kind, signal, timeoutMs }
}
