import { type Client, type Middleware, mergeHeaders } from 'openapi-fetch'
import type { paths } from '../generated/dream-central-storage.js'
import { DreamStorageInputError } from './errors.js'
import type { Call } from './http/call.js'
import type { Calls } from './http/calls.js'
import { errorFromResponse } from './http/error-response.js'
import { CALL_RULES } from './resolve-options.js'
import { asInput } from './serializers.js'
import { invalid, type Rules, validate } from './validation.js'

/** What openapi-fetch makes requests of and sends them with: the pipeline, in the name of one call. */
export type Through = (
  call: Call,
  ofCall?: readonly Middleware[],
) => { readonly fetch: (request: Request) => Promise<Response>; readonly Request: typeof Request }

/** What users have added and not ejected; one as often as it was added. */
export interface MiddlewareInUse {
  readonly list: Middleware[]
  /** Whether there was ever any: it may keep a clone of an answer. */
  hasBeen: boolean
}

interface Init {
  readonly params?: { readonly path?: object; readonly header?: RequestInit['headers'] }
  readonly headers?: RequestInit['headers']
  readonly signal?: AbortSignal
  readonly parseAs?: string
  readonly middleware?: readonly Middleware[]
}

type LooseRequest = (
  method: string,
  route: string,
  init: object,
) => Promise<{ response: Response; error?: unknown }>

const METHODS = ['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE'] as const
const FILES = ['stream', 'blob', 'arrayBuffer']
const RULES: Rules = {
  signal: CALL_RULES.signal,
  middleware: { expected: 'a list of middleware', accepts: Array.isArray },
  parseAs: {
    expected: "'json', 'text', 'blob', 'arrayBuffer' or 'stream'",
    accepts: (value) => ['json', 'text', ...FILES].some((name) => name === value),
  },
}

/**
 * The typed openapi-fetch client of the whole contract, each request of it as a call of this client: same token,
 * retries, breakers, limits and logs. HTTP errors are answered as `{ error, response }`; the rest is thrown.
 */
export function createApi(
  http: Client<paths>,
  calls: Calls,
  through: Through,
  inUse: MiddlewareInUse,
): Client<paths> {
  const send = http.request as unknown as LooseRequest
  const request: LooseRequest = async (method, route, init: Init = {}) => {
    const { signal, parseAs = 'json' } = checkInit(init)
    const kind = { download: FILES.includes(parseAs), stream: parseAs === 'stream' }
    return calls.run({ method: method.toUpperCase(), route, signal, ...kind }, async (call) => {
      // Without `path`, openapi-fetch would send the template as it is.
      const params = { path: {}, ...init.params }
      const result = await send(method, route, { ...init, params, ...through(call, init.middleware) })
      const { response } = result
      if (!response.ok) calls.logFailure(call, errorFromResponse(response, undefined, call.facts))
      return result
    })
  }
  const methods = METHODS.map((method) => [
    method,
    (route: string, init: object) => request(method, route, init),
  ])
  const use: typeof http.use = (...middleware) => {
    for (const each of middleware) {
      asInput('the middleware', () => http.use(each))
      if (each) inUse.list.push(each)
      inUse.hasBeen = true
    }
  }
  const eject: typeof http.eject = (...middleware) => {
    http.eject(...middleware)
    for (const each of middleware) {
      const index = inUse.list.indexOf(each)
      if (index >= 0) inUse.list.splice(index, 1)
    }
  }
  return { ...http, use, eject, request, ...Object.fromEntries(methods) }
}

/** Throws `…InputError` for what openapi-fetch would stumble over. */
function checkInit(init: Init): Init {
  if (typeof init !== 'object' || init === null) throw invalid('init', 'an object', init)
  if ('fetch' in init) throw new DreamStorageInputError('fetch is an option of the client, not of a call')
  const { signal, parseAs, middleware } = init
  validate({ signal, parseAs, middleware }, RULES, 'init')
  asInput('the headers', () => mergeHeaders(init.headers, init.params?.header))
  return init
}
