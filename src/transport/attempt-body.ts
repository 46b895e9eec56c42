import type { Failure } from '../call/call.js'
import { type Cancellation, noop } from '../call/cancellation.js'
import type { ErrorContext } from '../errors.js'
import { checkLength } from './body-length.js'
import type { SilenceTimer } from './silence-timer.js'
import type { OpenBody } from './streamed-response.js'
import type { WireBody, WireResponse } from './transport.js'

/** What a body that is handed out as it arrives needs of its attempt. */
export interface AttemptBodyOptions {
  readonly cancellation: Cancellation
  readonly timer: SilenceTimer
  readonly context: () => ErrorContext
  /** The error of the family for whatever a read rejects with. */
  readonly explain: (error: unknown) => unknown
  /** Cancels the call. */
  readonly onAbandon: (reason: unknown) => void
  /** Called once, when the body has ended, with the failure that ended it if one did. */
  readonly onEnd: (failure?: Failure) => void
}

/** The body of an attempt as it arrives. The time that the consumer takes over a chunk is not the service's silence. */
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
    options.timer.stop()
    options.cancellation.hook((reason) => {
      if (this.#isOver) return
      this.#finish({ reason })
      this.onAbort(reason)
    })
  }

  async read(): Promise<{ done: boolean; value?: Uint8Array }> {
    const { timer, cancellation, context, explain } = this.#options
    if (this.#isOver) {
      cancellation.throwIfCancelled()
      return { done: true }
    }
    timer.start()
    try {
      const chunk = await this.#body?.read()
      cancellation.throwIfCancelled()
      if (chunk) return { done: false, value: this.#take(chunk) }
      checkLength(this.#response, this.#received, context())
      this.#finish()
      return { done: true }
    } catch (error) {
      const reason = explain(error)
      this.#finish({ reason })
      throw reason
    } finally {
      timer.stop()
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
    // A consumer may transfer the memory of a chunk: no other chunk may lie in it.
    return chunk.byteLength === chunk.buffer.byteLength ? chunk : chunk.slice()
  }

  #finish(failure?: Failure): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#body?.cancel(failure?.reason)
    this.#options.onEnd(failure)
  }
}
