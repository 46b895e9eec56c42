import type { Stats } from 'node:fs'
import type { Call } from '../../call/call.js'
import { DreamStorageNetworkError, DreamStorageResponseError } from '../../errors.js'
import { AssetReader, strongTag } from '../read/asset-reader.js'
import { type OnProgress, ProgressReport } from '../read/progress.js'
import type { Transfer } from '../read/transfer.js'
import { FileFault, guardFile } from './file-errors.js'
import type { FileTarget } from './file-target.js'
import { PartialFile } from './partial-file.js'
import { type OpenDownload, resumeFile } from './resume-file.js'
import { removeStale, type StalePartial } from './stale-partials.js'

/** How `downloadAssetToFile` works. */
export interface FileOptions {
  /** Keep the partial file of a failed download, and continue it in the next one of the same object. @default false */
  resume?: boolean | undefined
  /** Called with the bytes on disk so far, resumed ones included. */
  onProgress?: OnProgress | undefined
}

/** What a mirror needs besides. */
interface MirrorFileOptions extends FileOptions {
  /** The size of the file in the listing. */
  readonly listedBytes?: number | undefined
  /** Called when the file is complete, right before it takes its place, with what the system says about it. */
  readonly beforeCommit?: (stats: Stats, etag: string | undefined) => Promise<void>
}

/** The result of `downloadAssetToFile`. */
export interface FileDownload {
  /** The size of the file in bytes. */
  readonly bytes: number
  /** How many of them an earlier download had written. */
  readonly resumedFrom: number
  /** The entity tag; absent from a service without them (2025). */
  readonly etag?: string
  /** SHA-256 of the whole file, in hex. */
  readonly sha256: string
}

/**
 * Writes a partial file and renames it when it is complete, so that the target is never a part of a file or a mix of two.
 * An earlier partial file is continued only if the entity tag and its last bytes say that it is of the same object. A
 * download that breaks and cannot be continued starts again.
 * @throws {@link FileFault} when the file cannot be written; {@link DreamStorageError} when the download fails
 */
export async function downloadToFile(
  transfer: Transfer,
  target: FileTarget,
  options: MirrorFileOptions,
): Promise<FileDownload> {
  for (;;) {
    // Also what the attempt before this one has left.
    const stale = await guardFile(target.path, () => target.partials.of(target.path))
    const progress = { bytes: 0 }
    try {
      return await attempt(transfer, target, stale, options, progress)
    } catch (error) {
      // The reader has retried what broke before the first byte.
      if (progress.bytes === 0) throw error
      const isOfBreak = error instanceof Error && error.cause instanceof DreamStorageNetworkError
      await transfer.backoff(isOfBreak ? error.cause : error, 0).catch(() => {
        throw error
      })
    }
  }
}

async function attempt(
  transfer: Transfer,
  target: FileTarget,
  stale: readonly StalePartial[],
  options: MirrorFileOptions,
  progress: { bytes: number },
): Promise<FileDownload> {
  const { reader, partial } = await start(transfer, target, options.resume ? stale : [])
  const resumedFrom = partial.bytes
  try {
    const { size } = reader.head
    // Known at once, or only when all of it has arrived.
    if (size !== undefined) checkListed(transfer.call, size, options)
    await copy(reader, partial, new ProgressReport(options.onProgress, transfer.call))
    checkListed(transfer.call, partial.bytes, options)
    await partial.flush()
    transfer.call.cancellation.throwIfCancelled()
    const etag = reader.head.headers.get('etag') ?? undefined
    const sha256 = await partial.commit(async (stats) => options.beforeCommit?.(stats, etag))
    await removeStale(stale)
    return { bytes: partial.bytes, resumedFrom, ...(etag !== undefined && { etag }), sha256 }
  } catch (error) {
    reader.close()
    progress.bytes = partial.bytes - resumedFrom
    // After an error of the disk, nothing is kept on it.
    await partial.abandon(options.resume === true && !(error instanceof FileFault))
    throw error
  }
}

async function start(
  transfer: Transfer,
  target: FileTarget,
  stale: readonly StalePartial[],
): Promise<OpenDownload> {
  const resumed = await resumeFile(transfer, target, stale)
  if (resumed) return resumed
  const reader = await AssetReader.open(transfer, { start: 0 })
  try {
    return { reader, partial: await PartialFile.create(target, strongTag(reader.head)) }
  } catch (error) {
    reader.close()
    throw error
  }
}

/** @throws {@link DreamStorageResponseError} unless the file has the size of the listing, if that is known */
function checkListed({ context }: Call, bytes: number, { listedBytes = bytes }: MirrorFileOptions): void {
  if (bytes === listedBytes) return
  const message = `the file has ${bytes} bytes, and the listing says ${listedBytes}`
  throw new DreamStorageResponseError(message, { ...context, status: 200 })
}

async function copy(reader: AssetReader, partial: PartialFile, report: ProgressReport): Promise<void> {
  const { size } = reader.head
  const progress = () => ({ transferred: partial.bytes, ...(size !== undefined && { total: size }) })
  for (let chunk = await reader.next(); chunk; chunk = await reader.next()) {
    await partial.write(chunk)
    report.update(progress)
  }
  await report.end(progress)
}
