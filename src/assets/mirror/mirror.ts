import { realpath } from 'node:fs/promises'
import { join } from 'node:path'
import type { Call } from '../../call/call.js'
import { inParallel } from '../../call/in-parallel.js'
import { DreamStorageError, DreamStorageFileError } from '../../errors.js'
import { ENDPOINTS } from '../../service/endpoints.js'
import type { ListedFile } from '../../service/listing.js'
import type { BookPath } from '../../service/paths.js'
import type { AssetContext } from '../asset-context.js'
import { guardFile, toPublicError } from '../disk/file-errors.js'
import { Patience } from '../patience.js'
import type { OnProgress } from '../read/progress.js'
import { Ledger } from './ledger.js'
import { checkFolder, makeFolders } from './local-path.js'
import { bringFile, type MirrorContext, pruneFile } from './mirror-file.js'
import { MirrorFolders } from './mirror-folders.js'
import { list, onlyUsable } from './mirror-listing.js'
import { MirrorProgress } from './mirror-progress.js'

/** How `mirrorBook` works. */
export interface MirrorOptions {
  /** Files at a time, 1 or more; at most `maxFileConnections` are used. @default 4 */
  concurrency?: number | undefined
  /**
   * Remove files that an earlier mirror of this book wrote, that were not changed since, and that the listing no longer has.
   * For a listing without files nothing is removed: it is what the service returns for an unknown book. @default false
   */
  prune?: boolean | undefined
  /**
   * Download every file, also those that seem to be unchanged. That is, those that have the size and the time of change
   * that a mirror noted, the size of the listing, and the noted entity tag. A service without tags (2025) cannot tell
   * that a file has changed but for its size: only this finds it. @default false
   */
  verify?: boolean | undefined
  /** Called with the progress of all files. */
  onProgress?: OnProgress | undefined
}

/** The result of `mirrorBook`; paths are those of the listing. */
export interface MirrorResult {
  /** Files that were written. */
  readonly downloaded: string[]
  /**
   * Files that were there already: as a mirror wrote them, with the size of the listing and the entity tag of the service.
   * From a service without tags (2025) also files of that size that no mirror wrote.
   */
  readonly unchanged: string[]
  /** Files that were not written, each with its error; they do not stop the others. */
  readonly failed: { readonly path: string; readonly error: DreamStorageError }[]
  /** Files that were removed. */
  readonly pruned: string[]
  /** Bytes of the downloaded files. */
  readonly bytes: number
}

type Result = { -readonly [K in keyof MirrorResult]: MirrorResult[K] }

/**
 * Downloads every file of a book into a folder.
 * @returns what happened to each file; a file that fails does not reject
 * @throws {@link DreamStorageError} when the listing fails; {@link FileFault} when the folder cannot be used; the reason of
 * the call's end
 */
export async function mirrorBook(
  assets: AssetContext,
  call: Call,
  book: BookPath,
  directory: string,
  { concurrency = 4, prune = false, verify = false, onProgress }: MirrorOptions,
): Promise<MirrorResult> {
  await guardFile(directory, () => checkFolder(directory))
  const result: Result = { downloaded: [], unchanged: [], failed: [], pruned: [], bytes: 0 }
  const patience = new Patience(assets.isStorageDown)
  const listed = await patience.run(call, () => list(assets, call, book, result.failed))
  const files = onlyUsable(assets, call, listed, result.failed)
  const progress = new MirrorProgress(files, onProgress, call)
  // For an unknown book, which has no files, no folder is made either.
  if (listed.length > 0) {
    const service = { isTagless: false }
    const context = { assets, call, book, verify, service, patience, ...(await openFolder(directory, book)) }
    // More than there are connections would only wait for a slot, and some for too long.
    const limit = Math.min(concurrency, assets.maxFileConnections)
    await inParallel(limit, files, (file) => bring(context, file, result, progress))
    await context.folders.sweep(context.ledger.paths())
    if (prune) await pruneUnlisted(context, listed, result)
  }
  await progress.end()
  const order = new Map(listed.map(({ path }, index) => [path, index]))
  const byListing = (a: string, b: string): number => (order.get(a) ?? 0) - (order.get(b) ?? 0)
  result.downloaded.sort(byListing)
  result.unchanged.sort(byListing)
  return result
}

/** The folder, which is made if need be, and what mirrors have noted in it. */
async function openFolder(
  directory: string,
  book: BookPath,
): Promise<Pick<MirrorContext, 'root' | 'folders' | 'ledger'>> {
  const root = await guardFile(directory, async () => {
    await makeFolders(directory)
    return realpath(directory)
  })
  return { root, folders: new MirrorFolders(root), ledger: await Ledger.read(root, book) }
}

/** One file, as an operation of its own: with its own count of attempts and its own failure. */
async function bring(
  context: MirrorContext,
  file: ListedFile,
  result: Result,
  progress: MirrorProgress,
): Promise<void> {
  const { assets, call: parent, root } = context
  const onBytes = (transferred: number): void => progress.update(file, transferred)
  await attempt(context, file.path, result, async () => {
    const init = { endpoint: ENDPOINTS.object, kind: 'operation', parent } as const
    const bytes = await assets.calls.run(init, (call) =>
      context.patience
        .run(call, () => guardFile(join(root, file.path), () => bringFile(context, call, file, onBytes)))
        .catch((error: unknown) => {
          throw toPublicError(error, call)
        }),
    )
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
  const { ledger, root } = context
  const listed = new Set(files.map(({ path }) => path))
  for (const path of ledger.paths()) {
    if (listed.has(path)) continue
    await attempt(context, path, result, async () => {
      const isPruned = await guardFile(join(root, path), () => pruneFile(context, path))
      if (isPruned) result.pruned.push(path)
    })
  }
}

/** What fails with one file is noted; what ends the call, or what nothing can be noted for, ends the mirror. */
async function attempt(
  { call, ledger }: MirrorContext,
  path: string,
  result: Result,
  work: () => Promise<void>,
): Promise<void> {
  call.cancellation.throwIfCancelled()
  try {
    await work()
  } catch (thrown) {
    call.cancellation.throwIfCancelled()
    const error = toPublicError(thrown, call)
    const isOfLedger = error instanceof DreamStorageFileError && error.path === ledger.path
    if (isOfLedger || !(error instanceof DreamStorageError)) throw error
    result.failed.push({ path, error })
  }
}
