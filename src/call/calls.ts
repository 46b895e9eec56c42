import { DreamStorageClosedError, DreamStorageResponseError } from '../errors.js'
import { Call, type CallInit } from './call.js'
import type { Events } from './events.js'
import type { Secrets } from './secrets.js'

/** The open calls of one client. */
export class Calls {
  readonly #events: Events
  readonly #secrets: Secrets
  readonly #open = new Set<Call>()
  // One listener for a signal, however many calls share it: Node 20 warns of the eleventh.
  readonly #bySignal = new WeakMap<AbortSignal, Set<Call>>()
  #closed = false

  constructor(events: Events, secrets: Secrets) {
    this.#events = events
    this.#secrets = secrets
  }

  /** Whether `close` has been called. */
  get closed(): boolean {
    return this.#closed
  }

  /**
   * Opens a call, runs `work` and ends the call; what outlives `work` retains it.
   * @returns what `work` resolves to
   * @throws {@link DreamStorageClosedError} after `close()`; the reason of an aborted signal; what `work` rejects with
   */
  async run<T>(init: CallInit, work: (call: Call) => Promise<T>): Promise<T> {
    const call = this.#start(init)
    const release = call.retain()
    try {
      return await work(call)
    } catch (thrown) {
      const error = toPublicError(thrown, call)
      call.fail(error)
      // A middleware may have dropped an answer whose body still arrives.
      call.cancellation.cancel(error)
      throw error
    } finally {
      release()
    }
  }

  /** Rejects every call, also later ones, with {@link DreamStorageClosedError}. */
  close(): void {
    this.#closed = true
    for (const call of this.#open) call.cancellation.cancel(new DreamStorageClosedError(call.context))
  }

  #start(init: CallInit): Call {
    const { endpoint, signal, parent } = init
    const { method, route } = endpoint
    if (this.#closed) throw new DreamStorageClosedError({ method, route })
    signal?.throwIfAborted()
    let unhook: (() => void) | undefined
    const call = new Call(init, this.#secrets, () => {
      this.#open.delete(call)
      unhook?.()
      if (signal) this.#unfollow(signal, call)
      this.#events.emit('call.end', call.describeEnd())
    })
    unhook = parent?.cancellation.hook((reason) => call.cancellation.cancel(reason))
    this.#open.add(call)
    if (signal) this.#follow(signal, call)
    this.#events.emit('call.start', { call: call.facts })
    return call
  }

  #follow(signal: AbortSignal, call: Call): void {
    let calls = this.#bySignal.get(signal)
    if (!calls) {
      calls = new Set()
      this.#bySignal.set(signal, calls)
      signal.addEventListener('abort', this.#onAbort, { once: true })
    }
    calls.add(call)
  }

  #unfollow(signal: AbortSignal, call: Call): void {
    const calls = this.#bySignal.get(signal)
    calls?.delete(call)
    if (calls?.size !== 0) return
    this.#bySignal.delete(signal)
    signal.removeEventListener('abort', this.#onAbort)
  }

  readonly #onAbort = (event: Event): void => {
    const signal = event.target as AbortSignal
    for (const call of this.#bySignal.get(signal) ?? []) call.cancellation.cancel(signal.reason)
  }
}

/**
 * What a call rejects with, for what openapi-fetch threw. openapi-fetch loses a reason that is falsy. For a body that is
 * not JSON, where a middleware has replaced our answer by one of its own, it throws a SyntaxError, which quotes the body.
 */
function toPublicError(error: unknown, { cancellation, context }: Call): unknown {
  if (cancellation.isCancelled) return cancellation.reason
  if (!(error instanceof SyntaxError)) return error
  return new DreamStorageResponseError('the body of the response is not JSON', context)
}
