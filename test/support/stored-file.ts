import { createHash } from 'node:crypto'
import { random } from './random.js'

/** A file of a service. That of 2026 has an entity tag, that of 2025 none. */
export interface StoredFile {
  readonly bytes: Buffer
  readonly etag?: string
}

/** What a service answers for a file. */
export interface FileReply {
  readonly status: number
  readonly headers: Record<string, string>
  readonly bytes: Buffer
}

/** Pseudo-random bytes, the same for the same seed. */
export function noise(length: number, seed = 1): Buffer {
  const next = random(seed)
  return Buffer.from(Uint8Array.from({ length }, () => next() * 256))
}

/** A file of the service of 2026, with a tag of its bytes. */
export function tagged(bytes: Buffer): StoredFile {
  return { bytes, etag: `"${createHash('md5').update(bytes).digest('hex')}"` }
}

/** What the service of 2025 (no tag) or of 2026 answers to this `Range`. */
export function replyWith({ bytes, etag }: StoredFile, range: string | null | undefined): FileReply {
  const length = String(bytes.byteLength)
  if (etag === undefined) {
    const headers = { 'content-type': 'application/octet-stream', 'content-length': length }
    return { status: 200, headers, bytes }
  }
  const headers = { 'content-type': 'audio/mpeg', 'accept-ranges': 'bytes', etag }
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? []
  if (from === undefined) return { status: 200, headers: { ...headers, 'content-length': length }, bytes }
  const first = Number(from)
  const last = to ? Number(to) : Math.max(first, bytes.byteLength - 1)
  if (first > last || last >= bytes.byteLength) return notSatisfiable(bytes.byteLength)
  return slice({ bytes, etag }, first, last)
}

/** A 206 with these bytes of a file. */
export function slice({ bytes, etag = '' }: StoredFile, first: number, last: number): FileReply {
  const headers = {
    'content-type': 'audio/mpeg',
    'accept-ranges': 'bytes',
    etag,
    'content-range': `bytes ${first}-${last}/${bytes.byteLength}`,
    'content-length': String(last + 1 - first),
  }
  return { status: 206, headers, bytes: bytes.subarray(first, last + 1) }
}

function notSatisfiable(size: number): FileReply {
  const bytes = Buffer.from('{"detail":"Range not satisfiable"}')
  const headers = {
    'content-type': 'application/json',
    'content-range': `bytes */${size}`,
    'content-length': String(bytes.byteLength),
  }
  return { status: 416, headers, bytes }
}
