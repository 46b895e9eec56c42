import { promisify } from 'node:util'

/** A content coding that the client accepts and decodes. @see RFC 9110 §8.4.1 */
export type Coding = 'gzip' | 'br'

/** The value of `Accept-Encoding` for a response that may be compressed. */
export const ACCEPTED_CODINGS = 'gzip, br'

/**
 * @param header the value of `Content-Encoding`
 * @returns the coding; undefined for none, `unknown` for one that was not asked for
 */
export function codingOf(header: string | undefined): Coding | 'unknown' | undefined {
  const coding = header?.trim().toLowerCase() ?? ''
  if (coding === '' || coding === 'identity') return undefined
  if (coding === 'gzip' || coding === 'x-gzip') return 'gzip'
  return coding === 'br' ? 'br' : 'unknown'
}

/**
 * Decodes a whole body.
 * @returns the decoded bytes
 * @throws the error of zlib: `ERR_BUFFER_TOO_LARGE` for more than `maxBytes` of output
 */
export async function decode(body: Uint8Array, coding: Coding, maxBytes: number): Promise<Uint8Array> {
  const { brotliDecompress, gunzip } = await import('node:zlib')
  const options = { maxOutputLength: maxBytes }
  return coding === 'br' ? promisify(brotliDecompress)(body, options) : promisify(gunzip)(body, options)
}
