import { DreamStorageInputError } from '../errors.js'
import { blobStream, type OnSend } from './body-pieces.js'
import { encodeForm } from './form-body.js'
import { StreamedBlob } from './streamed-blob.js'
import { watchBody } from './watched-body.js'

type Source = NonNullable<RequestInit['body']>

/**
 * A body as node:http sends it, and the headers that follow from it. Never a string: node:http would encode the headers
 * like the body, as UTF-8, and those outside ASCII would arrive as other bytes.
 */
export interface Payload {
  readonly content: Uint8Array | ReadableStream<Uint8Array> | null
  /** Bytes; undefined for a stream, which is sent in chunks. */
  readonly length?: number
  /** The default of `Content-Type`. */
  readonly type?: string
}

// A method is a token (RFC 9110 §9.1); the Fetch standard refuses these three.
const METHOD = /^(?!(?:CONNECT|TRACE|TRACK)$)[\w!#$%&'*+.^`|~-]+$/i

/** A request as the client sends it: plain data, which can be sent again and costs less than a `Request`. */
export class OutgoingRequest {
  readonly url: string
  readonly method: string
  readonly headers: Headers
  /** Headers that the client adds, in lower case; they replace headers of the same name. */
  readonly clientHeaders: Record<string, string> = {}
  /** The body, or null; a stream can be sent only once. */
  readonly body: Exclude<Source, FormData> | null
  #isSpent = false

  constructor(url: string | URL, { method = 'GET', headers, body }: RequestInit = {}) {
    try {
      this.url = new URL(url).href
      // openapi-fetch creates them for this request only.
      this.headers = headers instanceof Headers ? headers : new Headers(headers)
    } catch {
      throw unusable(method)
    }
    this.method = method
    this.body = (body instanceof FormData ? encodeForm(body) : body) ?? null
    const isBodyless = method === 'GET' || method === 'HEAD'
    if (!METHOD.test(method) || (isBodyless && this.body !== null)) {
      throw new DreamStorageInputError('the request cannot have this method and body', { method })
    }
    // It would name another boundary than that of the encoded form.
    if (body instanceof FormData) this.headers.delete('content-type')
  }

  /**
   * @returns the request that a middleware passed on; it reads the body, unless it knows its source
   * @throws {@link DreamStorageInputError} when the body has been read, or cannot be read
   */
  static async from(request: Request): Promise<OutgoingRequest> {
    const { url, method } = request
    if (request.bodyUsed) {
      throw new DreamStorageInputError('a middleware has read the body of the request', { method })
    }
    const source = request instanceof SourcedRequest ? request.source : undefined
    const body = source ?? (request.body && (await readBody(request)))
    return new OutgoingRequest(url, { method, headers: new Headers(request.headers), body })
  }

  /** Whether it can be sent, or sent again: false once a stream has been sent. */
  get canBeSent(): boolean {
    return !this.#isSpent
  }

  /** @returns the body for node:http */
  toPayload(): Payload {
    const { body } = this
    if (body === null) return { content: null, length: 0 }
    if (typeof body === 'string') {
      return { ...bytesOf(Buffer.from(body)), type: 'text/plain;charset=UTF-8' }
    }
    if (body instanceof StreamedBlob) {
      this.#isSpent = !body.isRepeatable
      return { content: body.stream(), length: body.size, type: body.type }
    }
    if (body instanceof Blob) return { content: blobStream(body), length: body.size, type: body.type }
    if (body instanceof URLSearchParams) {
      const type = 'application/x-www-form-urlencoded;charset=UTF-8'
      return { ...bytesOf(Buffer.from(body.toString())), type }
    }
    if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return bytesOf(body)
    this.#isSpent = true
    return { content: body as ReadableStream<Uint8Array> }
  }

  /**
   * `onSend` is told what of the body has been read.
   * @returns the request for `fetch`, without a signal; redirects are not followed: they would carry the bearer along
   */
  toRequest(onSend: OnSend): Request {
    const { url, method, body } = this
    const headers = new Headers(this.headers)
    for (const [name, value] of Object.entries(this.clientHeaders)) headers.set(name, value)
    this.#isSpent = body instanceof ReadableStream || (body instanceof StreamedBlob && !body.isRepeatable)
    const watched = body && watchBody(body, onSend)
    return new Request(url, { method, headers, body: watched, redirect: 'manual', duplex: 'half' })
  }
}

/** The `Request` that middleware of users receives; it remembers the source of its body. */
export class SourcedRequest extends Request {
  readonly source: Source | undefined

  /** Also accepts a `Request` that a middleware creates with the global class. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof globalThis.Request
  }

  constructor(input: string | URL | Request, init: RequestInit = {}) {
    try {
      // A Request listens to its signal for as long as that lives; the call obeys it anyway.
      super(input, { ...init, signal: null, redirect: 'manual' })
    } catch {
      throw unusable(init.method)
    }
    this.source = init.body ?? undefined
  }
}

/** Without a cause: that of a URL or a header repeats its value, which can be a secret. */
function unusable(method: string | undefined): DreamStorageInputError {
  const message = 'the request cannot be created: its URL, its method or a header is not valid'
  return new DreamStorageInputError(message, { method })
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
