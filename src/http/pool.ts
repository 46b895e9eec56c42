import type { Pool as UndiciPool } from 'undici'
import { dispatch } from './dispatch.js'
import type { Transport } from './exchange.js'
import { ReadBuffers } from './read-buffers.js'
import type { WireResponse } from './wire-response.js'

// The service closes an idle connection after 5 s; one that it is about to close must not be used.
const KEEP_ALIVE_MS = 4_000

// Whoever replaces the global fetch (msw, an instrumentation) wants to see the requests.
const BUILT_IN_FETCH = globalThis.fetch

/** The connections of one client: one undici Pool, which is loaded for the first request. */
export class Pool {
  readonly #limits: { maxConnections: number; connectMs: number }
  readonly #origin: string
  readonly #buffers = new ReadBuffers()
  #pool: UndiciPool | undefined
  #opening: Promise<UndiciPool> | undefined

  constructor(origin: string, limits: { maxConnections: number; connectMs: number }) {
    this.#origin = origin
    this.#limits = limits
  }

  /** Straight to the Pool where that is possible, else through the global fetch over it. */
  readonly transport: Transport = async (request, cancellation) => {
    this.#opening ??= this.#open()
    this.#pool ??= await this.#opening
    cancellation.throwIfCancelled()
    const isPlain = request.body === null || typeof request.body === 'string'
    if (isPlain && globalThis.fetch === BUILT_IN_FETCH) {
      return dispatch(this.#pool, this.#origin, request, cancellation)
    }
    // The global types know the dispatcher of another version of undici only.
    const options: object = { redirect: 'manual', dispatcher: this.#pool }
    return viaFetch((sent, init) => globalThis.fetch(sent, { ...init, ...options }))(request, cancellation)
  }

  /** For chunks of answers that nobody reads any more: their memory is used again. */
  giveBack(chunk: Uint8Array): void {
    this.#buffers.giveBack(chunk)
  }

  /** Destroys every connection. */
  async close(): Promise<void> {
    await (await this.#opening)?.destroy()
  }

  async #open(): Promise<UndiciPool> {
    // @ts-expect-error undici has no types for its parts; its entry would bring a second fetch and all of the web along.
    const { default: Loaded }: { default: typeof UndiciPool } = await import('undici/lib/dispatcher/pool.js')
    return new Loaded(this.#origin, {
      connections: this.#limits.maxConnections,
      connect: { timeout: this.#limits.connectMs, onread: this.#buffers.onread() },
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
      // The time limits of an answer are those of the attempt.
      headersTimeout: 0,
      bodyTimeout: 0,
    })
  }
}

/** A transport over a function like fetch. */
export function viaFetch(
  fetch: (request: Request, init: { signal: AbortSignal }) => Promise<WireResponse>,
): Transport {
  return async (request, cancellation) => {
    const controller = new AbortController()
    cancellation.interrupt((reason) => controller.abort(reason))
    const response = await fetch(request.toRequest(), { signal: controller.signal })
    // A fetch of the user's own can answer with anything.
    if (!(response?.status >= 200 && response.status < 600))
      throw new TypeError('what fetch gave is no Response')
    return response
  }
}
