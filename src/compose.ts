import createClient, { type Client, type Middleware } from 'openapi-fetch'
import type { paths } from '../generated/dream-central-storage.js'
import { LoginTokenSource } from './auth/login-token-source.js'
import { ProvidedTokenSource, type TokenSource } from './auth/token-source.js'
import { Cache } from './cache/cache.js'
import { MemoryStore } from './cache/memory-store.js'
import { Calls } from './call/calls.js'
import { Events } from './call/events.js'
import { createLogObserver } from './call/log-observer.js'
import { StatsObserver } from './call/stats-observer.js'
import type { ResolvedOptions } from './options/resolve-options.js'
import { Circuit } from './resilience/circuit.js'
import { RetryingSender, type SenderOptions } from './resilience/retrying-sender.js'
import { Slots } from './resilience/slots.js'
import { createApi } from './service/api.js'
import type { CircuitName } from './service/endpoints.js'
import { createFetchFor } from './service/fetch-for.js'
import { createLogIn } from './service/login.js'
import { fillPath } from './service/paths.js'
import { isPermanentFailure } from './service/rules.js'
import { Runner } from './service/runner.js'
import { serializeBody, serializeQuery } from './service/serializers.js'
import type { ServiceContext } from './service/service-context.js'
import { createFetchTransport } from './transport/fetch-transport.js'
import { NodeTransport } from './transport/node-transport.js'

/** What one client is made of; two clients share none of it. */
export interface ClientContext extends ServiceContext {
  readonly calls: Calls
  readonly runner: Runner
  readonly stats: StatsObserver
  readonly cache: Cache | undefined
  readonly circuits: Readonly<Record<CircuitName, Circuit>>
  readonly slots: Slots
  readonly tokens: TokenSource
  readonly api: Client<paths>
  readonly closeConnections: () => void
}

// Never opens: for a client without circuit breakers, and for renewals in the background.
const NEVER = { failureThreshold: Number.POSITIVE_INFINITY, resetAfterMs: 0 }

/** Puts the parts of a client together, in the order in which a call meets them. */
export function createContext(options: ResolvedOptions): ClientContext {
  const { baseUrl, logger, observers, retry, timeouts, maxConnections, maxJsonBytes } = options
  const stats = new StatsObserver()
  const events = new Events([stats.observer, ...(logger ? [createLogObserver(logger)] : []), ...observers])
  const calls = new Calls(events)
  const cache = options.cache ? new Cache(new MemoryStore(options.cache.maxEntries)) : undefined
  const runner = new Runner(
    calls,
    cache && options.cache ? { cache, ttls: options.cache } : undefined,
    events,
  )
  const node = new NodeTransport(new URL(baseUrl), maxConnections, options.agent)
  const slots = new Slots(maxConnections, timeouts.queueMs)
  const breaker = options.circuitBreaker || NEVER
  const circuits = {
    catalogue: new Circuit('catalogue', breaker, events),
    storage: new Circuit('storage', breaker, events),
  }
  const uncounted = new Circuit('background', NEVER, events)
  const parts: SenderOptions = {
    retry,
    slots,
    circuitOf: ({ facts, endpoint }) =>
      facts.background ? uncounted : circuits[endpoint.circuit as CircuitName],
    limits: { ...timeouts, maxJsonBytes },
    transport: options.fetch ? createFetchTransport(options.fetch) : node.send,
    isPermanent: isPermanentFailure,
    events,
  }
  const tokens = createTokenSource(options, parts, calls)
  const http = createHttp(baseUrl)
  const middleware: Middleware[] = []
  const fetchFor = createFetchFor({
    ...options,
    sender: new RetryingSender({ ...parts, tokens }),
    middleware,
  })
  const api = createApi({ http, fetchFor, calls, middleware })
  const closeConnections = (): void => node.close()
  return {
    calls,
    runner,
    events,
    stats,
    cache,
    circuits,
    slots,
    tokens,
    http,
    fetchFor,
    api,
    closeConnections,
  }
}

/** A login goes through a sender without tokens, and not through the middleware of users, which would see the password. */
function createTokenSource(options: ResolvedOptions, parts: SenderOptions, calls: Calls): TokenSource {
  const { baseUrl, credentials } = options
  if (credentials.token !== undefined) return new ProvidedTokenSource(credentials.token)
  const fetchFor = createFetchFor({ ...options, sender: new RetryingSender(parts), middleware: [] })
  const logIn = createLogIn({ credentials, http: createHttp(baseUrl), fetchFor, calls })
  return new LoginTokenSource(logIn, options, parts.events)
}

function createHttp(baseUrl: string): Client<paths> {
  return createClient<paths>({
    baseUrl,
    pathSerializer: fillPath,
    querySerializer: serializeQuery,
    bodySerializer: serializeBody,
  })
}
