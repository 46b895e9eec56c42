import { DreamStorageNetworkError, DreamStorageTimeoutError, type ErrorFacts } from '../errors.js'

/** The error of the family for whatever a transport threw. */
export function transportError(
  error: unknown,
  connectMs: number,
  call: ErrorFacts,
): DreamStorageNetworkError | DreamStorageTimeoutError {
  const facts = { ...call, cause: error }
  const code = causeCode(error)
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return new DreamStorageTimeoutError('connect', connectMs, facts)
  return new DreamStorageNetworkError(`the connection failed (${code ?? 'no code'})`, facts)
}

/** The code of the system or of the connection pool, which fetch hides in the cause of its TypeError. */
function causeCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  return 'code' in error && typeof error.code === 'string' ? error.code : causeCode(error.cause)
}
