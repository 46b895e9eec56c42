import type { Agent as HttpAgent } from 'node:http'
import type { Agent as HttpsAgent } from 'node:https'
import type { TokenProvider } from '../auth/token-source.js'
import type { Observer } from '../call/events.js'
import type { Logger } from '../call/logger.js'
import type { FetchLike } from '../transport/fetch-transport.js'

/** Time limits in milliseconds; greater than 0. */
export interface TimeoutOptions {
  /** For the connection, TLS included. @default 5_000 */
  connectMs?: number | undefined
  /**
   * For one attempt, the body of its response included. While the body of a request is sent, it is the limit of each
   * silence; for uploads of files that is `downloadMs`. @default 30_000
   */
  requestMs?: number | undefined
  /** For downloads: for the headers, and for each silence between chunks. For uploads: for each silence. @default 60_000 */
  downloadMs?: number | undefined
  /** For the wait for a free connection. @default 5_000 */
  queueMs?: number | undefined
  /** For uploads: for the answer, from the last byte sent on; the service unpacks the file meanwhile. @default 300_000 */
  uploadAnswerMs?: number | undefined
  /** For each wait of a streamed body to be read. @default 60_000 */
  consumerMs?: number | undefined
}

/**
 * How often a failed attempt is repeated, and after which delays, each twice as long as the one before: GET after 5xx,
 * network errors and timeouts, every method after 429. Retries after failures are for the whole client at most a fifth of
 * the calls of the last 10 s, and 10 more.
 */
export interface RetryOptions {
  /** Further attempts after the first; 0 or more. @default 3 */
  maxRetries?: number | undefined
  /** The first delay in milliseconds; 0 or more. @default 1_000 */
  baseDelayMs?: number | undefined
  /** The longest delay in milliseconds; at least `baseDelayMs`. @default 30_000 */
  maxDelayMs?: number | undefined
  /** Whether delays vary by ±25 %. @default true */
  jitter?: boolean | undefined
  /** A 429 that asks for a longer delay is an error at once; milliseconds, 0 or more. @default 60_000 */
  maxRetryAfterMs?: number | undefined
}

/**
 * When a circuit breaker opens, and for how long. There is one for `/storage` and one for all other routes; 5xx responses
 * of a single URL open one for that URL only.
 */
export interface CircuitBreakerOptions {
  /** Consecutive failures that open it: 5xx, network errors and timeouts; 1 or more. @default 5 */
  failureThreshold?: number | undefined
  /** Milliseconds until it lets one call through, twice as long after each that fails; greater than 0. @default 1_000 */
  resetAfterMs?: number | undefined
  /** The longest of these times; at least `resetAfterMs`. @default 30_000, or `resetAfterMs` if that is more */
  maxResetAfterMs?: number | undefined
}

/** How long values are cached, and how many. */
export interface CacheOptions {
  /** Time to live of the catalogue in milliseconds; greater than 0. @default 900_000 */
  booksTtlMs?: number | undefined
  /** Time to live of a book's config.json in milliseconds; greater than 0. @default 1_800_000 */
  configTtlMs?: number | undefined
  /** Values that are held, 1 or more; the least recently used is dropped first. @default 500 */
  maxEntries?: number | undefined
}

interface CommonOptions {
  /** An http(s) URL, with a path prefix if needed: `https://books.example.org/dcs`. No query, no credentials. */
  baseUrl: string
  /** Lifetime of tokens without `exp` and `iat`, in milliseconds; greater than 0. @default 1_800_000 */
  tokenLifetimeMs?: number | undefined
  /** How long before its expiry a token is renewed in the background; milliseconds, 0 or more. @default 300_000 */
  refreshMarginMs?: number | undefined
  /** Time limits. */
  timeouts?: TimeoutOptions | undefined
  /** Attempts at a time, 1 or more; the others wait. @default 10 */
  maxConnections?: number | undefined
  /** Of these, attempts that transfer a file; 1 to `maxConnections`. @default maxConnections − 2, at least 1 */
  maxFileConnections?: number | undefined
  /** Retries of failed attempts; `false` for none. */
  retry?: RetryOptions | false | undefined
  /** Circuit breakers; `false` for none. */
  circuitBreaker?: CircuitBreakerOptions | false | undefined
  /** The cache of the catalogue and of config.json; `false` for none. */
  cache?: CacheOptions | false | undefined
  /** Largest JSON response in bytes, after decompression; 1 or more. @default 67_108_864 */
  maxJsonBytes?: number | undefined
  /** Whether JSON is requested with gzip or br. @default true */
  compression?: boolean | undefined
  /**
   * Sent with every request, logins included, unless the request has a header of that name. Not those that the client or
   * the connection sets, such as `authorization`, `host` and `content-length`.
   */
  headers?: Readonly<Record<string, string>> | undefined
  /**
   * For proxies, client certificates or a resolver of your own; of the protocol of `baseUrl`, and not beside `fetch`.
   * The client never destroys it. @default an agent of the client, with `keepAlive`
   */
  agent?: HttpAgent | HttpsAgent | undefined
  /** Functions that receive the events of the client. */
  observers?: readonly Observer[] | undefined
  /** A pino logger, or any object with its `debug`, `info`, `warn` and `error`. @default none */
  logger?: Logger | undefined
  /** Replaces the transport, for example by `globalThis.fetch`. @default node:http or node:https */
  fetch?: FetchLike | undefined
}

interface PasswordCredentials {
  /** The login, not empty. */
  email: string
  /** Not empty; never in a log or an error. */
  password: string
  /** An API key: sent instead of the token of the login wherever the service takes one. */
  apiKey?: string | undefined
  token?: undefined
}

interface ApiKeyCredentials {
  /** An API key alone: for the catalogue, but not for files. A call that takes none fails before anything is sent. */
  apiKey: string
  email?: undefined
  password?: undefined
  token?: undefined
}

interface TokenCredentials {
  /** Sent with every call as it is; a function that returns one is called once for each call, and once more after a 401. */
  token: TokenProvider
  apiKey?: undefined
  email?: undefined
  password?: undefined
}

/** Options of the client: the URL of the service, the login, an API key or a token, and the behaviour of the client. */
export type DreamCentralStorageOptions = CommonOptions &
  (PasswordCredentials | ApiKeyCredentials | TokenCredentials)
