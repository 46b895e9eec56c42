import { DreamStorageResponseError, type ErrorFacts } from '../errors.js'
import type { WireResponse } from './wire-response.js'

// Without a body by the Fetch standard; the constructor of Response refuses one.
const NULL_BODY = new Set([204, 205, 304])

// Node's types declare the accessors of Response as fields, which a class may not with accessors.
const Head = Response as unknown as new (
  body: null,
  init: ResponseInit,
) => Pick<Response, 'headers' | 'ok' | 'redirected' | 'status' | 'statusText' | 'type'>

/**
 * An answer whose body has been read: it can be read again and again, without the cost of a stream, and JSON that
 * cannot be parsed is `…ResponseError`.
 */
export class BufferedResponse extends Head {
  /** The body, not copied. */
  readonly content: Uint8Array
  readonly #source: WireResponse
  readonly #facts: ErrorFacts
  #stream: ReadableStream<Uint8Array<ArrayBuffer>> | null | undefined

  /** `source` gives status, headers and URL; `facts` are for errors. */
  constructor(source: WireResponse, content: Uint8Array, facts: ErrorFacts) {
    super(null, source)
    this.content = content
    this.#source = source
    this.#facts = facts
    if (NULL_BODY.has(source.status)) return
    // What the header said was the length on the wire, before any decoding.
    this.headers.set('content-length', String(content.byteLength))
    this.headers.delete('content-encoding')
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
    return new TextDecoder().decode(this.content)
  }

  async json(): Promise<unknown> {
    const text = await this.text()
    try {
      return JSON.parse(text)
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
    return new BufferedResponse(this.#source, this.content, this.#facts)
  }

  #copy(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.content)
  }
}
