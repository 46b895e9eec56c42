import {
  DreamStorageClosedError,
  DreamStorageError,
  DreamStorageTimeoutError,
  type ErrorContext,
} from '../errors.js'
import { Cancellation, startTimer } from './cancellation.js'
import type { Endpoint } from './endpoint.js'
import type { CallFacts, CallKind, ClientEvents } from './events.js'

/** A number that several calls count up. */
export interface Counter {
  count: number
}

/** What starts a call. */
export interface CallInit {
  readonly endpoint: Endpoint
  /** @default 'request' */
  readonly kind?: CallKind
  readonly signal?: AbortSignal | undefined
  /** A deadline for the whole call, waits included. */
  readonly timeoutMs?: number | undefined
  /** Hand the body out as it arrives instead of reading it inside the attempt. */
  readonly stream?: boolean
  /** One attempt, which no circuit counts. */
  readonly background?: boolean
  /** The operation that this request is a part of: it gives the request id, the deadline, and its end. */
  readonly parent?: Call
  readonly requestId?: string
  readonly attemptCounter?: Counter
  /** Replaces what `timeoutMs` says about the time that is left. */
  readonly remainingMs?: () => number
}

/** Why a call failed; `reason` may be any value, as the reason of an AbortSignal may. */
export interface Failure {
  readonly reason: unknown
}

const SAFE_METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS']

/** One call: its name in logs and errors, its one lifetime, and the one cancellation that ends all its waits. */
export class Call {
  readonly init: CallInit
  readonly endpoint: Endpoint
  readonly facts: CallFacts
  readonly startedAt = performance.now()
  /** Requests sent; callers that share one request share it. */
  attemptCounter: Counter
  /** Retries since the last progress; the requests of one operation share it, so that they are not multiplied. */
  readonly retryCounter: Counter
  /** Cancelled when the caller aborts, the deadline passes or the client is closed; with the reason of that. */
  readonly cancellation = new Cancellation()
  readonly #onEnd: (call: Call) => void
  readonly #deadline: NodeJS.Timeout | undefined
  #retained = 0
  #failure: (Failure & { readonly isCancelled: boolean }) | undefined

  constructor(init: CallInit, onEnd: (call: Call) => void) {
    const { endpoint, parent, kind = 'request', background = false, timeoutMs } = init
    const { method, route } = endpoint
    const requestId = init.requestId ?? parent?.facts.requestId ?? crypto.randomUUID()
    this.init = init
    this.endpoint = endpoint
    this.facts = { kind, method, route, requestId, background, parent: parent?.facts }
    // An operation within an operation counts for itself.
    const shared = kind === 'request' ? parent : undefined
    this.attemptCounter = init.attemptCounter ?? shared?.attemptCounter ?? { count: 0 }
    this.retryCounter = shared?.retryCounter ?? { count: 0 }
    this.#onEnd = onEnd
    if (timeoutMs !== undefined) this.#deadline = startTimer(timeoutMs, () => this.#expire(timeoutMs))
  }

  /** Safe methods (RFC 9110 §9.2.1) and endpoints that say so may be sent again after a failure. */
  get isRepeatable(): boolean {
    return this.endpoint.isRepeatable === true || SAFE_METHODS.includes(this.endpoint.method)
  }

  /** What an error says about this call. */
  get context(): ErrorContext & { readonly attempts: number } {
    const { method, route, requestId } = this.facts
    return { method, route, requestId, attempts: this.attemptCounter.count }
  }

  /** Milliseconds until the deadline; infinite without one. */
  remainingMs(): number {
    if (this.init.remainingMs) return this.init.remainingMs()
    if (this.init.parent) return this.init.parent.remainingMs()
    return (this.init.timeoutMs ?? Number.POSITIVE_INFINITY) - this.elapsedMs()
  }

  elapsedMs(): number {
    return performance.now() - this.startedAt
  }

  /** The outcome of the promise, or the end of the call if that comes first. */
  wait<T>(promise: Promise<T>): Promise<T> {
    return this.cancellation.wait(promise)
  }

  /** Notes why the call failed; the first failure is the one that its end reports. */
  fail(reason: unknown): void {
    this.#failure ??= { reason, isCancelled: this.cancellation.isCancelled }
  }

  /** Keeps the call open until the returned function is called; calling it again does nothing. */
  retain(): () => void {
    this.#retained++
    let isHeld = true
    return () => {
      if (!isHeld) return
      isHeld = false
      this.#retained--
      if (this.#retained > 0) return
      clearTimeout(this.#deadline)
      this.#onEnd(this)
    }
  }

  /** The event of the end. */
  describeEnd(): ClientEvents['call.end'] {
    const { facts: call, attemptCounter } = this
    const base = { call, attempts: attemptCounter.count, durationMs: this.elapsedMs() }
    if (!this.#failure) return { ...base, outcome: 'success' }
    const { reason: error, isCancelled } = this.#failure
    const isOfFamily = error instanceof DreamStorageError && !(error instanceof DreamStorageClosedError)
    if (isOfFamily) return { ...base, outcome: 'error', error }
    return { ...base, outcome: isCancelled ? 'cancelled' : 'error' }
  }

  #expire(timeoutMs: number): void {
    this.cancellation.cancel(new DreamStorageTimeoutError('deadline', timeoutMs, this.context))
  }
}
