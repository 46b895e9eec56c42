import { DreamStorageInputError } from './errors.js'
import { isTokenText } from './http/token-source.js'
import { silentLogger } from './logger.js'
import { type CallOptions, DEFAULTS, type DreamCentralStorageOptions } from './options.js'
import { integer, invalid, milliseconds, type Rule, type Rules, validate } from './validation.js'

const isText = (value: unknown): boolean => typeof value === 'string' && value !== ''
const text: Rule = { expected: 'a string that is not empty', accepts: isText }
const LOGGER_METHODS = ['debug', 'info', 'warn', 'error'] as const

const RULES: Rules & Record<keyof DreamCentralStorageOptions, Rule | Rules> = {
  baseUrl: text,
  email: text,
  password: { ...text, isSecret: true },
  token: {
    expected: 'a string of visible ASCII characters or a function',
    isSecret: true,
    accepts: (value) => typeof value === 'function' || isTokenText(value),
  },
  tokenLifetimeMs: milliseconds(),
  refreshMarginMs: milliseconds(0),
  timeouts: {
    connectMs: milliseconds(),
    requestMs: milliseconds(),
    downloadMs: milliseconds(),
    queueMs: milliseconds(),
  },
  maxConnections: integer(1),
  retry: {
    maxRetries: integer(0),
    baseDelayMs: milliseconds(0),
    maxDelayMs: milliseconds(0),
    jitter: { expected: 'true or false', accepts: (value) => typeof value === 'boolean' },
    maxRetryAfterMs: milliseconds(0),
  },
  circuitBreaker: { failureThreshold: integer(1), resetAfterMs: milliseconds() },
  cache: { booksTtlMs: milliseconds(), configTtlMs: milliseconds(), maxEntries: integer(1) },
  logger: {
    expected: 'a logger with debug, info, warn and error',
    accepts: (value) => LOGGER_METHODS.every((name) => typeof Object(value)[name] === 'function'),
  },
  fetch: { expected: 'a function', accepts: (value) => typeof value === 'function' },
}

/** What the options of a call must be. */
export const CALL_RULES: Rules & Record<keyof CallOptions, Rule> = {
  signal: { expected: 'an AbortSignal', accepts: (value) => value instanceof AbortSignal },
  timeoutMs: milliseconds(),
  cache: {
    expected: "'default', 'reload' or 'no-store'",
    accepts: (value) => ['default', 'reload', 'no-store'].some((mode) => mode === value),
  },
}

/** The options with every default filled in. */
export type ResolvedOptions = ReturnType<typeof resolveOptions>

/** Validates the options and fills in the defaults. Throws `…InputError` that names the option and the value. */
export function resolveOptions(options: DreamCentralStorageOptions) {
  if (typeof options !== 'object' || options === null) throw invalid('options', 'an object', options)
  const onOff = { circuitBreaker: unlessFalse(options.circuitBreaker), cache: unlessFalse(options.cache) }
  validate({ ...options, ...onOff }, RULES, 'options')
  const retry = merge(DEFAULTS.retry, options.retry)
  if (retry.maxDelayMs < retry.baseDelayMs) {
    throw invalid('retry.maxDelayMs', `at least retry.baseDelayMs (${retry.baseDelayMs})`, retry.maxDelayMs)
  }
  return {
    baseUrl: checkBaseUrl(options.baseUrl),
    credentials: checkCredentials(options),
    tokenLifetimeMs: options.tokenLifetimeMs ?? DEFAULTS.tokenLifetimeMs,
    refreshMarginMs: options.refreshMarginMs ?? DEFAULTS.refreshMarginMs,
    timeouts: merge(DEFAULTS.timeouts, options.timeouts),
    maxConnections: options.maxConnections ?? DEFAULTS.maxConnections,
    retry,
    circuitBreaker:
      options.circuitBreaker !== false && merge(DEFAULTS.circuitBreaker, options.circuitBreaker),
    cache: options.cache !== false && merge(DEFAULTS.cache, options.cache),
    logger: options.logger ?? silentLogger,
    fetch: options.fetch,
  } as const
}

/** Validates the options of a call. Throws `…InputError`. */
export function checkCallOptions(options: CallOptions): CallOptions {
  validate(options, CALL_RULES, 'callOptions')
  return options
}

/** The base URL in normal form, without a slash at its end. */
function checkBaseUrl(value: string | undefined): string {
  if (value === undefined) throw new DreamStorageInputError('baseUrl is missing')
  // What could be a secret (credentials, a query) is not repeated in a message.
  const harmless = value.replace(/^.*@/, '').replace(/[?#].*$/, '')
  if (!URL.canParse(value)) throw invalid('baseUrl', 'an absolute http(s) URL', harmless)
  const url = new URL(value)
  const shown = `${url.origin}${url.pathname}`
  if (!['http:', 'https:'].includes(url.protocol)) throw invalid('baseUrl', 'an http(s) URL', url.protocol)
  if (url.username || url.password)
    throw new DreamStorageInputError(`baseUrl (${shown}) must not hold credentials`)
  if (url.search || url.hash)
    throw new DreamStorageInputError(`baseUrl (${shown}) must have no query and no fragment`)
  return shown.replace(/\/+$/, '')
}

type Credentials = Pick<DreamCentralStorageOptions, 'email' | 'password' | 'token'>

function checkCredentials({ email, password, token }: Credentials) {
  if (token !== undefined) {
    const beside = email !== undefined ? 'email' : password !== undefined ? 'password' : undefined
    if (beside) throw new DreamStorageInputError(`token contradicts ${beside}: give one of the two`)
    return { token } as const
  }
  if (email !== undefined && password !== undefined) return { email, password } as const
  if (email === undefined && password === undefined) {
    throw new DreamStorageInputError('email and password, or token, are missing')
  }
  throw new DreamStorageInputError(`${email === undefined ? 'email' : 'password'} is missing`)
}

function unlessFalse<T>(value: T | false): T | undefined {
  return value === false ? undefined : value
}

/** Defaults, replaced by what is there and not undefined. */
function merge<T extends object>(
  defaults: T,
  given: { [K in keyof T]?: T[K] | undefined } = {},
): Readonly<T> {
  const said = Object.entries(given).filter(([, value]) => value !== undefined)
  return { ...defaults, ...Object.fromEntries(said) }
}
