import {
  DreamStorageError,
  DreamStorageNetworkError,
  DreamStorageResponseError,
  DreamStorageTimeoutError,
  type TimeoutPhase,
} from '../errors.js'
import { BufferedResponse } from './buffered-response.js'
import { concat } from './bytes.js'
import type { Call } from './call.js'
import type { OutgoingRequest } from './outgoing-request.js'
import { transportError } from './transport-error.js'
import { Cancellation, noop, startTimer } from './wait.js'
import type { WireBody, WireReader, WireResponse } from './wire-response.js'

/** Sends one request and gives its answer; ends with the cancellation. */
export type Transport = (request: OutgoingRequest, cancellation: Cancellation) => Promise<WireResponse>

/** The limits of one attempt, in milliseconds. */
export interface ExchangeLimits {
  readonly connectMs: number
  /** The whole attempt, body included. */
  readonly requestMs: number
  /** For a download: the wait for the headers, and each silence after them. */
  readonly downloadMs: number
}

/** One attempt on the wire, from the request to the last byte of the body. */
export class Exchange {
  readonly #call: Call
  readonly #limits: ExchangeLimits
  readonly #onStreamEnd: () => void
  readonly #cancellation = new Cancellation()
  readonly #unlink: () => void
  #phase: TimeoutPhase = 'headers'
  #timer: NodeJS.Timeout | undefined
  #received = 0

  /** `onStreamEnd` is called when a streamed body is over and its connection no longer needed. */
  constructor(call: Call, limits: ExchangeLimits, onStreamEnd: () => void) {
    this.#call = call
    this.#limits = limits
    this.#onStreamEnd = onStreamEnd
    this.#unlink = call.cancellation.interrupt((reason) => this.#cancellation.cancel(reason))
  }

  /** Sends and reads; with `stream` a successful answer is given while its body still arrives. */
  async run(request: OutgoingRequest, transport: Transport): Promise<Response> {
    try {
      this.#watch()
      const response = await this.#headers(request, transport)
      this.#phase = 'body'
      this.#rejectUnasked(request, response)
      // openapi-fetch does not touch the body of an answer that is announced as empty: it would stay open.
      const isEmpty = request.method === 'HEAD' || response.headers.get('content-length') === '0'
      if (this.#call.init.stream && response.ok && !isEmpty && response.body)
        return this.#streamed(response, response.body)
      const content = response.body ? await this.#readAll(request, response, response.body) : new Uint8Array()
      this.#end()
      return new BufferedResponse(response, content, this.#call.facts)
    } catch (error) {
      this.#end()
      throw this.#explain(error)
    }
  }

  async #headers(request: OutgoingRequest, transport: Transport): Promise<WireResponse> {
    this.#cancellation.throwIfCancelled()
    const answer = transport(request, this.#cancellation)
    try {
      return await this.#cancellation.wait(answer)
    } catch (error) {
      // A transport that does not obey the signal may still answer.
      answer.then((response) => response.body?.cancel(), noop).catch(noop)
      throw error
    }
  }

  /** Redirects are not followed (the bearer would go along), and an answer without content was not asked for. */
  #rejectUnasked(request: OutgoingRequest, response: WireResponse): void {
    const { status, headers } = response
    const isRedirect = status >= 300 && status < 400 && status !== 304
    const isConditional = request.headers.has('if-none-match') || request.headers.has('if-modified-since')
    const isEmpty =
      status === 304 ? !isConditional : (status === 204 || status === 205) && request.method === 'GET'
    if (!isRedirect && !isEmpty) return
    response.body?.cancel().catch(noop)
    const location = headers.get('location')
    const message = isRedirect
      ? `${status}: a redirect to ${location ?? 'nowhere'}, which is not followed`
      : `${status}: an answer without content`
    throw new DreamStorageResponseError(message, { ...this.#call.facts, status })
  }

  async #readAll(request: OutgoingRequest, response: WireResponse, body: WireBody): Promise<Uint8Array> {
    const reader = body.getReader()
    const unlink = this.#cancellation.interrupt((reason) => void reader.cancel(reason).catch(noop))
    const chunks: Uint8Array[] = []
    try {
      for (;;) {
        const { done, value } = await reader.read()
        this.#cancellation.throwIfCancelled()
        if (done || !value) break
        chunks.push(value)
        this.#take(value)
      }
    } finally {
      unlink()
    }
    if (request.method !== 'HEAD') this.#checkLength(response)
    return concat(chunks, this.#received)
  }

  /** The body as it arrives; whatever ends it, the consumer's cancel too, frees the connection at once. */
  #streamed(response: WireResponse, body: WireBody): Response {
    const reader = body.getReader()
    this.#pause()
    const finish = (reason?: unknown): void => {
      void reader.cancel(reason).catch(noop)
      this.#end()
      this.#onStreamEnd()
      this.#call.end()
    }
    const start = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
      this.#cancellation.interrupt((reason) => {
        finish(reason)
        controller.error(reason)
      })
    }
    const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
      try {
        const chunk = await this.#read(reader)
        if (chunk) return controller.enqueue(chunk)
        this.#checkLength(response)
        finish()
        controller.close()
      } catch (error) {
        const explained = this.#explain(error)
        finish(explained)
        controller.error(explained)
      }
    }
    const stream = new ReadableStream({ start, pull, cancel: finish }, { highWaterMark: 0 })
    const streamed = new Response(stream, response)
    this.#call.isStreaming = true
    return streamed
  }

  /** The next chunk of a streamed body; the time that the consumer takes over one is not the service's silence. */
  async #read(reader: WireReader): Promise<Uint8Array | undefined> {
    this.#watch()
    try {
      const { value } = await this.#cancellation.wait(reader.read())
      this.#received += value?.byteLength ?? 0
      return value
    } finally {
      this.#pause()
    }
  }

  #take(chunk: Uint8Array): void {
    this.#received += chunk.byteLength
    if (this.#call.init.download) this.#timer?.refresh()
  }

  #checkLength({ headers }: WireResponse): void {
    const announced = headers.get('content-length')
    if (announced === null || headers.has('content-encoding') || Number(announced) === this.#received) return
    const message = `the body ended after ${this.#received} of ${announced} bytes`
    throw new DreamStorageNetworkError(message, this.#call.facts)
  }

  #watch(): void {
    const limitMs = this.#call.init.download ? this.#limits.downloadMs : this.#limits.requestMs
    this.#timer = startTimer(limitMs, () => {
      this.#cancellation.cancel(new DreamStorageTimeoutError(this.#phase, limitMs, this.#call.facts))
    })
  }

  #pause(): void {
    clearTimeout(this.#timer)
  }

  #end(): void {
    this.#pause()
    this.#unlink()
  }

  /** The error of the family for whatever ended the exchange; the caller's own reason stays as it is. */
  #explain(error: unknown): unknown {
    if (this.#cancellation.isCancelled) return this.#cancellation.reason
    if (error instanceof DreamStorageError) return error
    return transportError(error, this.#limits.connectMs, this.#call.facts)
  }
}
