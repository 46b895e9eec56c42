import { promisify } from 'node:util'

/** A content coding (RFC 9110 §8.4.1) that the client asks for and decodes. */
export type Coding = 'gzip' | 'br'

/** What `Accept-Encoding` says where an answer may be compressed. */
export const ACCEPTED_CODINGS = 'gzip, br'

/** The coding of an answer: undefined for none, `unknown` for one that was not asked for. */
export function codingOf(header: string | undefined): Coding | 'unknown' | undefined {
  const coding = header?.trim().toLowerCase() ?? ''
  if (coding === '' || coding === 'identity') return undefined
  if (coding === 'gzip' || coding === 'x-gzip') return 'gzip'
  return coding === 'br' ? 'br' : 'unknown'
}

/** Decodes a whole body. Rejects with the error of zlib: `ERR_BUFFER_TOO_LARGE` for more than `maxBytes`. */
export async function decode(body: Uint8Array, coding: Coding, maxBytes: number): Promise<Uint8Array> {
  const { brotliDecompress, gunzip } = await import('node:zlib')
  const options = { maxOutputLength: maxBytes }
  return coding === 'br' ? promisify(brotliDecompress)(body, options) : promisify(gunzip)(body, options)
}
