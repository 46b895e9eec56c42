import { lstat, mkdir, opendir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { assetPathFault } from '../../service/paths.js'
import { FileFault, falseIfMissing, isSystemError } from '../disk/file-errors.js'

// Names that Windows keeps for devices, whatever their ending; and the characters that it refuses.
const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\..*)?$/i
const DRIVE = /^[a-z]:/i
const REFUSED = process.platform === 'win32' ? /[<>"|?*:]/ : /[<>"|?*]/
const IGNORED_END = /[. ]$/

/** Why a path of a listing cannot be a file of a mirror on every system; undefined when it can. */
export function localPathFault(path: unknown): string | undefined {
  const fault = assetPathFault(path)
  if (fault || typeof path !== 'string') return fault
  if (DRIVE.test(path)) return 'must not begin with a drive letter'
  for (const segment of path.split('/')) {
    if (RESERVED.test(segment)) return `must not contain the reserved name ${segment}`
    if (IGNORED_END.test(segment)) return 'must not contain a name that ends in a dot or a space'
    if (REFUSED.test(segment)) return 'must not contain any of < > " | ? *'
    if (isOwn(segment)) return 'must not contain the name of a file of the mirror itself'
  }
  return undefined
}

/** What two paths have in common that one file system or another takes for the same. */
export function foldPath(path: string): string {
  return path.normalize('NFC').toLowerCase()
}

/** The absolute path of a file of a mirror. Rejects with `FileFault` where a link or a file is in place of a folder. */
export async function localFile(root: string, path: string): Promise<string> {
  const segments = path.split('/')
  const name = segments.pop() ?? ''
  let folder = root
  for (const segment of segments) {
    folder = join(folder, segment)
    const found = await lstat(folder)
    if (!found.isDirectory()) throw new FileFault('a folder is needed, and there is something else', folder)
  }
  return join(folder, name)
}

/** Rejects with the error of the system where something is that is no folder. */
export async function checkFolder(folder: string): Promise<void> {
  const found = await opendir(folder).catch(falseIfMissing)
  if (found) await found.close()
}

/** Makes a folder and those above it. Node's own `recursive` never returns where a folder cannot be made in `/proc`. */
export async function makeFolders(folder: string): Promise<void> {
  try {
    await mkdir(folder)
  } catch (error) {
    if (!isSystemError(error) || error.code !== 'ENOENT' || dirname(folder) === folder)
      return ignoreExisting(error)
    await makeFolders(dirname(folder))
    await mkdir(folder).catch(ignoreExisting)
  }
}

/** Passes over the error of something that is there already, and throws any other. */
export function ignoreExisting(error: unknown): void {
  if (!(isSystemError(error) && error.code === 'EEXIST')) throw error
}

function isOwn(segment: string): boolean {
  return foldPath(segment).startsWith(LEDGER_NAME) || /^\.[\da-f]{16}\..*\.part$/i.test(segment)
}

/** The file in which a mirror notes what it wrote. */
export const LEDGER_NAME = '.dream-central-storage.jsonl'
