import createClient, { type Client } from 'openapi-fetch'
import type { paths } from '../generated/dream-central-storage.js'
import { createApi, type MiddlewareInUse, type Through } from './api.js'
import { Cache } from './cache.js'
import { withBearer, withinOrigin } from './http/bearer.js'
import type { Call } from './http/call.js'
import { Calls } from './http/calls.js'
import { Circuit } from './http/circuit.js'
import { ConnectionQueue } from './http/connection-queue.js'
import { Delivery } from './http/delivery.js'
import { LoginTokenSource } from './http/login-token-source.js'
import { OutgoingRequest, SourcedRequest } from './http/outgoing-request.js'
import { Pool, viaFetch } from './http/pool.js'
import { ProvidedTokenSource, type TokenSource } from './http/token-source.js'
import { createLogIn } from './log-in.js'
import { fillPath } from './paths.js'
import type { ResolvedOptions } from './resolve-options.js'
import { serializeBody, serializeQuery } from './serializers.js'
import { isPermanentFailure, isStorageRoute, PUBLIC_ROUTES } from './service.js'

/** Everything that one client is made of; two clients share none of it. */
export interface Parts {
  readonly calls: Calls
  readonly circuits: { readonly catalogue: Circuit; readonly storage: Circuit }
  readonly delivery: Delivery
  readonly source: TokenSource
  readonly http: Client<paths>
  readonly api: Client<paths>
  readonly through: Through
  readonly cache: Cache | undefined
  readonly pool: Pool
  /** Takes the memory of a chunk that nobody reads any more. */
  readonly giveBack: (chunk: Uint8Array) => void
}

// Never opens: for a client without breakers, and for renewals in the background.
const NEVER = { failureThreshold: Number.POSITIVE_INFINITY, resetAfterMs: 0 }

/** Puts the parts of a client together, in the order in which a call meets them. */
export function assemble(options: ResolvedOptions): Parts {
  const { baseUrl, credentials, timeouts, maxConnections, logger } = options
  const { origin } = new URL(baseUrl)
  const calls = new Calls(logger)
  const cache = options.cache ? new Cache(options.cache.maxEntries) : undefined
  const http = createClient<paths>({
    baseUrl,
    pathSerializer: fillPath,
    querySerializer: serializeQuery,
    bodySerializer: serializeBody,
  })
  const inUse: MiddlewareInUse = { list: [], hasBeen: false }
  const through: Through = (call, ofCall = []) => ({
    fetch: (request) => authorized(request, call),
    // Middleware is given a real Request; without any, what is needed of one is enough.
    Request:
      inUse.list.length + ofCall.length > 0 ? SourcedRequest : (OutgoingRequest as unknown as typeof Request),
  })
  const source =
    credentials.token === undefined
      ? new LoginTokenSource(createLogIn({ credentials, http, calls, through, logger }), options)
      : new ProvidedTokenSource(credentials.token)
  const circuits = { catalogue: createCircuit(options), storage: createCircuit(options) }
  const pool = new Pool(origin, { maxConnections, connectMs: timeouts.connectMs })
  const delivery = createDelivery(options, circuits, pool)
  const isPublic = ({ init }: Call): boolean => PUBLIC_ROUTES.has(init.route)
  const authorized = withinOrigin(origin, withBearer(source, isPublic, delivery.send))
  const api = createApi(http, calls, through, inUse)
  const giveBack = (chunk: Uint8Array): void => {
    // A clone that middleware has made of the answer may still be read.
    if (!inUse.hasBeen) pool.giveBack(chunk)
  }
  return { calls, circuits, delivery, source, http, api, through, cache, pool, giveBack }
}

function createDelivery(options: ResolvedOptions, circuits: Parts['circuits'], pool: Pool): Delivery {
  const { retry, timeouts, maxConnections, logger } = options
  const uncounted = new Circuit(NEVER)
  return new Delivery({
    retry,
    limits: timeouts,
    queue: new ConnectionQueue(maxConnections, timeouts.queueMs),
    circuitOf: ({ init }) => {
      if (init.background) return uncounted
      return isStorageRoute(init.route) ? circuits.storage : circuits.catalogue
    },
    transport: options.fetch ? viaFetch(options.fetch) : pool.transport,
    isPermanent: isPermanentFailure,
    logger,
  })
}

function createCircuit({ circuitBreaker }: ResolvedOptions): Circuit {
  return new Circuit(circuitBreaker || NEVER)
}
