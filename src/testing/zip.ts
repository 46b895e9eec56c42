import { inflateRawSync } from 'node:zlib'
import { refuse } from './replies.js'

/** A file of an archive. */
export interface ArchiveEntry {
  readonly path: string
  readonly bytes: Uint8Array
}

const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50
const END_SIZE = 22
const MAX_COMMENT = 0xffff

/**
 * Reads the files of a ZIP (stored or deflated) without its folders. Throws the 400 of the service when it is
 * not a ZIP.
 */
export function readZip(archive: Uint8Array): ArchiveEntry[] {
  const zip = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength)
  try {
    return [...directory(zip)].filter(({ path }) => !path.endsWith('/'))
  } catch {
    throw refuse(400, 'Uploaded file is not a valid ZIP archive')
  }
}

// Only the directory at the end has reliable sizes: local headers may have 0.
function* directory(zip: Buffer): Generator<ArchiveEntry> {
  let end = zip.length - END_SIZE
  while (zip.readUInt32LE(end) !== END_OF_DIRECTORY) {
    end -= 1
    if (zip.length - END_SIZE - end > MAX_COMMENT) throw new RangeError('no directory')
  }
  let at = zip.readUInt32LE(end + 16)
  for (let count = zip.readUInt16LE(end + 10); count > 0; count -= 1) {
    if (zip.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new RangeError('no entry')
    const nameLength = zip.readUInt16LE(at + 28)
    const path = zip.toString('utf8', at + 46, at + 46 + nameLength)
    yield { path, bytes: unpack(zip, at) }
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
}

function unpack(zip: Buffer, entry: number): Uint8Array {
  const local = zip.readUInt32LE(entry + 42)
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
  const packed = zip.subarray(start, start + zip.readUInt32LE(entry + 20))
  return zip.readUInt16LE(entry + 10) === 0 ? packed : inflateRawSync(packed)
}
