import createClient, { type Client, type Middleware } from 'openapi-fetch'
import type { paths } from '../generated/dream-central-storage.js'
import type { AssetContext } from './assets/asset-context.js'
import { ApiKeySource } from './auth/api-key-source.js'
import { LoginTokenSource } from './auth/login-token-source.js'
import { ProvidedTokenSource, type TokenSource } from './auth/token-source.js'
import { Cache } from './cache/cache.js'
import { MemoryStore } from './cache/memory-store.js'
import { Calls } from './call/calls.js'
import { Events } from './call/events.js'
import { createLogObserver } from './call/log-observer.js'
import { Secrets } from './call/secrets.js'
import { type ClientStats, StatsObserver } from './call/stats-observer.js'
import type { Login, ResolvedOptions } from './options/resolve-options.js'
import { Circuits, RequestCircuit } from './resilience/circuits.js'
import { RetryBudget } from './resilience/retry-budget.js'
import { RetryingSender, type SenderOptions } from './resilience/retrying-sender.js'
import { Slots } from './resilience/slots.js'
import { createApi } from './service/api.js'
import type { Api } from './service/api-types.js'
import { BOOKS_KEY, PUBLISHERS_KEY } from './service/cache-keys.js'
import { createFetchFor } from './service/fetch-for.js'
import type { LibraryContext } from './service/library-context.js'
import { createLogIn } from './service/login.js'
import { fillPath } from './service/paths.js'
import { isPermanentFailure, takesApiKey } from './service/rules.js'
import { Runner } from './service/runner.js'
import { serializeBody, serializeQuery } from './service/serializers.js'
import { createForgetting } from './service/writes.js'
import { createFetchTransport } from './transport/fetch-transport.js'
import { NodeTransport } from './transport/node-transport.js'
import type { UploadContext } from './uploads/upload.js'

/** The parts of one client. Two clients share none. */
export interface ClientContext extends AssetContext, LibraryContext, UploadContext {
  readonly stats: () => ClientStats
  /** Removes the value of a key from the cache, or all. */
  readonly invalidate: (key?: string) => void
  readonly cache: Cache | undefined
  readonly tokens: TokenSource
  readonly api: Api
  readonly closeConnections: () => void
}

const SECRET_HEADER = /auth|cookie|cred|jwt|key|pass|secret|session|sign|token/
const HEADER_PARTS = /[\s,;=]+/
// Never opens: for a client without circuit breakers, for renewals in the background and for probes of readiness.
const NEVER = { failureThreshold: Number.POSITIVE_INFINITY, resetAfterMs: 0, maxResetAfterMs: 0 }

/** Creates the parts of a client, in the order in which a call meets them. */
export function createContext(options: ResolvedOptions): ClientContext {
  const { baseUrl, retry, timeouts, maxConnections, maxFileConnections, maxJsonBytes } = options
  const counters = new StatsObserver()
  const events = createEvents(options, counters)
  const secrets = new Secrets(secretsOf(options))
  const calls = new Calls(events, secrets)
  const cache = options.cache ? new Cache(new MemoryStore(options.cache.maxEntries)) : undefined
  const plan = cache && options.cache ? { cache, ttls: options.cache } : undefined
  const runner = new Runner(calls, plan, events)
  const slots = new Slots({ maxConnections, maxFileConnections, queueMs: timeouts.queueMs })
  const circuits = new Circuits(options.circuitBreaker || NEVER, events, secrets)
  const uncounted = new Circuits(NEVER, events, secrets)
  const node = new NodeTransport(new URL(baseUrl), maxConnections, options.agent)
  const parts: SenderOptions = {
    retry,
    budget: new RetryBudget(),
    slots,
    circuitOf: ({ facts, endpoint: { circuit, isProbe } }, url) =>
      new RequestCircuit(facts.background || isProbe ? uncounted : circuits, circuit, url),
    limits: { ...timeouts, maxJsonBytes },
    transport: options.fetch ? createFetchTransport(options.fetch) : node.send,
    isPermanent: isPermanentFailure,
    events,
  }
  const tokens = createTokenSource(options, parts, calls)
  const sender = new RetryingSender({ ...parts, tokens })
  const middleware: Middleware[] = []
  const http = createHttp(baseUrl)
  const fetchFor = createFetchFor({ ...options, sender, middleware })
  const invalidate = createInvalidate(cache, events)
  const forgetting = createForgetting(cache, invalidate)
  const api = createApi({ http, fetchFor, calls, forgetting, middleware })
  const stats = (): ClientStats =>
    counters.read({
      entries: cache?.size ?? 0,
      circuits: { catalogue: circuits.group('catalogue').state, storage: circuits.group('storage').state },
      connections: slots.counts,
    })
  const closeConnections = (): void => node.close()
  const isStorageDown = (): boolean => circuits.group('storage').state !== 'closed'
  const limits = { retry, timeouts, maxConnections, maxFileConnections }
  const service = { http, fetchFor, events, isStorageDown, invalidate, forgetting }
  return { ...service, ...limits, cache, calls, runner, stats, tokens, api, closeConnections }
}

function createInvalidate(cache: Cache | undefined, events: Events): ClientContext['invalidate'] {
  return (key) => {
    cache?.invalidate(key)
    if (key === BOOKS_KEY) cache?.invalidate(PUBLISHERS_KEY)
    events.emit('cache', { result: 'invalidated', key: key ?? 'all' })
  }
}

function createEvents({ logger, observers }: ResolvedOptions, counters: StatsObserver): Events {
  return new Events([counters.observer, ...(logger ? [createLogObserver(logger)] : []), ...observers])
}

/** The password, API keys, and the headers of the user that are secret by their names, in all and in their parts. */
function secretsOf({ credentials: { login, token, apiKey }, headers }: ResolvedOptions): string[] {
  const ofHeaders = Object.entries(headers).flatMap(([name, value]) =>
    SECRET_HEADER.test(name) ? [value, ...value.split(HEADER_PARTS).filter(isLongPart)] : [],
  )
  return [login?.password, token, apiKey, ...ofHeaders].filter((one) => typeof one === 'string')
}

/** A shorter one can be a word that is no secret, such as `Bearer`. */
function isLongPart({ length }: string): boolean {
  return length >= 8
}

function createTokenSource(options: ResolvedOptions, parts: SenderOptions, calls: Calls): TokenSource {
  const { credentials, timeouts } = options
  const { token, apiKey } = credentials
  if (token !== undefined) return new ProvidedTokenSource(token, timeouts.requestMs)
  const sourceOf = (login: Login): TokenSource => createLoginSource(login, options, parts, calls)
  if (apiKey === undefined) return sourceOf(credentials.login)
  return new ApiKeySource(apiKey, credentials.login && sourceOf(credentials.login), takesApiKey)
}

/** Logins use a sender without tokens, and no middleware of users, which would see the password. */
function createLoginSource(
  credentials: Login,
  options: ResolvedOptions,
  parts: SenderOptions,
  calls: Calls,
): TokenSource {
  const fetchFor = createFetchFor({ ...options, sender: new RetryingSender(parts), middleware: [] })
  const logIn = createLogIn({ credentials, http: createHttp(options.baseUrl), fetchFor, calls })
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
