import { access, constants, lstat, mkdir, readdir, realpath } from 'node:fs/promises'
import { FileFault } from '../disk/file-errors.js'
import { StalePartials } from '../disk/stale-partials.js'
import { foldPath, ignoreExisting } from './local-path.js'

// The longest name that most file systems take.
const MAX_NAME_BYTES = 255

/** A folder of a mirror: checked and read once, when the first of its files is brought. */
export class MirrorFolder {
  readonly path: string
  readonly partials: StalePartials
  /** The path that the system gives for it; another one tells that a link has taken the place of a folder. */
  readonly #realPath: string
  /** What may be there, in the spelling in which file systems compare names. */
  readonly #names: Set<string>
  #writable: Promise<void> | undefined

  private constructor(path: string, realPath: string, names: readonly string[]) {
    this.path = path
    this.partials = new StalePartials(path, names, () => this.check())
    this.#realPath = realPath
    this.#names = new Set(names.map(foldPath))
  }

  /** Makes one if it is missing, and opens it. */
  static async make(path: string): Promise<MirrorFolder> {
    await mkdir(path).catch(ignoreExisting)
    return MirrorFolder.open(path)
  }

  /** Rejects with `FileFault`, or with the error of the system, where something else is. */
  static async open(path: string): Promise<MirrorFolder> {
    const realPath = await realpath(path)
    // Only now: a link that takes its place before is seen here, one that does so afterwards by `check`.
    const found = await lstat(path)
    if (!found.isDirectory()) throw new FileFault('a folder is needed, and there is something else', path)
    return new MirrorFolder(path, realPath, await readdir(path))
  }

  /** Whether the system must be asked what is there by a name; otherwise nothing is. */
  mayHave(name: string): boolean {
    return this.#names.has(foldPath(name)) || Buffer.byteLength(name) > MAX_NAME_BYTES
  }

  /** The mirror makes something by this name. */
  note(name: string): void {
    this.#names.add(foldPath(name))
  }

  /** Rejects when it, or a folder above it, is no longer what it was: nothing is written through a link. */
  async check(): Promise<void> {
    // One call of the system for all the folders on the way.
    if ((await realpath(this.path)) === this.#realPath) return
    throw new FileFault('a folder was replaced during the mirror', this.path)
  }

  /** Rejects with the error of the system when no file can be made in it. */
  checkWritable(): Promise<void> {
    this.#writable ??= access(this.path, constants.W_OK)
    return this.#writable
  }
}
