import {
  DreamStorageInputError,
  DreamStorageNetworkError,
  DreamStorageTimeoutError,
  type ErrorFacts,
} from '../errors.js'

// What undici refuses to send: a header such as `expect` or `transfer-encoding`, or a length that is wrong.
const REFUSED = ['UND_ERR_INVALID_ARG', 'UND_ERR_NOT_SUPPORTED', 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH']

/** The error of the family for whatever a transport threw. */
export function transportError(
  error: unknown,
  connectMs: number,
  call: ErrorFacts,
): DreamStorageInputError | DreamStorageNetworkError | DreamStorageTimeoutError {
  const facts = { ...call, cause: error }
  const code = causeCode(error)
  if (code && REFUSED.includes(code)) {
    return new DreamStorageInputError('a header of the request cannot be sent', facts)
  }
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return new DreamStorageTimeoutError('connect', connectMs, facts)
  const message = code === undefined ? 'the connection failed' : `the connection failed (${code})`
  return new DreamStorageNetworkError(message, facts)
}

/** The code of the system or of the connection pool, which fetch hides in the cause of its TypeError. */
function causeCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  return 'code' in error && typeof error.code === 'string' ? error.code : causeCode(error.cause)
}
