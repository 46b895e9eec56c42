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
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const code = inner instanceof Error && 'code' in inner ? inner.code : undefined
  return typeof code === 'string' ? code : undefined
}
