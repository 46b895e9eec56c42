import { lstat, mkdir, opendir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { assetPathFault } from '../../service/paths.js'
import { FileFault, falseIfMissing, isSystemError } from '../disk/file-errors.js'

// Names that Windows reserves for devices, with any extension; and the characters that it refuses.
const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\..*)?$/i
const DRIVE = /^[a-z]:/i
const REFUSED = process.platform === 'win32' ? /[<>"|?*:]/ : /[<>"|?*]/
const IGNORED_END = /[. ]$/

/** @returns why a path of a listing cannot be a file on every operating system, for messages; undefined when it can */
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

/** @returns the same text for paths that some file system takes for the same: in Unicode form NFC, in lower case */
export function foldPath(path: string): string {
  return path.normalize('NFC').toLowerCase()
}

/** @returns why two paths that `foldPath` makes equal cannot both be files, for messages */
export function clashFault(path: string, other: string): string {
  const [form, otherForm] = [path.normalize('NFC'), other.normalize('NFC')]
  if (path === other) return 'is listed more than once'
  if (form === otherForm) return 'differs from another path in its Unicode form only'
  const isOfCase = path.toLowerCase() === other.toLowerCase()
  return `differs from another path in upper and lower case${isOfCase ? '' : ' and Unicode form'} only`
}

/** The absolute path of a file of a mirror. Rejects with `FileFault` where a link or a file is in place of a folder. */
export async function localFile(root: string, path: string): Promise<string> {
  const segments = path.split('/')
  const name = segments.pop() ?? ''
  let folder = root
  for (const segment of segments) {
    folder = join(folder, segment)
    const found = await lstat(folder)
    if (!found.isDirectory()) throw new FileFault('exists and is not a folder', folder)
  }
  return join(folder, name)
}

/** @throws the error of the system when there is something that is no folder */
export async function checkFolder(folder: string): Promise<void> {
  const found = await opendir(folder).catch(falseIfMissing)
  if (found) await found.close()
}

/** Creates a folder and those above it. The option `recursive` of Node.js never returns for a folder in `/proc`. */
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

/** The name of the ledger of a mirror, in its folder. */
export const LEDGER_NAME = '.dream-central-storage.jsonl'
