import type { Failure } from '../call/call.js'
import { type Cancellation, noop } from '../call/cancellation.js'
import type { ErrorContext } from '../errors.js'
import { owned } from './body-buffer.js'
import { checkLength } from './body-length.js'
import type { SilenceTimer } from './silence-timer.js'
import type { OpenBody } from './streamed-response.js'
import type { WireBody, WireResponse } from './transport.js'

/** What a streamed body needs from its attempt. */
export interface AttemptBodyOptions {
  readonly cancellation: Cancellation
  readonly timer: SilenceTimer
  /** Milliseconds for each silence of the service. */
  readonly downloadMs: number
  /** Milliseconds that the body waits to be read. */
  readonly consumerMs: number
  readonly context: () => ErrorContext
  /** Converts what a read rejects with into the error for the caller. */
  readonly toPublicError: (error: unknown) => unknown
  /** Cancels the call. */
  readonly onAbandon: (reason: unknown) => void
  /** Called once, when the body has ended; with a failure if one ended it. */
  readonly onEnd: (failure?: Failure) => void
}

/** The streamed body of an attempt. The time limit for silence runs only while a read waits, not while a chunk is used. */
export class AttemptBody implements OpenBody {
  onAbort: (reason: unknown) => void = noop
  readonly #response: WireResponse
  readonly #body: WireBody | undefined
  readonly #options: AttemptBodyOptions
  #received = 0
  #isOver = false

  constructor(response: WireResponse, options: AttemptBodyOptions) {
    this.#response = response
    this.#body = response.body
    this.#options = options
    options.timer.start('consumer', options.consumerMs)
    options.cancellation.hook((reason) => {
      if (this.#isOver) return
      this.#finish({ reason })
      this.onAbort(reason)
    })
  }

  async read(): Promise<{ done: boolean; value?: Uint8Array }> {
    const { timer, cancellation, context, toPublicError, downloadMs, consumerMs } = this.#options
    if (this.#isOver) {
      cancellation.throwIfCancelled()
      return { done: true }
    }
    timer.start('body', downloadMs)
    try {
      const chunk = await this.#body?.read()
      cancellation.throwIfCancelled()
      if (chunk) return { done: false, value: this.#take(chunk) }
      checkLength(this.#response, this.#received, context())
      this.#finish()
      return { done: true }
    } catch (error) {
      const reason = toPublicError(error)
      this.#finish({ reason })
      throw reason
    } finally {
      if (!this.#isOver) timer.start('consumer', consumerMs)
    }
  }

  abandon(reason: unknown): void {
    this.#options.onAbandon(reason)
  }

  async cancel(): Promise<void> {
    this.#finish()
  }

  #take(chunk: Uint8Array): Uint8Array {
    this.#received += chunk.byteLength
    return owned(chunk)
  }

  #finish(failure?: Failure): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#body?.cancel(failure?.reason)
    this.#options.onEnd(failure)
  }
}
