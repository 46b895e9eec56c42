import type { Agent as HttpAgent } from 'node:http'
import type { Agent as HttpsAgent } from 'node:https'
import type { TokenProvider } from '../auth/token-source.js'
import type { Observer } from '../call/events.js'
import type { Logger } from '../call/logger.js'
import type { FetchLike } from '../transport/fetch-transport.js'

/** Time limits, in milliseconds; greater than 0. */
export interface TimeoutOptions {
  /** The connection, with TLS. @default 5_000 */
  connectMs?: number | undefined
  /** One attempt, with its body. @default 30_000 */
  requestMs?: number | undefined
  /** For downloads: the wait for the headers, and each silence between chunks. @default 60_000 */
  downloadMs?: number | undefined
  /** The wait for a free connection. @default 5_000 */
  queueMs?: number | undefined
  /** How long a body that is handed out as it arrives waits to be read. @default 60_000 */
  consumerMs?: number | undefined
}

/** How often a failed attempt is repeated, and after which delays: each twice as long as the one before. */
export interface RetryOptions {
  /** Further attempts after the first; 0 or more. @default 3 */
  maxRetries?: number | undefined
  /** The first delay, in milliseconds. @default 1_000 */
  baseDelayMs?: number | undefined
  /** The longest delay, in milliseconds. @default 30_000 */
  maxDelayMs?: number | undefined
  /** Delays vary by a quarter each way. @default true */
  jitter?: boolean | undefined
  /** A 429 that asks for a longer delay, in milliseconds, is an error at once. @default 60_000 */
  maxRetryAfterMs?: number | undefined
}

/** When the circuit breaker of a group of routes opens, and for how long. */
export interface CircuitBreakerOptions {
  /** Failures in a row; 1 or more. @default 5 */
  failureThreshold?: number | undefined
  /** Milliseconds until one call is let through. @default 30_000 */
  resetAfterMs?: number | undefined
}

/** How long answers are kept, and how many. */
export interface CacheOptions {
  /** The catalogue, in milliseconds. @default 900_000 */
  booksTtlMs?: number | undefined
  /** A book's config.json, in milliseconds. @default 1_800_000 */
  configTtlMs?: number | undefined
  /** Values that are held; the least recently used goes first. @default 500 */
  maxEntries?: number | undefined
}

interface CommonOptions {
  /** http(s), with a path prefix if there is one: `https://books.example.org/dcs`. No query, no credentials. */
  baseUrl: string
  /** How long a token is valid that does not say it itself, in milliseconds. @default 1_800_000 */
  tokenLifetimeMs?: number | undefined
  /** How long before its expiry a token is renewed in the background, in milliseconds. @default 300_000 */
  refreshMarginMs?: number | undefined
  /** Time limits. */
  timeouts?: TimeoutOptions | undefined
  /** Connections at a time; further attempts wait. @default 10 */
  maxConnections?: number | undefined
  /** Connections that transfer files at a time; at most `maxConnections`. @default maxConnections − 2, at least 1 */
  maxFileConnections?: number | undefined
  /** `false`: no retries. */
  retry?: RetryOptions | false | undefined
  /** `false`: no circuit breaker. */
  circuitBreaker?: CircuitBreakerOptions | false | undefined
  /** `false`: nothing is kept. */
  cache?: CacheOptions | false | undefined
  /** Bytes of an answer that is parsed, decoded; a larger one is `…ResponseError`. @default 67_108_864 */
  maxJsonBytes?: number | undefined
  /** Ask for gzip or br where the answer is JSON. @default true */
  compression?: boolean | undefined
  /** Headers of every request, logins included; a middleware of `client.api` sees no login. */
  headers?: Readonly<Record<string, string>> | undefined
  /** For proxies, client certificates or a resolver of your own. The client never destroys it. Not beside `fetch`. */
  agent?: HttpAgent | HttpsAgent | undefined
  /** Told what the client does. */
  observers?: readonly Observer[] | undefined
  /** A pino logger, or anything with its `debug`, `info`, `warn` and `error`. Silent by default. */
  logger?: Logger | undefined
  /** Replaces the transport, which is node:http or node:https; `globalThis.fetch` for the one of this name. */
  fetch?: FetchLike | undefined
}

interface PasswordCredentials {
  email: string
  password: string
  token?: undefined
}

interface TokenCredentials {
  /** An API key, or a function that returns a token: it is called for each call, and once more after a 401. */
  token: TokenProvider
  email?: undefined
  password?: undefined
}

/** Options of the client: where the service is, who logs in, and how the client behaves. */
export type DreamCentralStorageOptions = CommonOptions & (PasswordCredentials | TokenCredentials)
