import type { CallContext } from '../call/call.js'
import { DreamStorageInputError, DreamStorageNetworkError, DreamStorageTimeoutError } from '../errors.js'
import type { Outcome } from './transport.js'

/** The request itself cannot be sent; it is no failure of the network. */
export class LocalFault extends Error {}

/** No connection was made within `connectMs`. */
export class ConnectTimeout extends Error {}

/** The server had closed an idle connection before the request arrived; `cause` is the error of the system. */
export class StaleConnection extends Error {}

// Codes of the global fetch for a header that it does not send, such as `expect`, and for a wrong length.
const REFUSED = ['UND_ERR_INVALID_ARG', 'UND_ERR_NOT_SUPPORTED', 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH']
const LOST = ['ECONNRESET', 'EPIPE', 'ECONNABORTED']
// Codes of OpenSSL and Node.js for a certificate that is not trusted, not valid now, or of another host.
const CERTIFICATE =
  /^(CERT_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|ERR_TLS_CERT_ALTNAME)/

/**
 * @param connectMs the limit that a {@link ConnectTimeout} exceeded
 * @returns the outcome of an attempt whose transport rejected with `error`
 */
export function describeFault(error: unknown, connectMs: number, call: CallContext): Outcome {
  const cause = call.secrets.cause(error)
  const code = codeOf(cause)
  const context = { ...call, cause }
  if (error instanceof LocalFault) {
    const message = call.secrets.quote(error.message)
    const below = call.secrets.cause(error.cause)
    return { health: 'ignored', error: new DreamStorageInputError(message, { ...call, cause: below }) }
  }
  if (code && REFUSED.includes(code)) {
    return {
      health: 'ignored',
      error: new DreamStorageInputError('a header of the request cannot be sent', context),
    }
  }
  if (error instanceof ConnectTimeout || code === 'UND_ERR_CONNECT_TIMEOUT') {
    return { health: 'failure', error: new DreamStorageTimeoutError('connect', connectMs, call) }
  }
  if (code && CERTIFICATE.test(code)) {
    const message = `the certificate of the service was refused (${code})`
    return { health: 'ignored', error: new DreamStorageNetworkError(message, context) }
  }
  return { health: 'failure', error: new DreamStorageNetworkError(messageOf(code), context) }
}

/** @returns whether an error says that a connection was lost */
export function isConnectionLost(error: unknown): boolean {
  return LOST.includes(codeOf(error) ?? '')
}

function messageOf(code: string | undefined): string {
  if (code === undefined) return 'the connection failed'
  return code.startsWith('HPE_')
    ? `the response is not valid HTTP (${code})`
    : `the connection failed (${code})`
}

/** The code of the system or of the parser, which fetch hides in the cause of its TypeError. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  const isCode = 'code' in error && typeof error.code === 'string' && /^\w+$/.test(error.code)
  return isCode ? (error.code as string) : codeOf(error.cause)
}
