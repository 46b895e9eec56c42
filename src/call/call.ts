import {
  DreamStorageClosedError,
  DreamStorageError,
  DreamStorageTimeoutError,
  type ErrorContext,
} from '../errors.js'
import { Cancellation } from './cancellation.js'
import type { Endpoint } from './endpoint.js'
import type { CallFacts, CallKind, ClientEvents, OfCall } from './events.js'
import type { Secrets } from './secrets.js'
import { TimeLimit } from './time-limit.js'

/** A number that several calls can count together. */
export interface Counter {
  count: number
}

/** What is known of the requests that were sent for a call; the callers of one request share it. */
export interface Attempts extends Counter {
  /** The last failure, unless something has succeeded since. */
  failure?: unknown
  /** The login that the call waits for, or waited for. */
  login?: Attempts
}

/** What an error says about its call, and the secrets that its message must not hold. */
export interface CallContext extends ErrorContext {
  readonly attempts: number
  readonly secrets: Secrets
}

/** The arguments of a new call. */
export interface CallInit {
  readonly endpoint: Endpoint
  /** What the call is. @default 'request' */
  readonly kind?: CallKind
  /** Ends the call with its reason. */
  readonly signal?: AbortSignal | undefined
  /** A deadline in milliseconds for the whole call, waits included. */
  readonly timeoutMs?: number | undefined
  /** Hand out the body as it arrives, instead of reading it inside the attempt. @default false */
  readonly stream?: boolean
  /** One attempt, which no circuit counts. @default false */
  readonly background?: boolean
  /** The operation that this call is a part of: its request id and deadline hold here, and its end ends this call. */
  readonly parent?: Call
  /** @default that of `parent`, or a new UUID */
  readonly requestId?: string
  /** @default that of `parent` for a request, or a new one */
  readonly attemptCounter?: Attempts
  /** Told how many bytes of the body of the request have been sent in the attempt, and whether that is all of them. */
  readonly onSent?: (bytes: number, isAll: boolean) => void
  /** Milliseconds that are left; replaces the deadline of `timeoutMs` and `parent`. */
  readonly remainingMs?: () => number
}

/** Why a call failed; `reason` may be any value, as the reason of an AbortSignal may. */
export interface Failure {
  readonly reason: unknown
}

// Enough to decode a response that has arrived.
const DEADLINE_GRACE_MS = 50
const SAFE_METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS']

/** One call: its facts for events and errors, its one lifetime, and the one cancellation that ends all its waits. */
export class Call {
  readonly init: CallInit
  readonly endpoint: Endpoint
  readonly facts: CallFacts
  /** The secrets of the client. */
  readonly secrets: Secrets
  /** Milliseconds on the monotonic clock. */
  readonly startedAt = performance.now()
  /** Requests sent; callers that share one request share it. */
  attemptCounter: Attempts
  /** Retries since the last progress; the requests of one operation share it, so that retries do not multiply. */
  readonly retryCounter: Counter
  /** Cancelled when the caller aborts, the deadline passes or the client is closed; with the reason of that. */
  readonly cancellation = new Cancellation()
  readonly #onEnd: (call: Call) => void
  readonly #deadline: TimeLimit | undefined
  #retained = 0
  #failure: (Failure & { readonly isCancelled: boolean }) | undefined

  constructor(init: CallInit, secrets: Secrets, onEnd: (call: Call) => void) {
    const { endpoint, parent, kind = 'request', background = false, timeoutMs } = init
    const { method, route } = endpoint
    const requestId = init.requestId ?? parent?.facts.requestId ?? crypto.randomUUID()
    this.init = init
    this.endpoint = endpoint
    this.secrets = secrets
    this.facts = { kind, method, route, requestId, background, parent: parent?.facts }
    // An operation within an operation counts for itself.
    const shared = kind === 'request' ? parent : undefined
    this.attemptCounter = init.attemptCounter ?? shared?.attemptCounter ?? { count: 0 }
    this.retryCounter = shared?.retryCounter ?? { count: 0 }
    this.#onEnd = onEnd
    if (timeoutMs !== undefined) {
      this.#deadline = new TimeLimit(timeoutMs, () => this.#expire(timeoutMs), DEADLINE_GRACE_MS)
    }
  }

  /**
   * Whether a request may be sent again after a failure: for safe methods, and for endpoints that say so.
   * @see RFC 9110 §9.2.1
   */
  get isRepeatable(): boolean {
    return this.endpoint.isRepeatable === true || SAFE_METHODS.includes(this.endpoint.method)
  }

  /** @returns what an error says about this call, as of now */
  get context(): CallContext {
    const { method, route, requestId } = this.facts
    return { method, route, requestId, attempts: this.attemptCounter.count, secrets: this.secrets }
  }

  /** What events say about this call, as of now. */
  get described(): OfCall {
    return { call: this.facts, attempts: this.attemptCounter.count }
  }

  /** @returns milliseconds until the deadline; Infinity without one */
  remainingMs(): number {
    if (this.init.remainingMs) return this.init.remainingMs()
    if (this.init.parent) return this.init.parent.remainingMs()
    return (this.init.timeoutMs ?? Number.POSITIVE_INFINITY) - this.elapsedMs()
  }

  /** @returns milliseconds since the call started */
  elapsedMs(): number {
    return performance.now() - this.startedAt
  }

  /** @returns what the promise resolves to; rejects with the reason of the cancellation if that comes first */
  wait<T>(promise: Promise<T>): Promise<T> {
    return this.cancellation.wait(promise)
  }

  /** Notes the outcome of an attempt, for the cause of a deadline: a failure, or undefined for a success. */
  note(failure: unknown): void {
    this.attemptCounter.failure = failure
    this.init.parent?.note(failure)
  }

  /** Records why the call failed; `call.end` reports the first failure. */
  fail(reason: unknown): void {
    this.#failure ??= { reason, isCancelled: this.cancellation.isCancelled }
  }

  /** Keeps the call open. @returns the function that ends this; it may be called more than once */
  retain(): () => void {
    this.#retained++
    let isHeld = true
    return () => {
      if (!isHeld) return
      isHeld = false
      this.#retained--
      if (this.#retained > 0) return
      this.#deadline?.stop()
      this.#onEnd(this)
    }
  }

  /** @returns the event `call.end`, as of now */
  describeEnd(): ClientEvents['call.end'] {
    const base = { ...this.described, durationMs: this.elapsedMs() }
    if (!this.#failure) return { ...base, outcome: 'success' }
    const { reason: error, isCancelled } = this.#failure
    const isOfFamily = error instanceof DreamStorageError && !(error instanceof DreamStorageClosedError)
    if (isOfFamily) return { ...base, outcome: 'error', error }
    return { ...base, outcome: isCancelled ? 'cancelled' : 'error' }
  }

  #expire(timeoutMs: number): void {
    const { failure, login } = this.attemptCounter
    const context = { ...this.context, cause: failure ?? login?.failure }
    this.cancellation.cancel(new DreamStorageTimeoutError('deadline', timeoutMs, context))
  }
}
