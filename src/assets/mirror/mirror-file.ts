import { lstat, rmdir, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Call } from '../../call/call.js'
import type { ListedFile } from '../../service/listing.js'
import type { BookPath } from '../../service/paths.js'
import type { AssetContext } from '../asset-context.js'
import { downloadToFile } from '../disk/download-file.js'
import { FileFault, falseIfMissing } from '../disk/file-errors.js'
import { readAssetInfo } from '../read/stream-asset.js'
import { Transfer } from '../read/transfer.js'
import type { Ledger, LedgerEntry } from './ledger.js'
import { localFile } from './local-path.js'
import type { MirrorFolders, MirrorTarget } from './mirror-folders.js'

/** What a mirror needs for its files. */
export interface MirrorContext {
  readonly assets: AssetContext
  readonly call: Call
  readonly book: BookPath
  /** The absolute path of the folder, without links. */
  readonly root: string
  readonly folders: MirrorFolders
  readonly ledger: Ledger
}

/**
 * Downloads a file of a mirror, if it is missing or another one.
 * @returns its size in bytes; undefined when it is there and the same
 * @throws {@link FileFault} when the file cannot be written; {@link DreamStorageError} when the download fails
 */
export async function bringFile(
  context: MirrorContext,
  call: Call,
  file: ListedFile,
  onBytes: (transferred: number) => void,
): Promise<number | undefined> {
  const { assets, book, folders, ledger } = context
  const target = await folders.target(file.path)
  const transfer = new Transfer(assets, call, { book, assetPath: file.path })
  if (target.mayExist && (await isSame(context, transfer, file, target))) return undefined
  await target.checkWritable()
  const { download, stats } = await downloadToFile(transfer, target, {
    resume: true,
    onProgress: ({ transferred }) => onBytes(transferred),
  })
  const { bytes, etag } = download
  const { size, mtimeMs } = stats
  await ledger.add(book, { path: file.path, size, mtimeMs, ...(etag !== undefined && { etag }) })
  return bytes
}

/** Whether the file is there, with the size of the listing and, if one is known, the entity tag of the service. */
async function isSame(
  { book, ledger }: MirrorContext,
  transfer: Transfer,
  { path, size }: ListedFile,
  target: MirrorTarget,
): Promise<boolean> {
  await target.checkFolder()
  const found = await lstat(target.path).catch(falseIfMissing)
  if (!found) return false
  if (!found.isFile()) throw new FileFault('a file is needed, and there is something else', target.path)
  if (size !== undefined && found.size !== size) return false
  const etag = ledger.get(book, path)?.etag
  if (size !== undefined && etag === undefined) return true
  const info = await readAssetInfo(transfer)
  return info?.size === found.size && (etag === undefined || info.etag === etag)
}

/** Removes a file that was not changed since the mirror wrote it, and the folders that this empties. @returns whether it did */
export async function pruneFile({ root, ledger, book }: MirrorContext, entry: LedgerEntry): Promise<boolean> {
  ledger.remove(book, entry.path)
  const file = await localFile(root, entry.path).catch(falseIfMissing)
  if (!file) return false
  const found = await lstat(file).catch(falseIfMissing)
  if (!found) return false
  if (!found.isFile() || found.size !== entry.size || found.mtimeMs !== entry.mtimeMs) return false
  await unlink(file)
  for (let folder = dirname(file); folder !== root; folder = dirname(folder)) {
    const isGone = await rmdir(folder).then(
      () => true,
      () => false,
    )
    if (!isGone) break
  }
  return true
}
