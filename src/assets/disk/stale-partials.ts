import { constants, type Stats } from 'node:fs'
import { type FileHandle, lstat, open, unlink } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { noop } from '../../call/cancellation.js'
import { falseIfMissing } from './file-errors.js'
import { DEAD_AFTER_MS, statsOfNewFile } from './heartbeat.js'
import { digest, parsePartialName } from './partial-name.js'

/** A partial file that nobody writes any more: how much of which object. */
export interface StalePartial {
  readonly file: string
  readonly bytes: number
  readonly stats: Stats
  /** Whether it is of the object with this entity tag. */
  isOf(etag: string | undefined): boolean
}

// Without following a link, and without waiting for the other end of a FIFO.
const OPEN = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK

/** The partial files among the names of a folder. */
export class StalePartials {
  readonly #folder: string
  readonly #checkFolder: () => Promise<void>
  /** By the digest of the target. */
  readonly #names = new Map<string, string[]>()
  /** The digests of the targets that somebody has asked for. */
  readonly #asked = new Set<string>()

  /** `checkFolder` rejects when the folder is no longer the one that has these names. */
  constructor(folder: string, names: readonly string[], checkFolder: () => Promise<void>) {
    this.#folder = folder
    this.#checkFolder = checkFolder
    for (const name of names) this.add(name)
  }

  /** Adds a name, such as that of what a download has just left; no partial file is ignored. */
  add(name: string): void {
    const target = parsePartialName(name)?.target
    if (target === undefined) return
    const names = this.#names.get(target)
    if (names) names.push(name)
    else this.#names.set(target, [name])
  }

  /** Those of a target: kept ones, and those whose writer is dead. Rejects with the error of the system. */
  async of(target: string): Promise<StalePartial[]> {
    const key = digest(basename(target))
    this.#asked.add(key)
    return this.#find(this.#names.get(key) ?? [], true)
  }

  /** Removes those that were not touched for a minute, of targets that nobody has asked for. What cannot go stays. */
  async sweep(): Promise<void> {
    const names = [...this.#names].flatMap(([target, those]) => (this.#asked.has(target) ? [] : those))
    await this.#find(names, false).then(removeStale, noop)
  }

  /** What is not our own is not found: a link, or the file of another user, was put there by somebody else. */
  async #find(names: readonly string[], withKept: boolean): Promise<StalePartial[]> {
    if (names.length === 0) return []
    await this.#checkFolder()
    const { mtimeMs: now, uid } = await statsOfNewFile(this.#folder)
    const found: StalePartial[] = []
    for (const name of names) {
      const { tag, isKept } = parsePartialName(name) ?? {}
      const file = join(this.#folder, name)
      const stats = await lstat(file).catch(falseIfMissing)
      if (stats === false || !stats.isFile() || stats.nlink !== 1 || stats.uid !== uid) continue
      if (!(withKept && isKept) && now - stats.mtimeMs <= DEAD_AFTER_MS) continue
      const isOf = (etag: string | undefined): boolean => etag !== undefined && tag === digest(etag)
      found.push({ file, bytes: stats.size, stats, isOf })
    }
    return found
  }
}

/** Opens one for reading; undefined when it is no longer what it was, or something else is in its place. */
export async function openStale({ file, stats }: StalePartial): Promise<FileHandle | undefined> {
  const handle = await open(file, OPEN).catch(noop)
  if (!handle) return undefined
  if (isUnchanged(await handle.stat(), stats)) return handle
  await handle.close()
  return undefined
}

/** Removes what earlier downloads left, unless it was touched since it was found. */
export async function removeStale(partials: readonly StalePartial[]): Promise<void> {
  for (const { file, stats } of partials) {
    const now = await lstat(file).catch(noop)
    if (now && isUnchanged(now, stats)) await unlink(file).catch(noop)
  }
}

function isUnchanged(now: Stats, before: Stats): boolean {
  const facts = ['dev', 'ino', 'nlink', 'uid', 'size', 'mtimeMs'] as const
  return facts.every((fact) => now[fact] === before[fact])
}
