import type { Agent } from 'undici'
import type { Transport } from './exchange.js'

// The service closes an idle connection after 5 s; one that it is about to close must not be used.
const KEEP_ALIVE_MS = 4_000

/** The connections of one client: the built-in fetch over one undici Agent, which is loaded for the first request. */
export class Pool {
  readonly #limits: { maxConnections: number; connectMs: number }
  #agent: Promise<Agent> | undefined

  constructor(limits: { maxConnections: number; connectMs: number }) {
    this.#limits = limits
  }

  /** Looks the global fetch up for each request, so that whoever replaces it is seen. */
  readonly transport: Transport = async (request, init) => {
    this.#agent ??= this.#open()
    // The global types know the dispatcher of another version of undici only.
    const options: object = { ...init, redirect: 'manual', dispatcher: await this.#agent }
    if (request.body !== null) return globalThis.fetch(request, options)
    // Half the cost of handing the Request over, which fetch would copy.
    const { method, headers } = request
    return globalThis.fetch(request.url, { method, headers, ...options })
  }

  /** Destroys every connection. */
  async close(): Promise<void> {
    await (await this.#agent)?.destroy()
  }

  async #open(): Promise<Agent> {
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
