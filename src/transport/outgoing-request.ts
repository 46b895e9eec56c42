import { DreamStorageInputError } from '../errors.js'
import { encodeForm } from './form-body.js'

type Source = NonNullable<RequestInit['body']>

/**
 * A body as node:http sends it, and the headers that follow from it. Never a string: node:http would encode the headers
 * like the body, as UTF-8, and those outside ASCII would arrive as other bytes.
 */
export interface Payload {
  readonly content: Uint8Array | ReadableStream<Uint8Array> | null
  /** Bytes; undefined for a stream, which is sent in chunks. */
  readonly length?: number
  readonly type?: string
}

// RFC 9110 §5.6.2 says what a method is; the Fetch standard refuses these three.
const METHOD = /^(?!(?:CONNECT|TRACE|TRACK)$)[\w!#$%&'*+.^`|~-]+$/i

/** A request as the client sends it: plain data, which can be sent again and costs little beside a `Request`. */
export class OutgoingRequest {
  readonly url: string
  readonly method: string
  readonly headers: Headers
  /** Headers of the client, which replace those of the same name; in lower case. */
  readonly clientHeaders: Record<string, string> = {}
  /** A stream can be sent once. */
  readonly body: Exclude<Source, FormData> | null
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
    this.body = (body instanceof FormData ? encodeForm(body) : body) ?? null
    const isBodyless = method === 'GET' || method === 'HEAD'
    if (!METHOD.test(method) || (isBodyless && this.body !== null)) {
      throw new DreamStorageInputError('no request can be made of this method and body', { method })
    }
    // The boundary of a form is the one of this encoding.
    if (body instanceof FormData) this.headers.delete('content-type')
  }

  /** What a middleware passed on; a body that cannot be made again is read. Throws `…InputError` if it has been read. */
  static async from(request: Request): Promise<OutgoingRequest> {
    const { url, method } = request
    if (request.bodyUsed) {
      throw new DreamStorageInputError('a middleware has read the body of the request', { method })
    }
    const source = request instanceof SourcedRequest ? request.source : undefined
    const body = source ?? (request.body && (await readBody(request)))
    return new OutgoingRequest(url, { method, headers: new Headers(request.headers), body })
  }

  /** False once a body that is a stream has been sent. */
  get canBeSent(): boolean {
    return !this.#isSpent
  }

  /** For node:http. */
  toPayload(): Payload {
    const { body } = this
    if (body === null) return { content: null, length: 0 }
    if (typeof body === 'string') {
      return { ...bytesOf(Buffer.from(body)), type: 'text/plain;charset=UTF-8' }
    }
    if (body instanceof Blob) return { content: body.stream(), length: body.size, type: body.type }
    if (body instanceof URLSearchParams) {
      const type = 'application/x-www-form-urlencoded;charset=UTF-8'
      return { ...bytesOf(Buffer.from(body.toString())), type }
    }
    if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return bytesOf(body)
    this.#isSpent = true
    return { content: body as ReadableStream<Uint8Array> }
  }

  /** For fetch. The signal goes beside it; redirects are not followed, since they would carry the bearer along. */
  toRequest(): Request {
    const { url, method, body } = this
    const headers = new Headers(this.headers)
    for (const [name, value] of Object.entries(this.clientHeaders)) headers.set(name, value)
    this.#isSpent = body instanceof ReadableStream
    return new Request(url, { method, headers, body, redirect: 'manual', duplex: 'half' })
  }
}

/** What a user's middleware gets: a `Request` that remembers what its body was made of. */
export class SourcedRequest extends Request {
  readonly source: Source | undefined

  /** A request that a middleware makes with the global `Request` is accepted too. */
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

function bytesOf(body: ArrayBuffer | ArrayBufferView): Payload {
  const content =
    body instanceof ArrayBuffer
      ? new Uint8Array(body)
      : new Uint8Array(body.buffer, body.byteOffset, body.byteLength)
  return { content, length: content.byteLength }
}

async function readBody(request: Request): Promise<ArrayBuffer> {
  return request.arrayBuffer().catch((cause: unknown) => {
    throw new DreamStorageInputError('the body of the request cannot be read', {
      method: request.method,
      cause,
    })
  })
}
