import type { Stats } from 'node:fs'
import { access, constants, lstat, open, readdir, readlink, realpath } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { noop } from '../../call/cancellation.js'
import { FileFault, falseIfMissing, guardFile } from './file-errors.js'
import { type StalePartial, StalePartials } from './stale-partials.js'

/** The file that a download writes, and what is known of its folder. The methods reject with `FileFault`. */
export interface FileTarget {
  readonly path: string
  /** The mode of the file that is there already: its bytes may be private before they are complete, too. */
  readonly mode?: number
  /** What earlier downloads to it left and nobody writes any more. */
  findStale(): Promise<StalePartial[]>
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
    const found = await statReplaceable(file)
    await access(dirname(file), constants.W_OK)
    const target = { path: file, findStale: () => findStale(file), checkFolder: async () => noop() }
    return found ? { ...target, mode: found.mode & 0o777 } : target
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

/** What earlier downloads to a target left and nobody writes any more. Rejects with `FileFault`. */
export function findStale(target: string): Promise<StalePartial[]> {
  const folder = dirname(target)
  return guardFile(target, async () =>
    new StalePartials(folder, await readdir(folder), async () => noop()).of(target),
  )
}

/** The path itself unless it is a link. A circle of links rejects with the error of the system. */
async function followLinks(path: string): Promise<string> {
  const found = await lstat(path).catch(falseIfMissing)
  if (found === false || !found.isSymbolicLink()) return path
  const file = await realpath(path).catch(falseIfMissing)
  if (file) return file
  return followLinks(resolve(await realpath(dirname(path)), await readlink(path)))
}
