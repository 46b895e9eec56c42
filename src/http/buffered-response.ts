import { DreamStorageResponseError, type ErrorFacts } from '../errors.js'
import { NULL_BODY, type WireResponse } from './wire-response.js'

const UTF_8 = new TextDecoder()

/**
 * An answer whose body has been read: it can be read again and again, without the cost of a stream, and JSON that
 * cannot be parsed is `…ResponseError`. To others it is a `Response`.
 */
export class BufferedResponse implements Response {
  /** The body, not copied. */
  readonly content: Uint8Array
  readonly headers: Headers
  readonly redirected = false
  readonly type = 'basic'
  readonly #source: WireResponse
  readonly #facts: ErrorFacts
  #stream: ReadableStream<Uint8Array<ArrayBuffer>> | null | undefined

  /** `source` gives status, headers and URL; `facts` are for errors. */
  constructor(source: WireResponse, content: Uint8Array, facts: ErrorFacts) {
    this.content = content
    this.#source = source
    this.#facts = facts
    // The answer to HEAD tells the length of what it leaves out.
    this.headers =
      facts.method === 'HEAD' ? new Headers(source.headers) : headersOf(source, content.byteLength)
  }

  get status(): number {
    return this.#source.status
  }

  get statusText(): string {
    return this.#source.statusText
  }

  get ok(): boolean {
    return this.#source.ok
  }

  get url(): string {
    return this.#source.url
  }

  get body(): ReadableStream<Uint8Array<ArrayBuffer>> | null {
    this.#stream ??= NULL_BODY.has(this.status) ? null : new Response(this.#copy()).body
    return this.#stream
  }

  get bodyUsed(): boolean {
    return this.#stream?.locked ?? false
  }

  async text(): Promise<string> {
    return UTF_8.decode(this.content)
  }

  async json(): Promise<unknown> {
    try {
      return JSON.parse(UTF_8.decode(this.content))
    } catch {
      // Not as the cause: V8's message quotes the body.
      const type = this.headers.get('content-type') ?? 'no content type'
      const message = `${this.status} with a body that is not JSON (${type}, ${this.content.byteLength} bytes)`
      throw new DreamStorageResponseError(message, { ...this.#facts, status: this.status })
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
    const { status, statusText, ok, url } = this
    const headers = new Headers(this.headers)
    return new BufferedResponse(
      { status, statusText, ok, url, headers, body: null },
      this.content,
      this.#facts,
    )
  }

  #copy(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.content)
  }
}

// `instanceof Response`, as openapi-fetch and users ask, without the cost of making one.
Object.setPrototypeOf(BufferedResponse.prototype, Response.prototype)

/** What the header said was the length on the wire, before any decoding. */
function headersOf(source: WireResponse, size: number): Headers {
  // Those of a fetched Response cannot be changed.
  const headers = source instanceof Response ? new Headers(source.headers) : source.headers
  const isExact = headers.get('content-length') === String(size) && !headers.has('content-encoding')
  if (isExact || NULL_BODY.has(source.status)) return headers
  headers.set('content-length', String(size))
  headers.delete('content-encoding')
  return headers
}
