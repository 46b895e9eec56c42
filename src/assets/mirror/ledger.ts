import { randomUUID } from 'node:crypto'
import { lstat, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BookPath } from '../../service/paths.js'
import { FileFault, falseIfMissing } from '../disk/file-errors.js'
import { LineAppender } from './line-appender.js'
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

type Line = BookPath & LedgerEntry

/** What mirrors wrote into a folder: a line of JSON a file, so that one that is killed has noted all that were done. */
export class Ledger {
  readonly #file: string
  readonly #lines: Map<string, Line>
  readonly #appender: LineAppender

  private constructor(file: string, lines: Map<string, Line>) {
    this.#file = file
    this.#lines = lines
    this.#appender = new LineAppender(file)
  }

  /** @returns the ledger of a folder, without invalid lines, such as a cut one @throws {@link FileFault} for a link */
  static async read(directory: string): Promise<Ledger> {
    const file = join(directory, LEDGER_NAME)
    const found = await lstat(file).catch(falseIfMissing)
    // A link would be followed out of the folder.
    if (found && !found.isFile()) throw new FileFault('exists and is not a regular file', file)
    const text = found && (await readFile(file, 'utf8'))
    const lines = (text || '').split('\n').flatMap((line) => parse(line) ?? [])
    return new Ledger(file, new Map(lines.map((line) => [keyOf(line, line.path), line])))
  }

  /** @returns the entry of a file; undefined when no mirror wrote it */
  get(book: BookPath, path: string): LedgerEntry | undefined {
    return this.#lines.get(keyOf(book, path))
  }

  /** @returns the entries of one book */
  of({ publisher, book_name }: BookPath): LedgerEntry[] {
    const isOfBook = (line: Line): boolean => line.publisher === publisher && line.book_name === book_name
    return [...this.#lines.values()].filter(isOfBook)
  }

  /** Notes a file; resolves when it is noted on disk. */
  add(book: BookPath, entry: LedgerEntry): Promise<void> {
    const line = { ...book, ...entry }
    this.#lines.set(keyOf(book, entry.path), line)
    return this.#appender.append(JSON.stringify(line))
  }

  /** Removes a file; on disk with the next `save`. */
  remove(book: BookPath, path: string): void {
    this.#lines.delete(keyOf(book, path))
  }

  /** Replaces the ledger on disk in one step. */
  async save(): Promise<void> {
    const fresh = `${this.#file}.${randomUUID()}`
    const text = Array.from(this.#lines.values(), (line) => `${JSON.stringify(line)}\n`).join('')
    await writeFile(fresh, text, { flag: 'wx' })
    await rename(fresh, this.#file)
  }
}

// A slash can stand in the path only, which is the last.
function keyOf({ publisher, book_name }: BookPath, path: string): string {
  return `${publisher}/${book_name}/${path}`
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
