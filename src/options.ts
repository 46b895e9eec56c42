import type { CacheMode } from './cache.js'
import type { TokenProvider } from './http/token-source.js'
import type { Logger } from './logger.js'

/** Limits of time, in milliseconds. */
export interface TimeoutOptions {
  /** The making of a connection. @default 5_000 */
  connectMs?: number | undefined
  /** One attempt, with its body. @default 30_000 */
  requestMs?: number | undefined
  /** For downloads: the wait for the headers, and each silence between chunks. @default 60_000 */
  downloadMs?: number | undefined
  /** The wait for a free connection. @default 5_000 */
  queueMs?: number | undefined
}

/** How often a failed attempt is repeated, and after what waits: twice as long each time. */
export interface RetryOptions {
  /** Further attempts after the first. @default 3 */
  maxRetries?: number | undefined
  /** The first wait, in milliseconds. @default 1_000 */
  baseDelayMs?: number | undefined
  /** The longest wait, in milliseconds. @default 30_000 */
  maxDelayMs?: number | undefined
  /** Waits vary by a quarter each way. @default true */
  jitter?: boolean | undefined
  /** A 429 that asks for a longer wait, in milliseconds, is an error at once. @default 60_000 */
  maxRetryAfterMs?: number | undefined
}

/** When the breaker of a group of routes opens, and for how long. */
export interface CircuitBreakerOptions {
  /** Failures in a row. @default 5 */
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
  /** @default 500 */
  maxEntries?: number | undefined
}

/** Replaces the transport. Obey `init.signal`; do not follow redirects; give errors by rejecting. */
export type FetchLike = (request: Request, init?: { signal: AbortSignal }) => Promise<Response>

interface CommonOptions {
  /** http(s), a path prefix is welcome: `https://books.example.org/dcs`. */
  baseUrl: string
  /** The life of a token that does not tell its own. @default 1_800_000 */
  tokenLifetimeMs?: number | undefined
  /** How long before its end a token is renewed in the background, in milliseconds. @default 300_000 */
  refreshMarginMs?: number | undefined
  timeouts?: TimeoutOptions | undefined
  /** Connections at a time; further attempts wait. @default 10 */
  maxConnections?: number | undefined
  retry?: RetryOptions | undefined
  /** `false`: no breaker. */
  circuitBreaker?: CircuitBreakerOptions | false | undefined
  /** `false`: nothing is kept. */
  cache?: CacheOptions | false | undefined
  /** A pino logger, or anything with its `debug`, `info`, `warn` and `error`. Silent by default. */
  logger?: Logger | undefined
  /** By default undici over a pool of the client's own; or the global `fetch`, once that has been replaced. */
  fetch?: FetchLike | undefined
}

interface PasswordCredentials {
  email: string
  password: string
  token?: undefined
}

interface TokenCredentials {
  /** An API key, or a function that gives a token: asked for each call, and once more after a 401. */
  token: TokenProvider
  email?: undefined
  password?: undefined
}

/** Options of the client: where the service is, who logs in, and how the client behaves. */
export type DreamCentralStorageOptions = CommonOptions & (PasswordCredentials | TokenCredentials)

/** What each call can say for itself. */
export interface CallOptions {
  /** Ends the call; it rejects with the signal's own reason. */
  signal?: AbortSignal | undefined
  /** A deadline in milliseconds for the whole call, retries and waits included. */
  timeoutMs?: number | undefined
  /** `reload` asks the service and stores its answer, `no-store` leaves the cache alone. @default 'default' */
  cache?: CacheMode | undefined
}

/** What holds where nothing is said. */
export const DEFAULTS = {
  tokenLifetimeMs: 1_800_000,
  refreshMarginMs: 300_000,
  maxConnections: 10,
  timeouts: { connectMs: 5_000, requestMs: 30_000, downloadMs: 60_000, queueMs: 5_000 },
  retry: {
    maxRetries: 3,
    baseDelayMs: 1_000,
    maxDelayMs: 30_000,
    jitter: true as boolean,
    maxRetryAfterMs: 60_000,
  },
  circuitBreaker: { failureThreshold: 5, resetAfterMs: 30_000 },
  cache: { booksTtlMs: 900_000, configTtlMs: 1_800_000, maxEntries: 500 },
} satisfies Partial<DreamCentralStorageOptions>
