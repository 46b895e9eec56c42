import { type Cancellation, noop } from '../call/cancellation.js'
import type { Transport, WireBody, WireResponse } from './transport.js'

/**
 * A transport like the global `fetch`. It must obey `init.signal`, must not follow redirects (`request.redirect` is
 * `manual`), and rejects when there is no response.
 */
export type FetchLike = (request: Request, init?: { signal: AbortSignal }) => Promise<Response>

/** @returns a transport that calls a function like `fetch` */
export function createFetchTransport(fetch: FetchLike): Transport {
  return async (request, { cancellation, isRepeatable, onSend }) => {
    const controller = new AbortController()
    cancellation.hook((reason) => controller.abort(reason))
    const sendOnce = async (): Promise<Response> => {
      const response = await fetch(request.toRequest(onSend), { signal: controller.signal })
      // The function of a user can return anything.
      if (response?.status >= 200 && response.status < 600) return response
      throw new TypeError('the function fetch must return a Response')
    }
    let response = await sendOnce()
    if (isStale(response) && isRepeatable && request.canBeSent) {
      await response.body?.cancel()
      response = await sendOnce()
    }
    return describe(response, request.method !== 'HEAD', cancellation)
  }
}

/**
 * Whether a server closes a connection on which it waited for a request, and did not see that one had been sent. fetch does
 * not tell whether the connection was used before. @see RFC 9110 §15.5.9
 */
function isStale({ status, headers }: Response): boolean {
  return status === 408 && /\bclose\b/i.test(headers.get('connection') ?? '')
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
