import { access, constants, lstat, open, readdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { noop } from '../../call/cancellation.js'
import { falseIfMissing, guardFile } from './file-errors.js'
import { type StalePartial, StalePartials } from './stale-partials.js'

/** The file that a download writes, and what is known of its folder. The methods reject with `FileFault`. */
export interface FileTarget {
  readonly path: string
  /** What earlier downloads to it left and nobody writes any more. */
  findStale(): Promise<StalePartial[]>
  /** Rejects when its folder is no longer the one that was checked; asked right before a name in it is made. */
  checkFolder(): Promise<void>
}

/** A path that the caller names, of which nothing is known: a link on the way to it is the caller's own. */
export function targetAt(path: string): FileTarget {
  return { path, findStale: () => findStale(path), checkFolder: async () => noop() }
}

/** Rejects with `FileFault` for a target that could not be written, before there is anything to write. */
export function checkTarget(target: string): Promise<void> {
  return guardFile(target, async () => {
    const isFolder = await lstat(target).then((found) => found.isDirectory(), falseIfMissing)
    // A folder cannot be opened so, and the system says why.
    if (isFolder) await (await open(target, 'r+')).close()
    await access(dirname(target), constants.W_OK)
  })
}

/** What earlier downloads to a target left and nobody writes any more. Rejects with `FileFault`. */
export function findStale(target: string): Promise<StalePartial[]> {
  const folder = dirname(target)
  return guardFile(target, async () => new StalePartials(folder, await readdir(folder)).of(target))
}
