import {
  DreamStorageInputError,
  DreamStorageNetworkError,
  DreamStorageTimeoutError,
  type ErrorContext,
} from '../errors.js'
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
export function describeFault(error: unknown, connectMs: number, call: ErrorContext): Outcome {
  const code = codeOf(error)
  const context = { ...call, cause: withoutBytes(error) }
  if (error instanceof LocalFault) {
    const cause = error.cause === undefined ? undefined : withoutBytes(error.cause)
    return { health: 'ignored', error: new DreamStorageInputError(error.message, { ...call, cause }) }
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
  return 'code' in error && typeof error.code === 'string' ? error.code : codeOf(error.cause)
}

/** Errors of parsers hold the raw response, tokens included: of these only the name, message and code are kept. */
function withoutBytes(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const cause = withoutBytes(error.cause)
  const holdsBytes = 'rawPacket' in error || 'data' in error || 'body' in error
  if (!holdsBytes && cause === error.cause) return error
  const copy = new Error(error.message, cause === undefined ? undefined : { cause })
  copy.name = error.name
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {}
  return Object.assign(copy, code)
}
