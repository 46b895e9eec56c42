import { DreamStorageClosedError, DreamStorageError, DreamStorageResponseError } from '../errors.js'
import { errorFields, type Logger } from '../logger.js'
import { Call, type CallInit } from './call.js'

/** The calls of one client that are under way: opens, logs and ends them. */
export class Calls {
  readonly #logger: Logger
  readonly #open = new Set<Call>()
  // One listener a signal, however many calls share it: Node 20 warns of the eleventh.
  readonly #bySignal = new WeakMap<AbortSignal, Set<Call>>()
  #closed = false
  #count = 0

  constructor(logger: Logger) {
    this.#logger = logger
  }

  /** How many calls were made with `run`. */
  get count(): number {
    return this.#count
  }

  get closed(): boolean {
    return this.#closed
  }

  /** Starts a call. Throws `…ClosedError` after `close()`, and the signal's reason if it has aborted. Say `end()`. */
  open(init: CallInit): Call {
    const { method, route, signal, parent } = init
    if (this.#closed) throw new DreamStorageClosedError({ method, route })
    signal?.throwIfAborted()
    const unlink = parent?.cancellation.interrupt((reason) => call.cancellation.cancel(reason))
    const unfollow = (): void => {
      this.#open.delete(call)
      unlink?.()
      if (signal) this.#unfollow(signal, call)
    }
    const call = new Call(init, unfollow)
    this.#open.add(call)
    if (signal) this.#follow(signal, call)
    return call
  }

  /** Runs `work` as one call, logs how it failed if it did, and ends it; a streamed body ends it later. */
  async run<T>(init: CallInit, work: (call: Call) => Promise<T>): Promise<T> {
    const call = this.open(init)
    this.#count++
    try {
      const result = await work(call)
      if (!call.isStreaming) call.end()
      return result
    } catch (thrown) {
      // A middleware may have dropped an answer whose body still arrives.
      if (call.isStreaming) call.cancellation.cancel(thrown)
      call.end()
      const error = explain(thrown, call)
      this.logFailure(call, error)
      throw error
    }
  }

  /** Writes the line of a failed call; a caller's own abort is no error. */
  logFailure(call: Call, error: unknown): void {
    const facts = { ...call.facts, durationMs: Math.round(call.elapsedMs()) }
    if (error instanceof DreamStorageClosedError || !(error instanceof DreamStorageError)) {
      this.#logger.debug(facts, 'call ended by the caller')
      return
    }
    this.#logger.error({ ...facts, ...errorFields(error) }, 'call failed')
  }

  /** Ends every call with `…ClosedError`, and all that come. */
  close(): void {
    this.#closed = true
    for (const call of this.#open) call.cancellation.cancel(new DreamStorageClosedError(call.facts))
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
 * What a call rejects with, for what openapi-fetch threw. It loses a reason that is falsy; and for a body that is no JSON,
 * where a middleware has put an answer of its own in the place of ours, it throws a SyntaxError, which quotes the body.
 */
export function explain(error: unknown, { cancellation, facts }: Call): unknown {
  if (cancellation.isCancelled) return cancellation.reason
  if (!(error instanceof SyntaxError)) return error
  return new DreamStorageResponseError('the body of the answer is not JSON', facts)
}
