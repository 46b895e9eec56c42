import { createHash } from 'node:crypto'

/** The bytes of a file, generated or read on demand; `end` is exclusive. */
export interface Content {
  readonly size: number
  read(start: number, end: number): Uint8Array<ArrayBuffer>
}

/** A stored file: its full storage key, its content, and an entity tag that changes with every write. */
export interface StoredFile {
  readonly key: string
  readonly content: Content
  readonly etag: string
}

/** An S3-like store: flat keys, listed in the order of their names. */
export interface Bucket {
  put(key: string, content: Content): void
  get(key: string): StoredFile | undefined
  list(prefix: string): StoredFile[]
  remove(prefix: string): void
}

/** Content in memory; text is encoded as UTF-8. */
export function bytesContent(data: Uint8Array | string): Content {
  const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : Uint8Array.from(data)
  return { size: bytes.length, read: (start, end) => bytes.slice(start, end) }
}

/**
 * Generated content that uses no memory. Each byte depends on its position, so tests detect missing and
 * swapped parts.
 */
export function patternContent(size: number): Content {
  const read = (start: number, end: number): Uint8Array<ArrayBuffer> => {
    const bytes = new Uint8Array(Math.min(end, size) - start)
    for (let at = 0; at < bytes.length; at += 1) {
      const index = start + at
      bytes[at] = index ^ (index >>> 8) ^ (index >>> 16)
    }
    return bytes
  }
  return { size, read }
}

/** Reads the whole content at once. */
export function readAll(content: Content): Uint8Array<ArrayBuffer> {
  return content.read(0, content.size)
}

/** Creates an empty bucket. */
export function createBucket(): Bucket {
  const files = new Map<string, StoredFile>()
  let writes = 0
  const list = (prefix: string): StoredFile[] =>
    [...files.values()]
      .filter(({ key }) => key.startsWith(prefix))
      .sort((left, right) => (left.key < right.key ? -1 : 1))
  const put = (key: string, content: Content): void => {
    writes += 1
    const digest = createHash('md5').update(`${key} ${content.size} ${writes}`).digest('hex')
    files.set(key, { key, content, etag: `"${digest}"` })
  }
  const remove = (prefix: string): void => {
    for (const { key } of list(prefix)) files.delete(key)
  }
  return { put, get: (key) => files.get(key), list, remove }
}
