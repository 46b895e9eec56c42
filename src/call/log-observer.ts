import { DreamStorageCircuitOpenError, type DreamStorageError, DreamStorageNotFoundError } from '../errors.js'
import { quote } from '../quote.js'
import type { CallFacts, ClientEvents, Observer } from './events.js'
import type { Logger } from './logger.js'

type Fields = Record<string, unknown>

const CACHE_LINES = { hit: 'cache hit', miss: 'cache miss', shared: 'cache miss, shared' } as const

/** @returns an observer that writes the events of a client to `logger` */
export function createLogObserver(logger: Logger): Observer {
  // An error that several calls share, such as that of a login, is one line of the level error.
  const reported = new WeakSet<DreamStorageError>()
  return {
    'call.end': (event) => logCallEnd(logger, event, reported),
    'attempt.end': ({ durationMs, status, error, ...event }) =>
      logger.debug({ ...fieldsOf(event), status, error, durationMs: Math.round(durationMs) }, 'attempt'),
    retry: ({ retry, delayMs, ...event }) =>
      logger.warn({ ...fieldsOf(event), retry, delayMs: Math.round(delayMs) }, 'retry'),
    'retry-budget': (event) => logger.warn(fieldsOf(event), 'no retry, too many in the last 10 s'),
    'rate-limit': ({ retryAfterMs, ...event }) =>
      logger.warn({ ...fieldsOf(event), retryAfterMs }, 'rate limited'),
    cache: (event) => logCache(logger, event),
    circuit: ({ circuit, url, state, retryAfterMs }) =>
      logger.info({ circuit, url, state, retryAfterMs: roundUp(retryAfterMs) }, 'circuit breaker'),
    stream: ({ offset, delayMs, ...event }) =>
      logger.warn({ ...fieldsOf(event), offset, delayMs: Math.round(delayMs) }, 'stream broke'),
    skip: ({ what, count, examples, ...event }) =>
      logger.warn({ ...fieldsOf(event), leftOut: count, examples }, what),
  }
}

function logCallEnd(
  logger: Logger,
  { outcome, error, durationMs, ...event }: ClientEvents['call.end'],
  reported: WeakSet<DreamStorageError>,
): void {
  const fields = { ...fieldsOf(event), durationMs: Math.round(durationMs) }
  const { kind, parent } = event.call
  const isLogin = kind === 'login'
  if (outcome === 'cancelled') logger.debug(fields, 'call cancelled')
  else if (!error && outcome === 'error') logger.debug(fields, 'call ended by an error of the caller')
  else if (!error && isLogin) logger.info(fields, 'logged in')
  if (!error) return
  // The operation reports what its requests could not do, unless it could do without.
  const isPart = kind === 'request' && parent !== undefined
  const level = isPart || reported.has(error) ? 'debug' : isExpected(error) && !isLogin ? 'warn' : 'error'
  if (!isPart) reported.add(error)
  logger[level]({ ...fields, ...errorFields(error) }, isLogin ? 'login failed' : 'call failed')
}

/** What a caller may well handle: an unknown file, and a call that was not sent after failures that were logged. */
function isExpected(error: DreamStorageError): boolean {
  return error instanceof DreamStorageNotFoundError || error instanceof DreamStorageCircuitOpenError
}

function logCache(logger: Logger, { result, key, call }: ClientEvents['cache']): void {
  // A hit is no call, but every line of one has a request id.
  const { method, route, requestId = crypto.randomUUID() }: Partial<CallFacts> = call ?? {}
  const shown = quote(key)
  if (result === 'invalidated') logger.debug({ key: shown }, 'cache invalidated')
  else logger.debug({ method, route, requestId, key: shown }, CACHE_LINES[result])
}

function fieldsOf({ call, attempts }: { call: CallFacts; attempts: number }): Fields {
  const { method, route, requestId, background, kind } = call
  return { method, route, requestId, attempts, ...(kind === 'login' && { background }) }
}

/** What a line says about an error: nothing of its cause, which may hold more than a log should. */
function errorFields({ name, code, message, status }: DreamStorageError): Fields {
  return { error: name, code, reason: message, status }
}

function roundUp(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : Math.ceil(ms)
}
