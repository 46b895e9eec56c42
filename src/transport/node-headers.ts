import type { OutgoingRequest, Payload } from './outgoing-request.js'
import { LocalFault } from './transport-error.js'

// node:http sets the headers of the connection (RFC 9110 §7.6.1).
const UNSENDABLE: readonly string[] = [
  'connection',
  'expect',
  'host',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]

/**
 * @returns the headers of a request for node:http, those that follow from its body included
 * @throws {@link LocalFault} for a header that cannot be sent, or a length that is not that of the body
 */
export function nodeHeaders(request: OutgoingRequest, payload: Payload): Record<string, string> {
  const headers: Record<string, string> = { accept: '*/*', 'user-agent': 'dream-central-storage-client' }
  for (const [name, value] of request.headers) {
    if (UNSENDABLE.includes(name)) throw new LocalFault(`the header ${name} cannot be sent`)
    headers[name] = value
  }
  Object.assign(headers, request.clientHeaders)
  if (payload.content === null && isBodyless(request.method)) return headers
  if (payload.type) headers['content-type'] ??= payload.type
  if (payload.length === undefined) {
    if (headers['content-length'] === undefined) headers['transfer-encoding'] = 'chunked'
    return headers
  }
  const length = String(payload.length)
  if ((headers['content-length'] ?? length) !== length) {
    throw new LocalFault(
      `the header content-length says ${headers['content-length']}, the body has ${length} bytes`,
    )
  }
  headers['content-length'] = length
  return headers
}

function isBodyless(method: string): boolean {
  return ['GET', 'HEAD', 'DELETE', 'OPTIONS'].includes(method)
}
