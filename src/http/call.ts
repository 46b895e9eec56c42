import { randomUUID } from 'node:crypto'
import { DreamStorageTimeoutError, type ErrorFacts } from '../errors.js'
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
  /** The call that this one is a part of: it gives the request id, the deadline, and its end. */
  readonly parent?: Call
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
    this.requestId = init.requestId ?? init.parent?.requestId ?? randomUUID()
    this.progress = init.progress ?? init.parent?.progress ?? { attempts: 0 }
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
    if (this.init.parent) return this.init.parent.remainingMs()
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
