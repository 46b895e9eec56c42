import { isTokenText } from '../auth/token-source.js'
import { EVENT_NAMES } from '../call/events.js'
import type { DreamCentralStorageOptions } from './options.js'
import { aFunction, boolean, integer, milliseconds, type Rule, type Rules } from './validation.js'

/** An option with a default. */
type WithDefault<T> = Rule & { readonly default: T }

const LOGGER_METHODS = ['debug', 'info', 'warn', 'error']
// RFC 9110 §5.6.2 (a name is a token) and §5.5 (a value has visible characters, spaces and tabs).
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/
// Headers that the client or the connection sets.
const RESERVED_HEADERS =
  /^(accept-encoding|authorization|connection|content-encoding|content-length|content-type|cookie|expect|host|if-.*|keep-alive|proxy-.*|range|te|trailer|transfer-encoding|upgrade|x-request-id)$/i

const text: Rule = {
  expected: 'a string that is not empty',
  accepts: (value) => typeof value === 'string' && value !== '',
}

function withDefault<T>(rule: Rule, value: T): WithDefault<T> {
  return { ...rule, default: value }
}

/** Every option: the rule of its value, and its default. A group is an object of options. */
export const OPTIONS = {
  // A URL and an email given by mistake can hold a password.
  baseUrl: { ...text, isSecret: true },
  email: { ...text, isSecret: true },
  password: { ...text, isSecret: true },
  apiKey: {
    expected: 'a string of visible ASCII characters, as a header can hold',
    isSecret: true,
    accepts: isTokenText,
  },
  token: {
    expected: 'a string of visible ASCII characters or a function',
    isSecret: true,
    accepts: (value) => typeof value === 'function' || isTokenText(value),
  },
  tokenLifetimeMs: withDefault(milliseconds(), 1_800_000),
  refreshMarginMs: withDefault(milliseconds(0), 300_000),
  timeouts: {
    connectMs: withDefault(milliseconds(), 5_000),
    requestMs: withDefault(milliseconds(), 30_000),
    downloadMs: withDefault(milliseconds(), 60_000),
    queueMs: withDefault(milliseconds(), 5_000),
    uploadAnswerMs: withDefault(milliseconds(), 300_000),
    consumerMs: withDefault(milliseconds(), 60_000),
  },
  maxConnections: withDefault(integer(1), 10),
  maxFileConnections: integer(1),
  retry: {
    maxRetries: withDefault(integer(0), 3),
    baseDelayMs: withDefault(milliseconds(0), 1_000),
    maxDelayMs: withDefault(milliseconds(0), 30_000),
    jitter: withDefault(boolean, true),
    maxRetryAfterMs: withDefault(milliseconds(0), 60_000),
  },
  circuitBreaker: {
    failureThreshold: withDefault(integer(1), 5),
    resetAfterMs: withDefault(milliseconds(), 1_000),
    maxResetAfterMs: withDefault(milliseconds(), 30_000),
  },
  cache: {
    booksTtlMs: withDefault(milliseconds(), 900_000),
    configTtlMs: withDefault(milliseconds(), 1_800_000),
    maxEntries: withDefault(integer(1), 500),
  },
  maxJsonBytes: withDefault(integer(1), 67_108_864),
  compression: withDefault(boolean, true),
  headers: {
    expected: 'an object of names and values that a header can hold; not what the client sets itself',
    isSecret: true,
    accepts: isHeaders,
  },
  agent: {
    expected: 'an http.Agent or https.Agent',
    accepts: (value) => typeof Object(value).addRequest === 'function',
  },
  observers: {
    expected: `a list of objects with functions named ${EVENT_NAMES.join(', ')}`,
    accepts: (value) => Array.isArray(value) && value.every(isObserver),
  },
  logger: {
    expected: 'a logger with debug, info, warn and error',
    accepts: (value) => LOGGER_METHODS.every((name) => typeof Object(value)[name] === 'function'),
  },
  fetch: aFunction,
} satisfies Rules & Record<keyof DreamCentralStorageOptions, Rule | Rules>

/** The defaults of a group. */
export type Defaults<Group> = {
  readonly [Name in keyof Group]: Group[Name] extends WithDefault<infer T> ? T : never
}

/** @returns the options of a group, with the default for each that is absent or undefined */
export function fillGroup<Group extends Readonly<Record<string, WithDefault<unknown>>>>(
  group: Group,
  given: Readonly<Record<string, unknown>> | undefined,
): Defaults<Group> {
  const entries = Object.entries(group).map(([name, option]) => [name, given?.[name] ?? option.default])
  return Object.fromEntries(entries)
}

function isHeaders(value: unknown): boolean {
  // The entries of a list, a Map or a Headers object would not be those that it means.
  if (!isPlainObject(value)) return false
  return Object.entries(value).every(
    ([name, content]) =>
      HEADER_NAME.test(name) &&
      !RESERVED_HEADERS.test(name) &&
      typeof content === 'string' &&
      HEADER_VALUE.test(content),
  )
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  // Also that of another realm, whose prototype has none either.
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

function isObserver(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).every(
    ([name, listener]) =>
      EVENT_NAMES.some((known) => known === name) &&
      (listener === undefined || typeof listener === 'function'),
  )
}
