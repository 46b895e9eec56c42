import type { Agent } from 'node:http'
import type { TokenProvider } from '../auth/token-source.js'
import { DreamStorageInputError } from '../errors.js'
import { fillGroup, OPTIONS } from './option-table.js'
import type { CircuitBreakerOptions, DreamCentralStorageOptions } from './options.js'
import { invalid, show, validate } from './validation.js'

/** The options with all defaults. */
export type ResolvedOptions = ReturnType<typeof resolveOptions>

/**
 * Validates the options.
 * @returns them with all defaults
 * @throws {@link DreamStorageInputError} that names an invalid option and its value, unless that may be a secret
 */
export function resolveOptions(options: DreamCentralStorageOptions) {
  if (typeof options !== 'object' || options === null) throw invalid('options', 'an object', options, true)
  const onOff = {
    retry: unlessFalse(options.retry),
    circuitBreaker: unlessFalse(options.circuitBreaker),
    cache: unlessFalse(options.cache),
  }
  validate({ ...options, ...onOff }, OPTIONS, 'options', true)
  const baseUrl = checkBaseUrl(options.baseUrl)
  checkAgent(options.agent, options, baseUrl)
  return {
    baseUrl,
    credentials: checkCredentials(options),
    tokenLifetimeMs: options.tokenLifetimeMs ?? OPTIONS.tokenLifetimeMs.default,
    refreshMarginMs: options.refreshMarginMs ?? OPTIONS.refreshMarginMs.default,
    timeouts: fillGroup(OPTIONS.timeouts, { ...options.timeouts }),
    ...resolveConnections(options),
    retry: resolveRetry(options.retry),
    circuitBreaker: options.circuitBreaker !== false && resolveCircuitBreaker(options.circuitBreaker),
    cache: options.cache !== false && fillGroup(OPTIONS.cache, { ...options.cache }),
    maxJsonBytes: options.maxJsonBytes ?? OPTIONS.maxJsonBytes.default,
    compression: options.compression ?? OPTIONS.compression.default,
    headers: lowerCase(options.headers),
    agent: options.agent as Agent | undefined,
    observers: options.observers ?? [],
    logger: options.logger,
    fetch: options.fetch,
  } as const
}

function resolveConnections({
  maxConnections = OPTIONS.maxConnections.default,
  ...given
}: ConnectionOptions) {
  // Files must not take the last connections from the rest.
  const { maxFileConnections = Math.max(1, maxConnections - 2) } = given
  if (maxFileConnections > maxConnections) {
    throw invalid('maxFileConnections', `at most maxConnections (${maxConnections})`, maxFileConnections)
  }
  return { maxConnections, maxFileConnections }
}

function resolveRetry(given: DreamCentralStorageOptions['retry']) {
  const retry = fillGroup(OPTIONS.retry, given === false ? { maxRetries: 0 } : { ...given })
  if (retry.maxDelayMs < retry.baseDelayMs) {
    throw invalid('retry.maxDelayMs', `at least retry.baseDelayMs (${retry.baseDelayMs})`, retry.maxDelayMs)
  }
  return retry
}

function resolveCircuitBreaker(given: CircuitBreakerOptions = {}) {
  const circuitBreaker = fillGroup(OPTIONS.circuitBreaker, { ...given })
  const { resetAfterMs, maxResetAfterMs } = circuitBreaker
  if (maxResetAfterMs >= resetAfterMs) return circuitBreaker
  if (given.maxResetAfterMs === undefined) return { ...circuitBreaker, maxResetAfterMs: resetAfterMs }
  throw invalid(
    'circuitBreaker.maxResetAfterMs',
    `at least circuitBreaker.resetAfterMs (${resetAfterMs})`,
    maxResetAfterMs,
  )
}

/** The normalized base URL, without a slash at its end. Messages repeat nothing of it: any part can be a password. */
function checkBaseUrl(value: string | undefined): string {
  if (value === undefined) throw new DreamStorageInputError('baseUrl is missing')
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new DreamStorageInputError(
      'baseUrl must be an absolute http(s) URL, such as https://books.example.org',
    )
  }
  if (url.username || url.password) throw new DreamStorageInputError('baseUrl must not hold credentials')
  if (url.search || url.hash) throw new DreamStorageInputError('baseUrl must have no query and no fragment')
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '')
}

/** An agent must be of the protocol of the base URL, and is not used beside `fetch`. */
function checkAgent(agent: object | undefined, { fetch }: DreamCentralStorageOptions, baseUrl: string): void {
  if (agent === undefined) return
  if (fetch) throw new DreamStorageInputError('agent contradicts fetch: pass only one of them')
  const { protocol } = new URL(baseUrl)
  const { protocol: ofAgent } = agent as { protocol?: string }
  // The agents of some proxy packages serve both protocols and name neither.
  if (ofAgent === undefined || ofAgent === protocol) return
  throw new DreamStorageInputError(`agent is for ${show(ofAgent)}, but baseUrl is ${protocol}`)
}

type ConnectionOptions = Pick<DreamCentralStorageOptions, 'maxConnections' | 'maxFileConnections'>

type Credentials = Pick<DreamCentralStorageOptions, 'email' | 'password' | 'token' | 'apiKey'>

type CheckedCredentials =
  | { readonly token: TokenProvider; readonly apiKey?: undefined; readonly login?: undefined }
  | { readonly token?: undefined; readonly apiKey: string; readonly login?: Login | undefined }
  | { readonly token?: undefined; readonly apiKey?: undefined; readonly login: Login }

/** Email and password. */
export interface Login {
  readonly email: string
  readonly password: string
}

function checkCredentials({ email, password, token, apiKey }: Credentials): CheckedCredentials {
  if (token !== undefined) {
    const others = Object.entries({ email, password, apiKey })
    const [beside] = others.find(([, value]) => value !== undefined) ?? []
    if (beside) throw new DreamStorageInputError(`token contradicts ${beside}: pass only one of them`)
    return { token }
  }
  if (email !== undefined && password !== undefined) {
    const login = { email, password }
    return apiKey === undefined ? { login } : { apiKey, login }
  }
  if (email === undefined && password === undefined) {
    if (apiKey !== undefined) return { apiKey }
    throw new DreamStorageInputError('email and password, or apiKey, or token, are missing')
  }
  throw new DreamStorageInputError(`${email === undefined ? 'email' : 'password'} is missing`)
}

function unlessFalse<T>(value: T | false): T | undefined {
  return value === false ? undefined : value
}

function lowerCase(headers: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}
