import { type Client, type Middleware, mergeHeaders } from 'openapi-fetch'
import type { paths } from '../../generated/dream-central-storage.js'
import type { Calls } from '../call/calls.js'
import { DreamStorageInputError } from '../errors.js'
import { CALL_RULES } from '../options/call-options.js'
import { invalid, type Rules, validate } from '../options/validation.js'
import type { Api, ApiCallOptions } from './api-types.js'
import { endpointOf } from './endpoints.js'
import { errorFromResponse } from './response-error.js'
import { asInput, serializeForm } from './serializers.js'
import type { FetchFor } from './service-context.js'
import type { Forgetting, WriteInit } from './writes.js'

interface Init extends ApiCallOptions, WriteInit {
  readonly params?: { readonly path?: object; readonly header?: RequestInit['headers'] }
  readonly headers?: RequestInit['headers']
  readonly signal?: AbortSignal
  readonly parseAs?: string
  readonly bodySerializer?: unknown
  readonly middleware?: readonly Middleware[]
}

type LooseRequest = (
  method: string,
  route: string,
  init: object,
) => Promise<{ response: Response; error?: unknown }>

/** What `client.api` needs. */
interface ApiOptions {
  readonly http: Client<paths>
  readonly fetchFor: FetchFor
  readonly calls: Calls
  readonly forgetting: Forgetting
  /** The middleware that users have added and not ejected; it is changed by `use` and `eject`. */
  readonly middleware: Middleware[]
}

const METHODS = ['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE'] as const
const FILES = ['stream', 'blob', 'arrayBuffer']
const RULES: Rules = {
  signal: CALL_RULES.signal,
  timeoutMs: CALL_RULES.timeoutMs,
  middleware: { expected: 'a list of middleware', accepts: Array.isArray },
  parseAs: {
    expected: "'json', 'text', 'blob', 'arrayBuffer' or 'stream'",
    accepts: (value) => ['json', 'text', ...FILES].some((name) => name === value),
  },
}

/**
 * Each request of the typed openapi-fetch client is a call of this client, with the same token, retries, circuit breakers,
 * limits and logs.
 * @returns the client; its methods return HTTP errors as `{ error, response }`
 * @throws {@link DreamStorageError} (its methods) for all other errors
 */
export function createApi(options: ApiOptions): Api {
  const request = createRequest(options)
  const methods = METHODS.map((method) => [
    method,
    (route: string, init: object) => request(method, route, init),
  ])
  return { ...options.http, ...middlewareMethods(options), request, ...Object.fromEntries(methods) }
}

function createRequest(options: ApiOptions): LooseRequest {
  const send = options.http.request as unknown as LooseRequest
  return async (method, route, init: Init = {}) => {
    if (typeof method !== 'string') throw invalid('method', 'a string', method)
    if (typeof route !== 'string') throw invalid('route', 'a string', route)
    const { signal, timeoutMs, parseAs = 'json' } = checkInit(init)
    const endpoint = endpointOf(method.toUpperCase(), route, FILES.includes(parseAs) ? 'file' : 'json')
    const bodySerializer = init.bodySerializer ?? (endpoint.isUpload ? serializeForm : undefined)
    return options.calls.run({ endpoint, signal, timeoutMs, stream: parseAs === 'stream' }, (call) =>
      options.forgetting(
        call,
        init,
        async () => {
          // Without `path`, openapi-fetch would send the template as it is.
          const params = { path: {}, ...init.params }
          const request = { ...init, params, bodySerializer, ...options.fetchFor(call, init.middleware) }
          const result = await send(method, route, request)
          const { response } = result
          if (response.status >= 400) call.fail(errorFromResponse(response, undefined, call.context))
          return result
        },
        ({ response }) => response.status,
      ),
    )
  }
}

function middlewareMethods({ http, middleware: inUse }: ApiOptions): Pick<Client<paths>, 'use' | 'eject'> {
  return {
    use: (...middleware) => {
      for (const each of middleware) {
        asInput('the middleware', () => http.use(each))
        if (each) inUse.push(each)
      }
    },
    eject: (...middleware) => {
      http.eject(...middleware)
      for (const each of middleware) {
        const index = inUse.indexOf(each)
        if (index >= 0) inUse.splice(index, 1)
      }
    },
  }
}

/** The error of `Headers` repeats the value, which can be a secret, so it is no cause. */
function checkHeaders({ headers, params }: Init): void {
  try {
    mergeHeaders(headers, params?.header)
  } catch {
    throw new DreamStorageInputError(
      'the request cannot be created from the headers: one has no valid name or value',
    )
  }
}

/** Checks what openapi-fetch cannot handle. */
function checkInit(init: Init): Init {
  if (typeof init !== 'object' || init === null) throw invalid('init', 'an object', init)
  if ('fetch' in init) throw new DreamStorageInputError('fetch is an option of the client, not of a call')
  const { signal, timeoutMs, parseAs, middleware } = init
  validate({ signal, timeoutMs, parseAs, middleware }, RULES, 'init')
  checkHeaders(init)
  return init
}
