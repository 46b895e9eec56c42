/** What every error of the family knows of the call that failed. */
export interface ErrorContext {
  readonly method?: string | undefined
  /** The route template of the contract, such as `/books/{book_id}`; never a filled-in URL. */
  readonly route?: string | undefined
  readonly requestId?: string | undefined
  /** How often the request was sent. */
  readonly attempts?: number | undefined
  readonly status?: number | undefined
  readonly cause?: unknown
}

/** The part of a call in which time ran out. */
export type TimeoutPhase = 'queue' | 'connect' | 'headers' | 'body' | 'consumer' | 'deadline'

/** The base of every error that this package throws. */
export abstract class DreamStorageError extends Error {
  /** The class in Node's manner, such as `ERR_DREAM_STORAGE_NOT_FOUND`. */
  abstract readonly code: `ERR_DREAM_STORAGE_${string}`
  readonly method: string | undefined
  readonly route: string | undefined
  readonly requestId: string | undefined
  readonly attempts: number
  readonly status: number | undefined

  constructor(message: string, context: ErrorContext = {}) {
    const where = context.route === undefined ? '' : `${context.method} ${context.route}: `
    super(where + message, context.cause === undefined ? undefined : { cause: context.cause })
    this.method = context.method
    this.route = context.route
    this.requestId = context.requestId
    this.attempts = context.attempts ?? 0
    this.status = context.status
  }
}

/** 401: the login was refused, or the token was refused again after it had been renewed. */
export class DreamStorageAuthError extends DreamStorageError {
  override readonly name = 'DreamStorageAuthError'
  readonly code = 'ERR_DREAM_STORAGE_AUTH'
}

/** 403: the token is good, the permission is missing. */
export class DreamStorageForbiddenError extends DreamStorageError {
  override readonly name = 'DreamStorageForbiddenError'
  readonly code = 'ERR_DREAM_STORAGE_FORBIDDEN'
}

/** 404. */
export class DreamStorageNotFoundError extends DreamStorageError {
  override readonly name = 'DreamStorageNotFoundError'
  readonly code = 'ERR_DREAM_STORAGE_NOT_FOUND'
}

/** 429, after the retries or at once when the wait that it asks for is too long. */
export class DreamStorageRateLimitError extends DreamStorageError {
  override readonly name = 'DreamStorageRateLimitError'
  readonly code = 'ERR_DREAM_STORAGE_RATE_LIMIT'
  /** What `Retry-After` asked for, in milliseconds from the answer; absent when it said nothing usable. */
  readonly retryAfterMs: number | undefined

  constructor(message: string, context: ErrorContext & { retryAfterMs?: number | undefined } = {}) {
    super(message, context)
    this.retryAfterMs = context.retryAfterMs
  }
}

/** 5xx, after the retries. */
export class DreamStorageServerError extends DreamStorageError {
  override readonly name = 'DreamStorageServerError'
  readonly code = 'ERR_DREAM_STORAGE_SERVER'
}

/** Any other 4xx. */
export class DreamStorageRequestError extends DreamStorageError {
  override readonly name = 'DreamStorageRequestError'
  readonly code = 'ERR_DREAM_STORAGE_REQUEST'
  /** The answer's `detail`: a string, a list of `{ type, loc, msg }` (422) or an object (409). */
  readonly detail: unknown

  constructor(message: string, context: ErrorContext & { detail?: unknown } = {}) {
    super(message, context)
    this.detail = context.detail
  }
}

/** The service could not be reached, the connection broke, or a body ended short. */
export class DreamStorageNetworkError extends DreamStorageError {
  override readonly name = 'DreamStorageNetworkError'
  readonly code = 'ERR_DREAM_STORAGE_NETWORK'
}

/** A time limit ran out; `phase` says which. */
export class DreamStorageTimeoutError extends DreamStorageError {
  override readonly name = 'DreamStorageTimeoutError'
  readonly code = 'ERR_DREAM_STORAGE_TIMEOUT'
  readonly phase: TimeoutPhase

  constructor(phase: TimeoutPhase, limitMs: number, context: ErrorContext = {}, detail?: string) {
    super(
      `${TIMEOUT_MESSAGES[phase]} within ${limitMs} ms${detail === undefined ? '' : `: ${detail}`}`,
      context,
    )
    this.phase = phase
  }
}

const TIMEOUT_MESSAGES: Record<TimeoutPhase, string> = {
  queue: 'no connection became free',
  connect: 'no connection was made',
  headers: 'no answer came',
  body: 'the body of the answer did not go on',
  consumer: 'nobody read the body',
  deadline: 'the call did not end',
}

/** The circuit breaker is open: the service failed lately, and nothing was sent. `cause` is the last failure. */
export class DreamStorageCircuitOpenError extends DreamStorageError {
  override readonly name = 'DreamStorageCircuitOpenError'
  readonly code = 'ERR_DREAM_STORAGE_CIRCUIT_OPEN'
  /** Milliseconds until a call is let through again; 0 while another call is trying. */
  readonly retryAfterMs: number

  constructor(retryAfterMs: number, context: ErrorContext = {}) {
    super('the circuit breaker is open', context)
    this.retryAfterMs = retryAfterMs
  }
}

/** An answer that the contract does not know: a redirect, no content, HTML, broken JSON, another shape. */
export class DreamStorageResponseError extends DreamStorageError {
  override readonly name = 'DreamStorageResponseError'
  readonly code = 'ERR_DREAM_STORAGE_RESPONSE'
}

/** A bad argument or option; nothing was sent. */
export class DreamStorageInputError extends DreamStorageError {
  override readonly name = 'DreamStorageInputError'
  readonly code = 'ERR_DREAM_STORAGE_INPUT'
}

/** A file or folder on this machine could not be read or written; `cause` is the error of the system. */
export class DreamStorageFileError extends DreamStorageError {
  override readonly name = 'DreamStorageFileError'
  readonly code = 'ERR_DREAM_STORAGE_FILE'
  readonly path: string

  constructor(message: string, path: string, context: ErrorContext = {}) {
    super(`${message}: ${path}`, context)
    this.path = path
  }
}

/** The client was closed before or during the call. */
export class DreamStorageClosedError extends DreamStorageError {
  override readonly name = 'DreamStorageClosedError'
  readonly code = 'ERR_DREAM_STORAGE_CLOSED'

  constructor(context: ErrorContext = {}) {
    super('the client is closed', context)
  }
}
