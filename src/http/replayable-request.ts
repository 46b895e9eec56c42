import { DreamStorageInputError } from '../errors.js'

/** A Request that remembers the source of its body, so that it can be sent more than once. */
export class ReplayableRequest extends Request {
  readonly #source: RequestInit['body']

  /** What a middleware makes with the global `Request` is as good. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof globalThis.Request
  }

  constructor(input: string | URL | Request, init: RequestInit = {}) {
    try {
      // A signal would be followed for as long as it lives (and the call obeys it anyway); redirects carry the bearer off.
      super(input, { ...init, signal: null, redirect: 'manual' })
    } catch (cause) {
      throw new DreamStorageInputError('no request can be made of this', { method: init.method, cause })
    }
    this.#source = init.body
  }

  /** The request itself, or one like it whose body has been read, if a middleware made it: that one can be sent once. */
  static async from(request: Request): Promise<Request> {
    if (#source in request || request.body === null || request.bodyUsed) return request
    const { url, method, headers } = request
    const body = await request.arrayBuffer().catch((cause: unknown) => {
      throw new DreamStorageInputError('the body of the request cannot be read', { method, cause })
    })
    return new ReplayableRequest(url, { method, headers, body })
  }

  /** A request to send now, or undefined when its body went with an earlier one. */
  static fresh(request: Request): Request | undefined {
    if (request.body === null) return request
    if (!(#source in request) || request.#source instanceof ReadableStream) {
      return request.bodyUsed ? undefined : request
    }
    const headers = new Headers(request.headers)
    // A form gets a new boundary with each serialisation.
    if (request.#source instanceof FormData) headers.delete('content-type')
    return new Request(request.url, {
      method: request.method,
      headers,
      body: request.#source ?? null,
      redirect: 'manual',
    })
  }
}
