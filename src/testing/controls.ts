import type { Book, BookConfig, BookCreate } from '../../generated/dream-central-storage.js'
import type { Backend } from './backend.js'
import { bytesContent, type Content } from './bucket.js'
import { createBook } from './catalogue.js'
import { type BookRow, nextId } from './database.js'
import { contentFolder, filesOf, presentBook, rootOf } from './library.js'

/** A book to add, with its files. */
export interface MockBook extends BookCreate {
  /** The content of config.json. */
  config?: BookConfig
  /**
   * Files by their path within the book: bytes, text (stored as UTF-8), or content that is generated on
   * demand.
   */
  files?: Readonly<Record<string, Uint8Array | string | Content>>
}

/** A user who can log in. */
export interface MockUser {
  email: string
  password: string
}

/** Adds a user. The email is trimmed and converted to lower case, as the login does it. */
export function addUser({ db }: Backend, { email, password }: MockUser): void {
  db.users.insert({ id: nextId(db.users), email: email.trim().toLowerCase(), password })
}

/** Adds a book with its files. Unless it is a draft, its version is 1.0.0 and it is published. */
export function addBook(backend: Backend, { config, files = {}, ...book }: MockBook): Book {
  const { status = 'published' } = book
  const version = status === 'draft' ? null : '1.0.0'
  const row = createBook(backend, { version, ...book, status })
  for (const [path, data] of Object.entries(files)) write(backend, row, path, data)
  if (config !== undefined) write(backend, row, 'config.json', JSON.stringify(config, null, 2))
  return presentBook(backend, row)
}

/** Removes a book and its files; they do not go to the trash. Throws a TypeError for an unknown id. */
export function removeBook(backend: Backend, id: number): void {
  const row = backend.db.books.find({ id })
  if (!row) throw new TypeError(`the mock service has no book ${id}`)
  for (const { key } of filesOf(backend, row)) backend.books.remove(key)
  backend.db.books.remove({ id })
}

/** Writes a file of a book. Returns its path relative to the root of the listing. */
export function putObject(
  backend: Backend,
  publisher: string,
  bookName: string,
  path: string,
  data: Uint8Array | string,
): string {
  const row = backend.db.books.find({ publisher, book_name: bookName })
  if (!row) throw new TypeError(`the mock service has no book ${publisher} / ${bookName}`)
  return write(backend, row, path, data)
}

function write(backend: Backend, row: BookRow, path: string, data: Uint8Array | string | Content): string {
  const { publisher, version, book_name } = row
  if (publisher === null || (backend.dialect === '2025' && version === null)) {
    throw new TypeError(`${book_name} is a draft: it has no files`)
  }
  const relative = contentFolder(backend, row) + path
  const content = typeof data === 'object' && 'read' in data ? data : bytesContent(data)
  backend.books.put(rootOf(backend, publisher, book_name) + relative, content)
  return relative
}
