import { lstat, rmdir, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Call } from '../../call/call.js'
import type { ListedFile } from '../../service/listing.js'
import { objectOf } from '../../service/objects.js'
import type { BookPath } from '../../service/paths.js'
import type { AssetContext } from '../asset-context.js'
import { downloadToFile } from '../disk/download-file.js'
import { FileFault, falseIfMissing } from '../disk/file-errors.js'
import type { Patience } from '../patience.js'
import { readAssetInfo } from '../read/stream-asset.js'
import { Transfer } from '../read/transfer.js'
import { isVersion, type Ledger } from './ledger.js'
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
  /** The waits while the circuit breaker is open, of all files. */
  readonly patience: Patience
  readonly ledger: Ledger
  /** Download files that seem to be unchanged too. */
  readonly verify: boolean
  /** What the mirror has learned about the service. */
  readonly service: { isTagless: boolean }
}

/**
 * Downloads a file of a mirror, if it is missing or not known to be the same.
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
  const transfer = new Transfer(assets, call, objectOf(book, file.path))
  if (target.mayExist && (await isSame(context, transfer, file, target))) return undefined
  await target.checkWritable()
  await ledger.checkWritable()
  const { bytes } = await downloadToFile(transfer, target, {
    resume: true,
    listedBytes: file.size,
    onProgress: ({ transferred }) => onBytes(transferred),
    beforeCommit: ({ size, mtimeMs }, etag) =>
      ledger.add({ path: file.path, size, mtimeMs, ...(etag !== undefined && { etag }) }),
  })
  return bytes
}

/**
 * Whether the file is there as a mirror wrote it, with the size of the listing and the entity tag of the service. A file
 * that no mirror noted is the same only where the service has no tags, by its size.
 */
async function isSame(
  { ledger, verify, service }: MirrorContext,
  transfer: Transfer,
  { path, size }: ListedFile,
  target: MirrorTarget,
): Promise<boolean> {
  await target.checkFolder()
  const found = await lstat(target.path).catch(falseIfMissing)
  if (!found) return false
  if (!found.isFile()) throw new FileFault('a file is needed, and there is something else', target.path)
  const versions = ledger.versions(path)
  const noted = versions.find((version) => isVersion(version, found))
  const isOther = versions.length > 0 && !noted
  if (verify || isOther || (size !== undefined && found.size !== size)) return false
  const isTagless = noted ? noted.etag === undefined : service.isTagless
  if (size !== undefined && isTagless) return true
  const info = await readAssetInfo(transfer)
  if (info) service.isTagless = info.etag === undefined
  return info?.size === found.size && info.etag === noted?.etag
}

/** Removes a file that was not changed since a mirror wrote it, and the folders that this empties. @returns whether it did */
export async function pruneFile({ root, ledger }: MirrorContext, path: string): Promise<boolean> {
  await ledger.checkWritable()
  const file = await localFile(root, path).catch(falseIfMissing)
  const found = file && (await lstat(file).catch(falseIfMissing))
  if (!file || !found) {
    await ledger.remove(path)
    return false
  }
  const isAsWritten = ledger.versions(path).some((version) => isVersion(version, found))
  if (!isAsWritten || !found.isFile()) return false
  // Another mirror may be quicker.
  const isRemoved = await unlink(file).then(() => true, falseIfMissing)
  await ledger.remove(path)
  await removeEmpty(dirname(file), root)
  return isRemoved
}

async function removeEmpty(first: string, root: string): Promise<void> {
  for (let folder = first; folder !== root; folder = dirname(folder)) {
    const isGone = await rmdir(folder).then(
      () => true,
      () => false,
    )
    if (!isGone) break
  }
}
