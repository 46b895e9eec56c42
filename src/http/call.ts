import { randomUUID } from 'node:crypto'
import {
  DreamStorageClosedError,
  DreamStorageError,
  DreamStorageTimeoutError,
  type ErrorFacts,
} from '../errors.js'
import { errorFields, type Logger } from '../logger.js'
import { Cancellation, noop, startTimer } from './wait.js'

/** How often something was sent; callers that share one request share one such record. */
export interface Progress {
  attempts: number
}

/** What a call is, as whoever starts it says. */
export interface CallInit {
  readonly method: string
  /** The route template, for logs, errors and the choice of the circuit. */
  readonly route: string
  readonly signal?: AbortSignal | undefined
  /** A deadline for the whole call, waits included. */
  readonly timeoutMs?: number | undefined
  /** The answer is a file: its time limit is for silence, not for the whole. */
  readonly download?: boolean
  /** Hand the body out as it arrives instead of reading it inside the attempt. */
  readonly stream?: boolean
  /** An unsafe method that may all the same be repeated. */
  readonly repeatable?: boolean
  /** Nobody waits for it: one attempt, and no circuit counts it. */
  readonly background?: boolean
  /** The answer may echo a secret: errors tell nothing of its body. */
  readonly sensitive?: boolean
  readonly requestId?: string
  readonly progress?: Progress
  /** Replaces what `timeoutMs` says of the time that is left. */
  readonly remainingMs?: () => number
}

/** One call from its start to its end: its name in logs and errors, and the one cancellation that ends all its waits. */
export class Call {
  readonly init: CallInit
  readonly requestId: string
  readonly startedAt = performance.now()
  progress: Progress
  retries = 0
  /** Set while a body is handed out as it arrives: the end of the body is then the end of the call. */
  isStreaming = false
  /** Happens when the caller aborts, the deadline passes or the client is closed; with the reason of that. */
  readonly cancellation = new Cancellation()
  #cleanUp: () => void

  constructor(init: CallInit, cleanUp: () => void) {
    this.init = init
    this.requestId = init.requestId ?? randomUUID()
    this.progress = init.progress ?? { attempts: 0 }
    const { timeoutMs } = init
    const deadline =
      timeoutMs === undefined ? undefined : startTimer(timeoutMs, () => this.#expire(timeoutMs))
    this.#cleanUp = () => {
      clearTimeout(deadline)
      cleanUp()
    }
  }

  /** Safe methods (RFC 9110 §9.2.1), and those that were declared so, may be sent again after a failure. */
  get repeatable(): boolean {
    return this.init.repeatable === true || ['GET', 'HEAD', 'OPTIONS'].includes(this.init.method)
  }

  /** What errors and log lines say of this call. */
  get facts(): ErrorFacts & { attempts: number; requestId: string } {
    const { method, route } = this.init
    return { method, route, requestId: this.requestId, attempts: this.progress.attempts }
  }

  /** Milliseconds until the deadline; infinite without one. */
  remainingMs(): number {
    if (this.init.remainingMs) return this.init.remainingMs()
    return (this.init.timeoutMs ?? Number.POSITIVE_INFINITY) - this.elapsedMs()
  }

  elapsedMs(): number {
    return performance.now() - this.startedAt
  }

  /** The promise's outcome, or the end of the call if that comes first. */
  wait<T>(promise: Promise<T>): Promise<T> {
    return this.cancellation.wait(promise)
  }

  /** Forgets the caller's signal and the deadline; may be said more than once. */
  end(): void {
    this.#cleanUp()
    this.#cleanUp = noop
  }

  #expire(timeoutMs: number): void {
    this.cancellation.cancel(new DreamStorageTimeoutError('deadline', timeoutMs, this.facts))
  }
}

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
    const { method, route, signal } = init
    if (this.#closed) throw new DreamStorageClosedError({ method, route })
    signal?.throwIfAborted()
    const unfollow = (): void => {
      this.#open.delete(call)
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
    } catch (error) {
      call.end()
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
