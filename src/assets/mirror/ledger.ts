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
 * What mirrors wrote into a folder, of one book. A line is appended for each file that is written or removed, so that a
 * mirror that is killed has noted all that were done. The file is shared by all books and mirrors of the folder.
 */
export class Ledger {
  readonly #file: LedgerFile
  readonly #book: BookPath
  /** By the path of the listing. */
  readonly #entries = new Map<string, LedgerEntry>()

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

  /** @returns the entry of a file; undefined when no mirror wrote it */
  get(path: string): LedgerEntry | undefined {
    return this.#entries.get(path)
  }

  /** @returns all entries */
  entries(): LedgerEntry[] {
    return [...this.#entries.values()]
  }

  /** Rejects with `FileFault` when nothing can be noted. */
  checkWritable(): Promise<void> {
    return this.#file.checkWritable()
  }

  /** Notes a file; resolves when it is noted on disk. */
  add(entry: LedgerEntry): Promise<void> {
    return this.#append({ ...this.#book, ...entry })
  }

  /** Removes an entry, on disk as well; one that another mirror has noted since for the same file stays. */
  remove(entry: LedgerEntry): Promise<void> {
    return this.#append({ ...this.#book, ...entry, removed: true })
  }

  #append(line: Line): Promise<void> {
    this.#take(line)
    return this.#file.append(JSON.stringify(line))
  }

  #take(line: Line | undefined): void {
    const { publisher, book_name } = this.#book
    if (line?.publisher !== publisher || line.book_name !== book_name) return
    if (line.removed !== true) this.#entries.set(line.path, line)
    else if (this.#entries.get(line.path)?.mtimeMs === line.mtimeMs) this.#entries.delete(line.path)
  }
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
