import { join } from 'node:path'
import type { BookPath } from '../../service/paths.js'
import { LedgerFile } from './ledger-file.js'
import { LEDGER_NAME, localPathFault } from './local-path.js'

/** A file that a mirror wrote, as it was then. */
export interface LedgerEntry {
  /** The path of the listing. */
  readonly path: string
  readonly size: number
  /** Time of the last change, in milliseconds since the epoch. */
  readonly mtimeMs: number
  readonly etag?: string
}

/** A line of JSON: a file that was written, or the end of that entry. */
interface Line extends BookPath, LedgerEntry {
  readonly removed?: true
}

/**
 * What mirrors wrote into a folder, of one book. A line is appended before a file takes its place and after one was
 * removed, so that a mirror that is killed has noted all that it wrote. Which of several versions of a file is there, the
 * file itself tells: two mirrors may write it at a time, and one may be killed before its own takes the place. The ledger
 * is shared by all books and mirrors of the folder.
 */
export class Ledger {
  readonly #file: LedgerFile
  readonly #book: BookPath
  /** The versions by the path of the listing, none of them empty. */
  readonly #versions = new Map<string, LedgerEntry[]>()

  private constructor(file: LedgerFile, book: BookPath) {
    this.#file = file
    this.#book = book
  }

  /** @returns the ledger of a folder, without invalid lines, such as a cut one @throws {@link FileFault} for no usable file */
  static async read(directory: string, book: BookPath): Promise<Ledger> {
    const file = new LedgerFile(join(directory, LEDGER_NAME))
    const ledger = new Ledger(file, book)
    for (const text of await file.read()) ledger.#take(parse(text))
    return ledger
  }

  /** The path of its file. */
  get path(): string {
    return this.#file.path
  }

  /** @returns the versions of a file that mirrors wrote; none when no mirror wrote it */
  versions(path: string): readonly LedgerEntry[] {
    return this.#versions.get(path) ?? []
  }

  /** @returns the paths of all files */
  paths(): string[] {
    return [...this.#versions.keys()]
  }

  /** Rejects with `FileFault` when nothing can be noted. */
  checkWritable(): Promise<void> {
    return this.#file.checkWritable()
  }

  /** Notes a file; resolves when it is noted on disk. */
  add(entry: LedgerEntry): Promise<void> {
    return this.#append({ ...this.#book, ...entry })
  }

  /** Removes a file, on disk as well; a version that another mirror has noted since stays. */
  async remove(path: string): Promise<void> {
    const ends = this.versions(path).map((version) => ({ ...this.#book, ...version, removed: true as const }))
    await Promise.all(ends.map((end) => this.#append(end)))
  }

  #append(line: Line): Promise<void> {
    this.#take(line)
    return this.#file.append(JSON.stringify(line))
  }

  #take(line: Line | undefined): void {
    const { publisher, book_name } = this.#book
    if (line?.publisher !== publisher || line.book_name !== book_name) return
    const others = this.versions(line.path).filter((version) => !isVersion(version, line))
    const versions = line.removed ? others : [...others, line]
    if (versions.length > 0) this.#versions.set(line.path, versions)
    else this.#versions.delete(line.path)
  }
}

/** @returns whether a file is as an entry says */
export function isVersion(entry: LedgerEntry, { size, mtimeMs }: { size: number; mtimeMs: number }): boolean {
  return entry.size === size && entry.mtimeMs === mtimeMs
}

function parse(text: string): Line | undefined {
  try {
    const line: Partial<Line> = JSON.parse(text)
    const isNamed = [line.publisher, line.book_name].every((name) => typeof name === 'string')
    const isMeasured = [line.size, line.mtimeMs].every(Number.isFinite)
    return isNamed && isMeasured && !localPathFault(line.path) ? (line as Line) : undefined
  } catch {
    return undefined
  }
}
