import { quote } from './quote.js'

/** What every error says about the call that failed. */
export interface ErrorContext {
  /** The HTTP method, such as `GET`. */
  readonly method?: string | undefined
  /** The route template of the contract, such as `/books/{book_id}`; never a filled-in URL. */
  readonly route?: string | undefined
  /** The id that was sent as `X-Request-ID` and is on every log line of the call. */
  readonly requestId?: string | undefined
  /** How many requests were sent; 0 when none was. */
  readonly attempts?: number | undefined
  /** The HTTP status of the response; undefined when there was none. */
  readonly status?: number | undefined
  /** The error below this one; never with bytes of a response. */
  readonly cause?: unknown
}

/**
 * The time limit that was exceeded: `queue` (`timeouts.queueMs`), `connect` (`timeouts.connectMs`), `send`
 * (`timeouts.requestMs`, of uploads `timeouts.downloadMs`: no more of the body of the request went out), `headers` or `body`
 * (`timeouts.requestMs`, from the end of sending on; for files `timeouts.downloadMs`; `headers` of uploads
 * `timeouts.uploadAnswerMs`), `consumer` (`timeouts.consumerMs`: a streamed body was not
 * read), `deadline` (`timeoutMs` of the call).
 */
export type TimeoutPhase = 'queue' | 'connect' | 'send' | 'headers' | 'body' | 'consumer' | 'deadline'

/** The base class of every error that this package throws. */
export abstract class DreamStorageError extends Error {
  /** The class as a code in the style of Node.js, such as `ERR_DREAM_STORAGE_NOT_FOUND`. */
  abstract readonly code: `ERR_DREAM_STORAGE_${string}`
  /** The HTTP method; undefined when the error belongs to no request. */
  readonly method: string | undefined
  /** The route template of the contract, such as `/books/{book_id}`; never a filled-in URL. */
  readonly route: string | undefined
  /** The id that was sent as `X-Request-ID` and is on every log line of the call. */
  readonly requestId: string | undefined
  /** How many requests were sent; 0 when none was. */
  readonly attempts: number
  /** The HTTP status of the response; undefined when there was none. */
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

/**
 * 401: the login was refused, or a renewed token, or the function of the option `token` failed.
 * @see RFC 9110 §15.5.2
 */
export class DreamStorageAuthError extends DreamStorageError {
  override readonly name = 'DreamStorageAuthError'
  readonly code = 'ERR_DREAM_STORAGE_AUTH'
}

/**
 * 403: the token is valid, but does not permit the request.
 * @see RFC 9110 §15.5.4
 */
export class DreamStorageForbiddenError extends DreamStorageError {
  override readonly name = 'DreamStorageForbiddenError'
  readonly code = 'ERR_DREAM_STORAGE_FORBIDDEN'
}

/**
 * 404: there is no such book, config.json or file. The service compares names with upper and lower case.
 * @see RFC 9110 §15.5.5
 */
export class DreamStorageNotFoundError extends DreamStorageError {
  override readonly name = 'DreamStorageNotFoundError'
  readonly code = 'ERR_DREAM_STORAGE_NOT_FOUND'
}

/**
 * 429: after all retries, or at once if the wait that it asks for is longer than `retry.maxRetryAfterMs` or the deadline.
 * @see RFC 6585 §4
 */
export class DreamStorageRateLimitError extends DreamStorageError {
  override readonly name = 'DreamStorageRateLimitError'
  readonly code = 'ERR_DREAM_STORAGE_RATE_LIMIT'
  /** What `Retry-After` asked for, in milliseconds from the response; undefined without a valid one. */
  readonly retryAfterMs: number | undefined

  constructor(message: string, context: ErrorContext & { retryAfterMs?: number | undefined } = {}) {
    super(message, context)
    this.retryAfterMs = context.retryAfterMs
  }
}

/**
 * 5xx: after all retries. A failure that the service repeats for ever, such as a broken config.json, is not retried.
 * @see RFC 9110 §15.6
 */
export class DreamStorageServerError extends DreamStorageError {
  override readonly name = 'DreamStorageServerError'
  readonly code = 'ERR_DREAM_STORAGE_SERVER'
}

/** Any other 4xx, for example 409 or 422. */
export class DreamStorageRequestError extends DreamStorageError {
  override readonly name = 'DreamStorageRequestError'
  readonly code = 'ERR_DREAM_STORAGE_REQUEST'
  /**
   * `detail` of the response: a string, a list of `{ type, loc, msg }` (422) or an object (409). Cleaned as messages are, each
   * text cut at 300 characters, all of it after 20 000 characters or 10 levels. `client.api` returns it as it was sent.
   */
  readonly detail: unknown

