import { constants } from 'node:buffer'
import type { CallContext } from '../call/call.js'
import { DreamStorageResponseError } from '../errors.js'
import { isOk, NULL_BODY } from './transport.js'

const UTF_8 = new TextDecoder()

/** A response without its body. */
interface ResponseHead {
  readonly status: number
  readonly statusText: string
  readonly url: string
  readonly headers: Headers
}

/**
 * A `Response` whose body has been read. It can be read many times, without the cost of a stream.
 * `json()` rejects with {@link DreamStorageResponseError} for a body that is not JSON.
 */
export class BufferedResponse implements Response {
  /** The decoded body, not copied. */
  readonly content: Uint8Array
  readonly status: number
  readonly redirected = false
  readonly type = 'basic'
  readonly #head: ResponseHead
  readonly #context: CallContext
  #headers: Headers | undefined
  #stream: ReadableStream<Uint8Array<ArrayBuffer>> | null | undefined

  /** `context` is for errors. */
  constructor(head: ResponseHead, content: Uint8Array, context: CallContext) {
    this.content = content
    this.status = head.status
    this.#head = head
    this.#context = context
  }

  get headers(): Headers {
    this.#headers ??= this.#describe()
    return this.#headers
  }

  get statusText(): string {
    return this.#head.statusText
  }

  get ok(): boolean {
    return isOk(this.status)
  }

  get url(): string {
    return this.#head.url
  }

  get body(): ReadableStream<Uint8Array<ArrayBuffer>> | null {
    this.#stream ??= NULL_BODY.has(this.status) ? null : this.#toStream()
    return this.#stream
  }

  get bodyUsed(): boolean {
    return this.#stream?.locked ?? false
  }

  async text(): Promise<string> {
    return this.#decode()
  }

  async json(): Promise<unknown> {
    const text = this.#decode()
    try {
      return JSON.parse(text)
    } catch {
      // Without the cause: the message of V8 quotes the body.
      const type = this.#context.secrets.quote(this.headers.get('content-type') ?? 'no content type')
      const message = `${this.status} with a body that is not JSON (${type}, ${this.content.byteLength} bytes)`
      throw new DreamStorageResponseError(message, { ...this.#context, status: this.status })
    }
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return this.#copy().buffer
  }

  async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return this.#copy()
  }

  async formData(): Promise<FormData> {
    return new Response(this.#copy(), this).formData()
  }

  async blob(): Promise<Blob> {
    return new Blob([this.#copy()], { type: this.headers.get('content-type') ?? '' })
  }

  clone(): BufferedResponse {
    const { status, statusText, url } = this
    const headers = new Headers(this.headers)
    return new BufferedResponse({ status, statusText, url, headers }, this.content, this.#context)
  }

  /** Copies nothing before it is read: openapi-fetch asks for the stream of each answer that it does not parse. */
  #toStream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    const stream: ReadableStream<Uint8Array> = new ReadableStream({
      type: 'bytes',
      pull: (controller) => {
        if (this.content.byteLength > 0) controller.enqueue(this.#copy())
        controller.close()
        controller.byobRequest?.respond(0)
      },
    })
    return stream as ReadableStream<Uint8Array<ArrayBuffer>>
  }

  /** A text has no more than 2^29 − 24 UTF-16 code units, and never more than the body has bytes. */
  #decode(): string {
    const { byteLength } = this.content
    if (byteLength <= constants.MAX_STRING_LENGTH) return UTF_8.decode(this.content)
    const message = `${this.status} with a body of ${byteLength} bytes, which is too long for a text`
    throw new DreamStorageResponseError(message, { ...this.#context, status: this.status })
  }

  #copy(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.content)
  }

  /** The length of what has been read: on the wire it may have been compressed, or in chunks. */
  #describe(): Headers {
    const { headers } = this.#head
    // A response to HEAD announces the length of the body that it leaves out.
    if (NULL_BODY.has(this.status) || this.#context.method === 'HEAD') return headers
    const length = String(this.content.byteLength)
    if (headers.get('content-length') === length && !headers.has('content-encoding')) return headers
    headers.set('content-length', length)
    headers.delete('content-encoding')
    return headers
  }
}

// For `instanceof Response` of openapi-fetch and users, without the cost of a Response.
Object.setPrototypeOf(BufferedResponse.prototype, Response.prototype)
