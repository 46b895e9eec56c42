import { type Cancellation, noop } from '../call/cancellation.js'
import type { Transport, WireBody, WireResponse } from './transport.js'

/** Replaces the transport. Obey `init.signal`; do not follow redirects; report errors by rejecting. */
export type FetchLike = (request: Request, init?: { signal: AbortSignal }) => Promise<Response>

/** A transport over a function like fetch. */
export function createFetchTransport(fetch: FetchLike): Transport {
  return async (request, { cancellation }) => {
    const controller = new AbortController()
    cancellation.hook((reason) => controller.abort(reason))
    const response = await fetch(request.toRequest(), { signal: controller.signal })
    // A fetch of the user's own can answer with anything.
    if (!(response?.status >= 200 && response.status < 600)) {
      throw new TypeError('the function fetch must return a Response')
    }
    return describe(response, request.method !== 'HEAD', cancellation)
  }
}

function describe(response: Response, hasBody: boolean, cancellation: Cancellation): WireResponse {
  const { status, statusText, url, body } = response
  // Those of a fetched answer cannot be changed. A name that is no name, which fetch lets through, throws here.
  const headers = new Headers(response.headers)
  return {
    status,
    statusText,
    url,
    headers,
    header: (name) => headers.get(name) ?? undefined,
    isDecoded: true,
    body: body && hasBody ? readStream(body, cancellation) : undefined,
  }
}

function readStream(stream: ReadableStream<Uint8Array>, cancellation: Cancellation): WireBody {
  const reader = stream.getReader()
  return {
    read: async () => (await cancellation.wait(reader.read())).value,
    cancel: (reason) => void reader.cancel(reason).catch(noop),
  }
}