  constructor(message: string, context: ErrorContext & { detail?: unknown } = {}) {
    super(message, context)
    this.detail = context.detail
  }
}

/** The service could not be reached, its certificate was refused, the connection broke, or a body ended too early. */
export class DreamStorageNetworkError extends DreamStorageError {
  override readonly name = 'DreamStorageNetworkError'
  readonly code = 'ERR_DREAM_STORAGE_NETWORK'
}

/** A time limit was exceeded; `phase` says which. */
export class DreamStorageTimeoutError extends DreamStorageError {
  override readonly name = 'DreamStorageTimeoutError'
  readonly code = 'ERR_DREAM_STORAGE_TIMEOUT'
  /** The time limit that was exceeded. */
  readonly phase: TimeoutPhase

  /** `limitMs` is the time limit in milliseconds, and `detail` a reason, both for the message. */
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
  send: 'no more of the request was sent',
  headers: 'no response arrived',
  body: 'no more of the response arrived',
  consumer: 'the body was not read',
  deadline: 'the call did not end',
}

/**
 * A circuit breaker is open after repeated failures, so nothing was sent, or not again. `cause` is the last failure.
 */
export class DreamStorageCircuitOpenError extends DreamStorageError {
  override readonly name = 'DreamStorageCircuitOpenError'
  readonly code = 'ERR_DREAM_STORAGE_CIRCUIT_OPEN'
  /** Milliseconds until the circuit breaker lets a call through; 0 while one is being tried. */
  readonly retryAfterMs: number
  /** The URL that always failed, if only that is blocked; undefined when it is a whole group of routes. */
  readonly url: string | undefined

  constructor(retryAfterMs: number, context: ErrorContext = {}, url?: string) {
    super(`the circuit breaker is open${url === undefined ? '' : ` for ${url}`}`, context)
    this.retryAfterMs = retryAfterMs
    this.url = url
  }
}

/** A response that is not in the contract: a redirect, no content, HTML, invalid JSON, another shape, too many bytes. */
export class DreamStorageResponseError extends DreamStorageError {
  override readonly name = 'DreamStorageResponseError'
  readonly code = 'ERR_DREAM_STORAGE_RESPONSE'
}

/** An invalid argument or option, or a request that cannot be sent. Nothing was sent. */
export class DreamStorageInputError extends DreamStorageError {
  override readonly name = 'DreamStorageInputError'
  readonly code = 'ERR_DREAM_STORAGE_INPUT'
}

/**
 * Why a webhook was refused: its `signature` is missing or wrong, it is too old or from the future (`age`), its `body` is
 * incomplete or no event, or it is larger than the handler reads (`size`).
 */
export type WebhookRefusal = 'signature' | 'age' | 'body' | 'size'

/** A webhook was refused. No message has a secret or a part of the body. */
export class DreamStorageWebhookError extends DreamStorageError {
  override readonly name = 'DreamStorageWebhookError'
  readonly code = 'ERR_DREAM_STORAGE_WEBHOOK'
  /** Why it was refused. */
  readonly reason: WebhookRefusal

  constructor(reason: WebhookRefusal, message: string, context: ErrorContext = {}) {
    super(message, context)
    this.reason = reason
  }
}

/** A local file or directory could not be read or written; `cause` is the error of the system. */
export class DreamStorageFileError extends DreamStorageError {
  override readonly name = 'DreamStorageFileError'
  readonly code = 'ERR_DREAM_STORAGE_FILE'
  /** The file or directory. */
  readonly path: string

  constructor(message: string, path: string, context: ErrorContext = {}) {
    super(`${message}: ${quote(path)}`, context)
    this.path = path
  }
}

/** `close()` was called before or during the call. */
export class DreamStorageClosedError extends DreamStorageError {
  override readonly name = 'DreamStorageClosedError'
  readonly code = 'ERR_DREAM_STORAGE_CLOSED'

  constructor(context: ErrorContext = {}) {
    super('the client is closed', context)
  }
}
