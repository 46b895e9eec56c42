import { dirname, join } from 'node:path'
import { noop } from '../../call/cancellation.js'
import type { FileTarget } from '../disk/file-target.js'
import { localFile } from './local-path.js'
import { MirrorFolder } from './mirror-folder.js'

/** A file that a mirror may write. */
export interface MirrorTarget extends FileTarget {
  /** Whether something may be there already. */
  readonly mayExist: boolean
  /** Rejects when its folder takes no files. */
  checkWritable(): Promise<void>
}

/** The folders of one mirror, each of which is made, checked and read once for all of its files. */
export class MirrorFolders {
  readonly #root: string
  /** By their paths in the listing. */
  readonly #folders = new Map<string, Promise<MirrorFolder>>()

  /** `root`: the absolute path of the folder of the mirror, without links on the way to it. */
  constructor(root: string) {
    this.#root = root
  }

  /**
   * The file for a path of the listing; its folders are made. Rejects with `FileFault`, or with the error of the
   * system, where a link or a file stands in their place.
   */
  async target(path: string): Promise<MirrorTarget> {
    const [parent, name] = split(path)
    const folder = await this.#get(parent)
    const file = join(folder.path, name)
    const checkFolder = async (): Promise<void> => {
      try {
        await folder.check()
      } catch (error) {
        this.#forget(parent)
        throw error
      }
    }
    return {
      path: file,
      mayExist: folder.mayHave(name),
      partials: folder.partials,
      checkFolder,
      checkWritable: () => folder.checkWritable(),
    }
  }

  /**
   * Removes what writers that are dead left in the folders, as far as it is of no file that was asked for; also in those
   * of `paths`, of which the listing may have no file any more.
   */
  async sweep(paths: readonly string[]): Promise<void> {
    const sweep = ({ partials }: MirrorFolder): Promise<void> => partials.sweep()
    for (const folder of this.#folders.values()) await folder.then(sweep, noop)
    const swept = new Set(this.#folders.keys())
    for (const path of paths) {
      const [parent] = split(path)
      if (swept.has(parent)) continue
      swept.add(parent)
      const folder = localFile(this.#root, path).then((file) => MirrorFolder.open(dirname(file)))
      await folder.then(sweep).catch(noop)
    }
  }

  #get(path: string): Promise<MirrorFolder> {
    const known = this.#folders.get(path)
    if (known) return known
    const folder = this.#make(path)
    this.#folders.set(path, folder)
    // The next file tries again.
    folder.catch(() => this.#folders.delete(path))
    return folder
  }

  async #make(path: string): Promise<MirrorFolder> {
    if (path === '') return MirrorFolder.open(this.#root)
    const [parent, name] = split(path)
    const above = await this.#get(parent)
    above.note(name)
    return MirrorFolder.make(join(above.path, name))
  }

  /** The next file makes and checks the folder anew, and those above it. */
  #forget(path: string): void {
    this.#folders.delete(path)
    if (path !== '') this.#forget(split(path)[0])
  }
}

/** The folder of a path of a listing, `''` for the root, and the name in it. */
function split(path: string): [folder: string, name: string] {
  const slash = path.lastIndexOf('/')
  return slash < 0 ? ['', path] : [path.slice(0, slash), path.slice(slash + 1)]
}
