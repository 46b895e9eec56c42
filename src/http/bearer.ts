import { DreamStorageInputError } from '../errors.js'
import type { Call } from './call.js'
import type { Send } from './delivery.js'
import { OutgoingRequest } from './outgoing-request.js'
import type { TokenSource } from './token-source.js'

/**
 * Puts a bearer token on every request, and answers a 401 by sending once more with another token. It stands
 * below openapi-fetch's middleware, so that a user's middleware sees only the final answer.
 */
export function withBearer(source: TokenSource, isPublic: (call: Call) => boolean, next: Send): Send {
  return async (request, call) => {
    // A middleware may have taken its time: a call that is over asks for no token.
    call.cancellation.throwIfCancelled()
    if (isPublic(call)) return next(request, call)
    const token = await source.token(call)
    setBearer(request, token.text)
    const response = await next(request, call)
    if (response.status !== 401 || !request.canBeSent) return response
    const other = await source.replace(token, call)
    if (!other) return response
    setBearer(request, other.text)
    return next(request, call)
  }
}

/** Refuses requests to other origins, which the bearer must not reach, and names the call to the service. */
export function withinOrigin(
  origin: string,
  next: Send,
): (request: Request | OutgoingRequest, call: Call) => Promise<Response> {
  return async (request, call) => {
    if (!request.url.startsWith(`${origin}/`)) {
      throw new DreamStorageInputError(`requests go to ${origin} only`, call.facts)
    }
    const outgoing =
      request instanceof OutgoingRequest ? request : await call.wait(OutgoingRequest.from(request))
    outgoing.own['x-request-id'] = call.requestId
    return next(outgoing, call)
  }
}

function setBearer(request: OutgoingRequest, token: string): void {
  request.own['authorization'] = `Bearer ${token}`
}
