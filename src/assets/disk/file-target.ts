import type { Stats } from 'node:fs'
import { access, constants, lstat, open, readdir, readlink, realpath } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { noop } from '../../call/cancellation.js'
import { FileFault, falseIfMissing, guardFile } from './file-errors.js'
import { StalePartials } from './stale-partials.js'

/** The file that a download writes, and what is known of its folder. */
export interface FileTarget {
  readonly path: string
  /** What earlier downloads to the files of its folder left. The folder is read once. */
  readonly partials: StalePartials
  /** Rejects when its folder is no longer the one that was checked; asked right before a name in it is made. */
  checkFolder(): Promise<void>
}

/**
 * The target for a path that the caller names. A link is followed to its file, or to where that would be, as for any
 * write; so the link stays. Rejects with `FileFault` for what could not be written, before there is anything to write.
 */
export function openTarget(path: string): Promise<FileTarget> {
  return guardFile(path, async () => {
    const file = await followLinks(path)
    await statReplaceable(file)
    const folder = dirname(file)
    await access(folder, constants.W_OK)
    const checkFolder = async (): Promise<void> => noop()
    const partials = new StalePartials(folder, await readdir(folder), checkFolder)
    return { path: file, partials, checkFolder }
  })
}

/** @returns what the system says about a file; false when there is none @throws {@link FileFault} for anything else */
export async function statReplaceable(path: string): Promise<Stats | false> {
  const found = await lstat(path).catch(falseIfMissing)
  if (!found || found.isFile()) return found
  // A folder cannot be opened so, and the system says why.
  if (found.isDirectory()) await (await open(path, 'r+')).close()
  throw new FileFault('exists and is not a regular file', path)
}

/** The path itself unless it is a link. A circle of links rejects with the error of the system. */
async function followLinks(path: string): Promise<string> {
  const found = await lstat(path).catch(falseIfMissing)
  if (found === false || !found.isSymbolicLink()) return path
  const file = await realpath(path).catch(falseIfMissing)
  if (file) return file
  return followLinks(resolve(await realpath(dirname(path)), await readlink(path)))
}
