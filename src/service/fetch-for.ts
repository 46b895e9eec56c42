import type { Middleware } from 'openapi-fetch'
import type { Call } from '../call/call.js'
import { DreamStorageInputError } from '../errors.js'
import type { RetryingSender } from '../resilience/retrying-sender.js'
import { ACCEPTED_CODINGS } from '../transport/content-coding.js'
import { OutgoingRequest, SourcedRequest } from '../transport/outgoing-request.js'
import type { FetchFor } from './service-context.js'

/** What the step from openapi-fetch to the sender needs. */
export interface FetchForOptions {
  readonly baseUrl: string
  readonly sender: RetryingSender
  /** Added to every request that has no header of that name; names are in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** Whether JSON is requested with gzip or br. */
  readonly compression: boolean
  /** The middleware that users have added to `client.api`. */
  readonly middleware: readonly Middleware[]
}

/** @returns a function that returns, for one call, how openapi-fetch creates and sends its requests */
export function createFetchFor(options: FetchForOptions): FetchFor {
  const { origin } = new URL(options.baseUrl)
  return (call, middleware = []) => ({
    fetch: async (request) => {
      checkOrigin(request, origin, call)
      return send(options, request, call)
    },
    // Middleware receives a real Request. Without middleware, a cheaper object is enough.
    Request:
      options.middleware.length + middleware.length > 0
        ? SourcedRequest
        : (OutgoingRequest as unknown as typeof Request),
  })
}

/** The bearer must not reach another origin. */
function checkOrigin({ url }: { readonly url: string }, origin: string, call: Call): void {
  if (url.startsWith(`${origin}/`)) return
  throw new DreamStorageInputError(`requests go to ${origin} only`, call.context)
}

async function send(
  options: FetchForOptions,
  request: Request | OutgoingRequest,
  call: Call,
): Promise<Response> {
  const outgoing =
    request instanceof OutgoingRequest ? request : await call.wait(OutgoingRequest.from(request))
  describe(outgoing, options, call)
  return options.sender.send(outgoing, call)
}

function describe({ headers, clientHeaders }: OutgoingRequest, options: FetchForOptions, call: Call): void {
  for (const name in options.headers) {
    const value = options.headers[name]
    if (value !== undefined && !headers.has(name)) clientHeaders[name] = value
  }
  clientHeaders['x-request-id'] = call.facts.requestId
  const mayBeCoded = options.compression && call.endpoint.answer === 'json'
  clientHeaders['accept-encoding'] = mayBeCoded ? ACCEPTED_CODINGS : 'identity'
}
