import {
  DreamStorageError,
  DreamStorageNetworkError,
  DreamStorageResponseError,
  DreamStorageTimeoutError,
  type TimeoutPhase,
} from '../errors.js'
import { BufferedResponse } from './buffered-response.js'
import type { Call } from './call.js'
import { Cancellation, noop, startTimer } from './wait.js'

/** Sends one request and gives its answer; must obey the signal. */
export type Transport = (request: Request, init: { signal: AbortSignal }) => Promise<Response>

/** The limits of one attempt, in milliseconds. */
export interface ExchangeLimits {
  readonly connectMs: number
  /** The whole attempt, body included. */
  readonly requestMs: number
  /** For a download: the wait for the headers, and each silence after them. */
  readonly downloadMs: number
}

type Body = ReadableStream<Uint8Array<ArrayBuffer>>

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
  async run(request: Request, transport: Transport): Promise<Response> {
    try {
      this.#watch()
      const response = await this.#headers(request, transport)
      this.#phase = 'body'
      this.#rejectUnasked(request, response)
      if (this.#call.init.stream && response.ok && response.body)
        return this.#streamed(response, response.body)
      const content = response.body ? await this.#readAll(request, response, response.body) : new Uint8Array()
      this.#end()
      return new BufferedResponse(response, content, this.#call.facts)
    } catch (error) {
      this.#end()
      throw this.#explain(error)
    }
  }

  async #headers(request: Request, transport: Transport): Promise<Response> {
    this.#cancellation.throwIfCancelled()
    const controller = new AbortController()
    this.#cancellation.interrupt((reason) => controller.abort(reason))
    const answer = transport(request, { signal: controller.signal })
    try {
      return await this.#cancellation.wait(answer)
    } catch (error) {
      // A transport that does not obey the signal may still answer.
      answer.then((response) => response.body?.cancel(), noop).catch(noop)
      throw error
    }
  }

  /** Redirects are not followed (the bearer would go along), and an answer without content was not asked for. */
  #rejectUnasked(request: Request, response: Response): void {
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

  async #readAll(request: Request, response: Response, body: Body): Promise<Uint8Array> {
    const reader = body.getReader()
    const unlink = this.#cancellation.interrupt((reason) => void reader.cancel(reason).catch(noop))
    const chunks: Uint8Array[] = []
    try {
      for (;;) {
        const { done, value } = await reader.read()
        this.#cancellation.throwIfCancelled()
        if (done) break
        chunks.push(value)
        this.#take(value)
      }
    } finally {
      unlink()
    }
    if (request.method !== 'HEAD') this.#checkLength(response)
    return concat(chunks, this.#received)
  }

  #streamed(response: Response, body: Body): Response {
    const reader = body.getReader()
    this.#pause()
    this.#call.isStreaming = true
    const finish = (error?: unknown): void => {
      void reader.cancel(error).catch(noop)
      this.#end()
      this.#onStreamEnd()
      this.#call.end()
    }
    const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
      try {
        this.#watch()
        const { done, value } = await this.#cancellation.wait(reader.read())
        // The time that the consumer takes over a chunk is not the service's silence.
        this.#pause()
        if (!done) {
          this.#received += value.byteLength
          return controller.enqueue(value)
        }
        this.#checkLength(response)
        finish()
        controller.close()
      } catch (error) {
        const explained = this.#explain(error)
        finish(explained)
        controller.error(explained)
      }
    }
    return new Response(new ReadableStream({ pull, cancel: finish }, { highWaterMark: 0 }), response)
  }

  #take(chunk: Uint8Array): void {
    this.#received += chunk.byteLength
    if (this.#call.init.download) this.#timer?.refresh()
  }

  #checkLength({ headers }: Response): void {
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
    const facts = { ...this.#call.facts, cause: error }
    if (causeCode(error) === 'UND_ERR_CONNECT_TIMEOUT') {
      return new DreamStorageTimeoutError('connect', this.#limits.connectMs, facts)
    }
    return new DreamStorageNetworkError(`the connection failed (${causeCode(error) ?? error})`, facts)
  }
}

/** The code of the system or of the connection pool that fetch hides in the cause of its TypeError. */
function causeCode(error: unknown): unknown {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return inner instanceof Error && 'code' in inner ? inner.code : undefined
}

function concat(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const [first] = chunks
  if (chunks.length === 1 && first) return first
  const whole = new Uint8Array(size)
  let offset = 0
  for (const chunk of chunks) {
    whole.set(chunk, offset)
    offset += chunk.byteLength
  }
  return whole
}
