import { DreamStorageNetworkError } from '../errors.js'
import { backOffMs } from '../http/back-off.js'
import type { Call } from '../http/call.js'
import type { Asset } from './asset.js'
import { AssetReader, isBreak, noneIfShorter, type ReaderParts, strongTag } from './asset-reader.js'
import { FileFault } from './file-errors.js'
import { type Leftover, PartialFile, removeLeftovers } from './partial-file.js'
import { type OnProgress, ProgressReport } from './progress.js'

/** How a file is downloaded to disk. */
export interface FileOptions {
  /** Keep what was written when the download fails, and go on from there the next time. */
  resume?: boolean | undefined
  onProgress?: OnProgress | undefined
}

/** A file that was downloaded. */
export interface FileDownload {
  /** The size of the file. */
  readonly bytes: number
  /** How many of them an earlier download had left. */
  readonly resumedFrom: number
  readonly etag?: string
  /** In hex, of the whole file. */
  readonly sha256: string
}

interface Opened {
  readonly reader: AssetReader
  readonly partial: PartialFile
}

/**
 * Writes a file beside its target and renames it when it is complete, so that the target is never half a file or two.
 * What an earlier download left is continued only if the entity tag says that it is of the same object. What breaks in
 * the middle and cannot be continued is begun anew, as often as anything is repeated.
 */
export async function downloadToFile(
  parts: ReaderParts,
  call: Call,
  asset: Asset,
  target: string,
  options: FileOptions,
): Promise<FileDownload> {
  await PartialFile.check(target)
  for (let retries = 0; ; retries++) {
    const progress = { bytes: 0 }
    try {
      return await attempt(parts, call, asset, target, options, progress)
    } catch (error) {
      // What broke before the first byte has been repeated by the reader.
      const isWorthAnother =
        progress.bytes > 0 && (isBreak(error) || (error instanceof Error && isBreak(error.cause)))
      if (!isWorthAnother || retries >= parts.retry.maxRetries) throw error
      await call.cancellation.sleep(backOffMs(parts.retry, retries))
    }
  }
}

async function attempt(
  parts: ReaderParts,
  call: Call,
  asset: Asset,
  target: string,
  options: FileOptions,
  progress: { bytes: number },
): Promise<FileDownload> {
  const leftovers = await PartialFile.leftovers(target)
  const { reader, partial } = await start(parts, call, asset, target, options.resume ? leftovers : [])
  const resumedFrom = partial.bytes
  partial.onWritten = parts.giveBack
  try {
    await copy(reader, partial, new ProgressReport(options.onProgress))
    const { size } = reader.head
    if (size !== undefined && partial.bytes !== size) {
      throw new DreamStorageNetworkError(`${partial.bytes} of ${size} bytes came`, call.facts)
    }
    const sha256 = await partial.commit()
    await removeLeftovers(leftovers)
    const etag = reader.head.headers.get('etag')
    return { bytes: partial.bytes, resumedFrom, ...(etag !== null && { etag }), sha256 }
  } catch (error) {
    reader.close()
    progress.bytes = partial.bytes - resumedFrom
    // A disk that is full does not want to keep anything.
    await partial.abandon(options.resume === true && !(error instanceof FileFault))
    throw error
  }
}

async function start(
  parts: ReaderParts,
  call: Call,
  asset: Asset,
  target: string,
  leftovers: readonly Leftover[],
): Promise<Opened> {
  const [longest] = [...leftovers].sort((a, b) => b.bytes - a.bytes)
  const resumed = longest && longest.bytes > 0 && (await resume(parts, call, asset, target, longest))
  if (resumed) return resumed
  const reader = await AssetReader.open(parts, call, asset, { start: 0 })
  try {
    return { reader, partial: await PartialFile.create(target, strongTag(reader.head)) }
  } catch (error) {
    reader.close()
    throw error
  }
}

async function resume(
  parts: ReaderParts,
  call: Call,
  asset: Asset,
  target: string,
  leftover: Leftover,
): Promise<Opened | undefined> {
  const reader = await AssetReader.open(parts, call, asset, { start: leftover.bytes }).catch(noneIfShorter)
  if (!reader) return undefined
  const etag = strongTag(reader.head)
  const isSame = reader.head.first === leftover.bytes && leftover.isOf(etag)
  const partial = isSame && etag ? await PartialFile.takeOver(target, etag, leftover) : undefined
  if (partial && partial.bytes === leftover.bytes) return { reader, partial }
  reader.close()
  await partial?.abandon(false)
  return undefined
}

async function copy(reader: AssetReader, partial: PartialFile, report: ProgressReport): Promise<void> {
  const { size } = reader.head
  const progress = () => ({ transferred: partial.bytes, ...(size !== undefined && { total: size }) })
  for (let chunk = await reader.next(); chunk; chunk = await reader.next()) {
    await partial.write(chunk)
    report.update(progress())
  }
  report.end(progress())
}
