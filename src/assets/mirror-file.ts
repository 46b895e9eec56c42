import { lstat, rmdir, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Call } from '../http/call.js'
import type { ListedFile } from '../tree.js'
import type { Asset } from './asset.js'
import type { ReaderParts } from './asset-reader.js'
import { downloadToFile } from './download-file.js'
import { FileFault, falseIfMissing } from './file-errors.js'
import type { Ledger, LedgerEntry } from './ledger.js'
import { localFile } from './local-path.js'
import { readAssetInfo } from './stream-asset.js'

/** What a mirror works with. */
export interface MirrorContext {
  readonly parts: ReaderParts
  readonly call: Call
  readonly path: Asset['path']
  /** The folder, without links on the way to it. */
  readonly root: string
  readonly ledger: Ledger
}

/** Downloads a file unless it is there and the same; gives its bytes, or undefined when it was left alone. */
export async function bringFile(
  context: MirrorContext,
  file: ListedFile,
  onBytes: (transferred: number) => void,
): Promise<number | undefined> {
  const { parts, call, path: book, root, ledger } = context
  const target = await localFile(root, file.path, true)
  if (await isSame(context, file, target)) return undefined
  const asset = { path: book, assetPath: file.path }
  const { bytes, etag } = await downloadToFile(parts, call, asset, target, {
    resume: true,
    onProgress: ({ transferred }) => onBytes(transferred),
  })
  const { size, mtimeMs } = await lstat(target)
  await ledger.add(book, { path: file.path, size, mtimeMs, ...(etag !== undefined && { etag }) })
  return bytes
}

/** Whether the file is there with the listed size and, where one is known, the entity tag of the service's. */
async function isSame(
  { parts, call, path: book, ledger }: MirrorContext,
  { path, size }: ListedFile,
  target: string,
): Promise<boolean> {
  const found = await lstat(target).catch(falseIfMissing)
  if (!found) return false
  if (!found.isFile()) throw new FileFault('a file is needed, and there is something else', target)
  if (size !== undefined && found.size !== size) return false
  const etag = ledger.get(book, path)?.etag
  if (size !== undefined && etag === undefined) return true
  const info = await readAssetInfo(parts, call, { path: book, assetPath: path })
  return info?.size === found.size && (etag === undefined || info.etag === etag)
}

/** Removes a file that is as the mirror wrote it, and the folders that it leaves empty; gives whether it did. */
export async function pruneFile(
  { root, ledger, path: book }: MirrorContext,
  entry: LedgerEntry,
): Promise<boolean> {
  ledger.remove(book, entry.path)
  const file = await localFile(root, entry.path, false).catch(falseIfMissing)
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
