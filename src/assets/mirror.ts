import { realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { DreamStorageError, DreamStorageInputError } from '../errors.js'
import type { Call } from '../http/call.js'
import { KINDS } from '../kinds.js'
import { errorFields } from '../logger.js'
import type { ListedFile } from '../tree.js'
import type { Asset } from './asset.js'
import type { ReaderParts } from './asset-reader.js'
import { guardFile, inCall } from './file-errors.js'
import { Ledger } from './ledger.js'
import { checkFolder, foldPath, localPathFault, makeFolders } from './local-path.js'
import { bringFile, type MirrorContext, pruneFile } from './mirror-file.js'
import { MirrorProgress } from './mirror-progress.js'
import type { OnProgress } from './progress.js'

/** How a book is mirrored. */
export interface MirrorOptions {
  /** Files at a time. @default 4 */
  concurrency?: number | undefined
  /**
   * Remove what a mirror of this book wrote, that is as it was written, and that the listing no longer has. Nothing is
   * removed for a listing without files, which is how the service answers for an unknown book. @default false
   */
  prune?: boolean | undefined
  onProgress?: OnProgress | undefined
}

/** What a mirror did; paths are those of the listing. */
export interface MirrorResult {
  readonly downloaded: string[]
  /** Already there and the same: left alone. */
  readonly unchanged: string[]
  readonly failed: { readonly path: string; readonly error: DreamStorageError }[]
  readonly pruned: string[]
  /** Bytes of the files that were downloaded. */
  readonly bytes: number
}

type Result = { -readonly [K in keyof MirrorResult]: MirrorResult[K] }

/** Brings every file of a book into a folder. Rejects when the listing fails or the call ends, not for a file. */
export async function mirrorBook(
  parts: ReaderParts,
  call: Call,
  path: Asset['path'],
  directory: string,
  { concurrency = 4, prune = false, onProgress }: MirrorOptions,
): Promise<MirrorResult> {
  await guardFile(directory, () => checkFolder(directory))
  const result: Result = { downloaded: [], unchanged: [], failed: [], pruned: [], bytes: 0 }
  const listed = await list(parts, call, path, result)
  const files = onlyUsable(parts, call, listed, result)
  const progress = new MirrorProgress(files, onProgress)
  // A book that nobody knows has no files: it shall not leave a folder either.
  if (listed.length > 0) {
    const context = { parts, call, path, ...(await openFolder(directory)) }
    // More than there are connections would only wait in their queue, and some for too long.
    const limit = Math.min(concurrency, parts.maxConnections)
    await inParallel(limit, files, (file) => bring(context, file, result, progress))
    if (prune) await pruneUnlisted(context, listed, result)
  }
  progress.end()
  const order = new Map(listed.map(({ path }, index) => [path, index]))
  const byListing = (a: string, b: string): number => (order.get(a) ?? 0) - (order.get(b) ?? 0)
  result.downloaded.sort(byListing)
  result.unchanged.sort(byListing)
  return result
}

/** The folder, which is made if need be, and what mirrors have noted in it. */
async function openFolder(directory: string): Promise<Pick<MirrorContext, 'root' | 'ledger'>> {
  const root = await guardFile(directory, async () => {
    await makeFolders(directory)
    return realpath(directory)
  })
  return { root, ledger: await guardFile(root, () => Ledger.read(root)) }
}

/** The listing; what no download could have is among the failures. */
async function list(
  parts: ReaderParts,
  call: Call,
  book: Asset['path'],
  result: Result,
): Promise<ListedFile[]> {
  const init = { ...KINDS.contents, parent: call }
  return parts.calls.run(init, (listing) =>
    parts.operations.contents(listing, book, (path, reason) => refuse(call, path ?? '', reason, result)),
  )
}

/** The files that can be files of a mirror; the others are among the failures. */
function onlyUsable(
  { logger }: ReaderParts,
  call: Call,
  listed: readonly ListedFile[],
  result: Result,
): ListedFile[] {
  const seen = new Set<string>()
  return listed.filter(({ path }) => {
    const reason = localPathFault(path) ?? (seen.has(foldPath(path)) ? SAME_BUT_FOR_CASE : undefined)
    seen.add(foldPath(path))
    if (reason === undefined) return true
    logger.warn({ ...call.facts, path, reason }, 'a path of the listing was left out')
    refuse(call, path, reason, result)
    return false
  })
}

function refuse({ facts }: Call, path: string, reason: string, result: Result): void {
  const error = new DreamStorageInputError(`the path ${JSON.stringify(path)} ${reason}`, facts)
  result.failed.push({ path, error })
}

const SAME_BUT_FOR_CASE = 'differs from another path in upper and lower case only'

/** Some at a time, in order. All have ended before the first failure is told: nothing is written after the call. */
async function inParallel<T>(
  limit: number,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = items.values()
  const worker = async (): Promise<void> => {
    for (const item of left) await work(item)
  }
  const ends = await Promise.allSettled(Array.from({ length: Math.min(limit, items.length) }, worker))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}

async function bring(
  context: MirrorContext,
  file: ListedFile,
  result: Result,
  progress: MirrorProgress,
): Promise<void> {
  await attempt(context, file.path, result, async () => {
    const bytes = await bringFile(context, file, (transferred) => progress.update(file, transferred))
    if (bytes === undefined) result.unchanged.push(file.path)
    else result.downloaded.push(file.path)
    result.bytes += bytes ?? 0
  })
  progress.done(file)
}

async function pruneUnlisted(
  context: MirrorContext,
  files: readonly ListedFile[],
  result: Result,
): Promise<void> {
  const listed = new Set(files.map(({ path }) => path))
  for (const entry of context.ledger.of(context.path)) {
    if (listed.has(entry.path)) continue
    await attempt(context, entry.path, result, async () => {
      if (await pruneFile(context, entry)) result.pruned.push(entry.path)
    })
  }
  // Only now: another mirror may have noted files of its own meanwhile.
  if (result.pruned.length > 0) await guardFile(context.root, () => context.ledger.save())
}

/** What goes wrong with one file is noted; what ends the call ends the mirror. */
async function attempt(
  { parts, call, root }: MirrorContext,
  path: string,
  result: Result,
  work: () => Promise<void>,
): Promise<void> {
  call.cancellation.throwIfCancelled()
  try {
    await guardFile(join(root, path), work)
  } catch (thrown) {
    call.cancellation.throwIfCancelled()
    const error = inCall(thrown, call)
    if (!(error instanceof DreamStorageError)) throw error
    // What a request failed with has been told by its own line.
    if (error !== thrown) {
      parts.logger.error({ ...call.facts, ...errorFields(error) }, 'a file of the mirror failed')
    }
    result.failed.push({ path, error })
  }
}
