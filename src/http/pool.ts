import type { Agent } from 'undici'
import { dispatch } from './dispatch.js'
import type { Transport } from './exchange.js'
import type { Cancellation } from './wait.js'
import type { WireResponse } from './wire-response.js'

// The service closes an idle connection after 5 s; one that it is about to close must not be used.
const KEEP_ALIVE_MS = 4_000

// Whoever replaces the global fetch (msw, an instrumentation) wants to see the requests.
const BUILT_IN_FETCH = globalThis.fetch

/** The connections of one client: one undici Agent, which is loaded for the first request. */
export class Pool {
  readonly #limits: { maxConnections: number; connectMs: number }
  readonly #origin: string
  #agent: Agent | undefined
  #opening: Promise<Agent> | undefined

  constructor(origin: string, limits: { maxConnections: number; connectMs: number }) {
    this.#origin = origin
    this.#limits = limits
  }

  /** Straight to the Agent where that is possible, else through the global fetch over it. */
  readonly transport: Transport = async (request, cancellation) => {
    this.#agent ??= await this.#open()
    cancellation.throwIfCancelled()
    if (request.body === null && globalThis.fetch === BUILT_IN_FETCH) {
      return dispatch(this.#agent, this.#origin, request, cancellation)
    }
    // The global types know the dispatcher of another version of undici only.
    const options: object = { redirect: 'manual', dispatcher: this.#agent }
    return viaFetch((sent, init) => globalThis.fetch(sent, { ...init, ...options }))(request, cancellation)
  }

  /** Destroys every connection. */
  async close(): Promise<void> {
    await (await this.#opening)?.destroy()
  }

  #open(): Promise<Agent> {
    this.#opening ??= this.#load()
    return this.#opening
  }

  async #load(): Promise<Agent> {
    const { Agent } = await import('undici')
    return new Agent({
      connections: this.#limits.maxConnections,
      connect: { timeout: this.#limits.connectMs },
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
  return async (request: Request, cancellation: Cancellation) => {
    const controller = new AbortController()
    cancellation.interrupt((reason) => controller.abort(reason))
    return fetch(request, { signal: controller.signal })
  }
}
