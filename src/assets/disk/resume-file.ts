import type { FileHandle } from 'node:fs/promises'
import { AssetReader, strongTag, undefinedIfShorter } from '../read/asset-reader.js'
import type { Transfer } from '../read/transfer.js'
import { guardFile } from './file-errors.js'
import type { FileTarget } from './file-target.js'
import { MIN_KEPT_BYTES, PartialFile } from './partial-file.js'
import { openStale, removeStale, type StalePartial } from './stale-partials.js'

/** A download in progress: a file, and a reader of the bytes that it lacks. */
export interface OpenDownload {
  readonly reader: AssetReader
  readonly partial: PartialFile
}

const COPY_BYTES = 262_144

/**
 * Continues the longest of some partial files if its object is the one that the service has.
 * @returns undefined when none can be continued; they are left then
 * @throws {@link FileFault} when the file cannot be written; {@link DreamStorageError} when the download fails
 */
export async function resumeFile(
  transfer: Transfer,
  target: FileTarget,
  partials: readonly StalePartial[],
): Promise<OpenDownload | undefined> {
  const [longest] = [...partials].sort((a, b) => b.bytes - a.bytes)
  if (!longest || longest.bytes <= MIN_KEPT_BYTES) return undefined
  return guardFile(target.path, async () => {
    const source = await openStale(longest)
    if (!source) return undefined
    try {
      const etag = await verify(transfer, source, longest)
      return etag === undefined ? undefined : await continueAt(transfer, target, etag, source, longest)
    } finally {
      await source.close()
    }
  })
}

/** Compares the last bytes with those of the service. @returns the entity tag if the file is a part of its object */
async function verify(
  transfer: Transfer,
  source: FileHandle,
  stale: StalePartial,
): Promise<string | undefined> {
  const start = stale.bytes - MIN_KEPT_BYTES
  // No further: the rest would wait, and hold a connection, while the file is copied.
  const range = { start, end: stale.bytes - 1 }
  const reader = await AssetReader.open(transfer, range).catch(undefinedIfShorter)
  if (!reader) return undefined
  const etag = strongTag(reader.head)
  try {
    const isCandidate = reader.head.first === start && stale.isOf(etag)
    return isCandidate && (await hasSameBytes(reader, source, stale)) ? etag : undefined
  } finally {
    reader.close()
  }
}

async function hasSameBytes(
  reader: AssetReader,
  source: FileHandle,
  { bytes }: StalePartial,
): Promise<boolean> {
  const { buffer } = await source.read(
    Buffer.alloc(MIN_KEPT_BYTES),
    0,
    MIN_KEPT_BYTES,
    bytes - MIN_KEPT_BYTES,
  )
  let compared = 0
  for (let chunk = await reader.next(); chunk; chunk = await reader.next()) {
    if (buffer.compare(chunk, 0, chunk.byteLength, compared, compared + chunk.byteLength) !== 0) return false
    compared += chunk.byteLength
  }
  return compared === buffer.byteLength
}

async function continueAt(
  transfer: Transfer,
  target: FileTarget,
  etag: string,
  source: FileHandle,
  stale: StalePartial,
): Promise<OpenDownload | undefined> {
  const partial = await PartialFile.create(target, etag)
  let keep = false
  try {
    await copy(source, partial, stale.bytes)
    if (partial.bytes === stale.bytes) {
      await partial.flush()
      await removeStale([stale])
      keep = true
      const reader = await AssetReader.open(transfer, { start: stale.bytes }).catch(undefinedIfShorter)
      if (reader?.head.first === stale.bytes && strongTag(reader.head) === etag) return { reader, partial }
      reader?.close()
      keep = false
    }
  } catch (error) {
    await partial.abandon(keep)
    throw error
  }
  await partial.abandon(false)
  return undefined
}

async function copy(source: FileHandle, partial: PartialFile, bytes: number): Promise<void> {
  while (partial.bytes < bytes) {
    const length = Math.min(COPY_BYTES, bytes - partial.bytes)
    const { bytesRead, buffer } = await source.read(Buffer.allocUnsafe(length), 0, length, partial.bytes)
    if (bytesRead === 0) return
    await partial.write(buffer.subarray(0, bytesRead))
  }
}
