import type { Call } from '../call/call.js'
import { Cancellation, noop } from '../call/cancellation.js'
import { DreamStorageError, DreamStorageResponseError, DreamStorageTimeoutError } from '../errors.js'
import { AttemptBody } from './attempt-body.js'
import { type AttemptLimits, sendLimits } from './attempt-limits.js'
import { isLength } from './body-length.js'
import { BufferedResponse } from './buffered-response.js'
import { codingOf } from './content-coding.js'
import type { OutgoingRequest } from './outgoing-request.js'
import { readBody } from './read-body.js'
import { SilenceTimer } from './silence-timer.js'
import { StreamedResponse } from './streamed-response.js'
import { isOk, type Outcome, type Transport, type WireResponse } from './transport.js'
import { describeFault } from './transport-error.js'

/** One attempt on the wire, from the request to the last byte of the body. */
export class Attempt {
  readonly #call: Call
  readonly #limits: AttemptLimits
  readonly #onBodyEnd: () => void
  readonly #cancellation = new Cancellation()
  readonly #timer: SilenceTimer
  readonly #unhook: () => void
  #isSending = false

  /** `onBodyEnd` is called when a streamed body has ended. */
  constructor(call: Call, limits: AttemptLimits, onBodyEnd: () => void) {
    this.#call = call
    this.#limits = limits
    this.#onBodyEnd = onBodyEnd
    this.#unhook = call.cancellation.hook((reason) => this.#cancellation.cancel(reason))
    this.#timer = new SilenceTimer((phase, limitMs) => {
      const error = new DreamStorageTimeoutError(phase, limitMs, call.context)
      // Who does not read does not read what would be asked for again either.
      if (phase === 'consumer') (call.init.parent ?? call).cancellation.cancel(error)
      else this.#cancellation.cancel(error)
    })
  }

  /** Sends a request and reads its response; a streamed body is read later. @returns the outcome; never rejects */
  async run(request: OutgoingRequest, transport: Transport): Promise<Outcome> {
    try {
      const response = await this.#receive(request, transport)
      return { health: 'success', response }
    } catch (error) {
      this.#end()
      return this.#describe(error)
    }
  }

  async #receive(request: OutgoingRequest, transport: Transport): Promise<Response> {
    const { endpoint, init } = this.#call
    const { requestMs } = this.#limits
    const isFile = endpoint.answer === 'file'
    const response = await this.#send(request, transport)
    this.#timer.enter('body')
    this.#refuseUnasked(request, response)
    const isWhole = response.body === undefined || response.header('content-length') === '0'
    if (init.stream && isOk(response.status) && !isWhole) return this.#handOut(response)
    if (isFile && !isOk(response.status)) this.#timer.start('body', requestMs)
    const content = await this.#read(response)
    this.#end()
    // Nobody reads the rest of an upload that has its answer already.
    if (this.#isSending)
      this.#cancellation.cancel(new Error('the response came before the end of the request'))
    return new BufferedResponse(response, content, this.#call.context)
  }

  async #send(request: OutgoingRequest, transport: Transport): Promise<WireResponse> {
    const { connectMs } = this.#limits
    const { isRepeatable, init } = this.#call
    const { sendMs, headersMs } = sendLimits(this.#call.endpoint, this.#limits)
    const cancellation = this.#cancellation
    let isWaiting = true
    let sent = 0
    const onSend = (isAll: boolean, bytes: number): void => {
      this.#isSending = !isAll
      if (!isWaiting) return
      sent += bytes
      this.#timer.start(isAll ? 'headers' : 'send', isAll ? headersMs : sendMs)
      init.onSent?.(sent, isAll)
    }
    cancellation.throwIfCancelled()
    this.#timer.start('headers', headersMs)
    const answer = transport(request, { cancellation, connectMs, isRepeatable, onSend })
    try {
      const response = await cancellation.wait(answer)
      // An early response: a silence while the request was sent is none of the response.
      if (this.#isSending) this.#timer.start('body', Math.min(headersMs, this.#limits.requestMs))
      return response
    } catch (error) {
      // A transport that ignores the signal may still resolve.
      answer.then((response) => response.body?.cancel(), noop).catch(noop)
      throw error
    } finally {
      isWaiting = false
    }
  }

  #read(response: WireResponse): Promise<Uint8Array> {
    const { endpoint, context } = this.#call
    const isFile = endpoint.answer === 'file' && isOk(response.status)
    return readBody(response, {
      maxBytes: isFile ? Number.POSITIVE_INFINITY : this.#limits.maxJsonBytes,
      cancellation: this.#cancellation,
      context,
      onChunk: isFile ? () => this.#timer.refresh() : noop,
    })
  }

  /** The response with a streamed body. The end of the body, also by `cancel`, frees the connection at once. */
  #handOut(response: WireResponse): Response {
    const release = this.#call.retain()
    const body = new AttemptBody(response, {
      cancellation: this.#cancellation,
      timer: this.#timer,
      ...this.#limits,
      context: () => this.#call.context,
      toPublicError: (error) => this.#describe(error).error,
      onAbandon: (reason) => this.#call.cancellation.cancel(reason),
      onEnd: (failure) => {
        this.#end()
        this.#onBodyEnd()
        if (failure) {
          this.#call.note(failure.reason)
          this.#call.fail(failure.reason)
        }
        release()
      },
    })
    return new StreamedResponse(response, body)
  }

  /** Refuses redirects, which would carry the bearer along, and empty or coded responses that were not asked for. */
  #refuseUnasked(request: OutgoingRequest, response: WireResponse): void {
    const message = unaskedAnswer(request, response, this.#call)
    if (message === undefined) return
    response.body?.cancel()
    throw new DreamStorageResponseError(message, { ...this.#call.context, status: response.status })
  }

  #end(): void {
    this.#timer.stop()
    this.#unhook()
  }

  /** The outcome for whatever ended the attempt. The reason of the caller's abort is not changed. */
  #describe(error: unknown): Outcome {
    const cause = this.#cancellation.isCancelled ? this.#cancellation.reason : error
    if (cause instanceof DreamStorageTimeoutError && cause.phase !== 'deadline')
      return { health: 'failure', error: cause }
    // The service works: it has sent a response.
    if (cause instanceof DreamStorageResponseError) return { health: 'success', error: cause }
    if (this.#cancellation.isCancelled) return { health: 'ignored', error: cause }
    if (cause instanceof DreamStorageError) return { health: 'failure', error: cause }
    return describeFault(cause, this.#limits.connectMs, this.#call.context)
  }
}

function unaskedAnswer(
  request: OutgoingRequest,
  response: WireResponse,
  { endpoint, secrets }: Call,
): string | undefined {
  const { status } = response
  if (status >= 300 && status < 400 && status !== 304) {
    // Its query can be a signature that opens the file to everybody.
    const [target] = (response.header('location') ?? 'nowhere').split(/[?#]/, 1)
    return `${status}: a redirect to ${secrets.quote(target)}, which is not followed`
  }
  const isConditional = request.headers.has('if-none-match') || request.headers.has('if-modified-since')
  const isEmpty = status === 304 ? !isConditional : status === 204 || status === 205
  if (isEmpty && (status === 304 || request.method === 'GET')) return `${status}: a response without content`
  if (status === 206 && !request.headers.has('range')) return `${status}: a part, and all of it was asked for`
  if (isOk(status) && !isLength(response.header('content-length') ?? '0')) {
    return `${status}: a content-length that is no number of bytes`
  }
  const isCoded = !response.isDecoded && codingOf(response.header('content-encoding')) !== undefined
  return endpoint.answer === 'file' && isCoded && isOk(status)
    ? `${status}: the file is compressed, which was not asked for`
    : undefined
}
