import { DreamStorageInputError } from '../errors.js'

type Source = NonNullable<RequestInit['body']>

// RFC 9110 §5.6.2 says what a method is; the Fetch standard refuses these three.
const METHOD = /^(?!(?:CONNECT|TRACE|TRACK)$)[\w!#$%&'*+.^`|~-]+$/i

/** A request as the client sends it: plain data, which can be sent again and costs little beside a `Request`. */
export class OutgoingRequest {
  readonly url: string
  readonly method: string
  readonly headers: Headers
  /** Set by the client, over those of the same name; lower case. */
  readonly own: Record<string, string> = {}
  /** What the body is made of; a stream can be sent once. */
  readonly body: Source | null
  #isSpent = false

  constructor(url: string | URL, { method = 'GET', headers, body }: RequestInit = {}) {
    try {
      this.url = new URL(url).href
      // openapi-fetch makes them for this request alone.
      this.headers = headers instanceof Headers ? headers : new Headers(headers)
    } catch (cause) {
      throw new DreamStorageInputError('no request can be made of this', { method, cause })
    }
    this.method = method
    this.body = body ?? null
    const isBodyless = method === 'GET' || method === 'HEAD'
    if (!METHOD.test(method) || (isBodyless && this.body !== null)) {
      throw new DreamStorageInputError('no request can be made of this method and body', { method })
    }
  }

  /** What a middleware passed on; a body that cannot be made again is read. Throws `…InputError` if it has been. */
  static async from(request: Request): Promise<OutgoingRequest> {
    const { url, method } = request
    if (request.bodyUsed) {
      throw new DreamStorageInputError('a middleware has read the body of the request', { method })
    }
    const source = request instanceof SourcedRequest ? request.source : undefined
    const body = source ?? (request.body && (await readBody(request)))
    const headers = new Headers(request.headers)
    // A form gets a new boundary with each serialisation.
    if (body instanceof FormData) headers.delete('content-type')
    return new OutgoingRequest(url, { method, headers, body })
  }

  /** False once a body that is a stream has been sent. */
  get canBeSent(): boolean {
    return !this.#isSpent
  }

  /** For fetch; the signal goes beside it, and redirects are not followed since they would carry the bearer off. */
  toRequest(): Request {
    const { url, method, body } = this
    const headers = new Headers(this.headers)
    for (const [name, value] of Object.entries(this.own)) headers.set(name, value)
    this.#isSpent = body instanceof ReadableStream
    return new Request(url, { method, headers, body, redirect: 'manual', duplex: 'half' })
  }
}

/** What a user's middleware gets: a `Request` that remembers what its body was made of. */
export class SourcedRequest extends Request {
  readonly source: Source | undefined

  /** What a middleware makes with the global `Request` is as good. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof globalThis.Request
  }

  constructor(input: string | URL | Request, init: RequestInit = {}) {
    try {
      // A signal would be followed for as long as it lives, and the call obeys it anyway.
      super(input, { ...init, signal: null, redirect: 'manual' })
    } catch (cause) {
      throw new DreamStorageInputError('no request can be made of this', { method: init.method, cause })
    }
    this.source = init.body ?? undefined
  }
}

async function readBody(request: Request): Promise<ArrayBuffer> {
  return request.arrayBuffer().catch((cause: unknown) => {
    throw new DreamStorageInputError('the body of the request cannot be read', {
      method: request.method,
      cause,
    })
  })
}
