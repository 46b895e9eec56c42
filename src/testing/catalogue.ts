import type { BookCreate, BookUpdate } from '../../generated/dream-central-storage.js'
import type { Backend } from './backend.js'
import { type BookRow, nextId } from './database.js'
import { contentFolder, filesOf, rootOf, transfer } from './library.js'
import { refuse } from './replies.js'
import { timestamp } from './tokens.js'

/** Finds a book by its id. Throws the 404 of the service. */
export function findBook({ db }: Backend, id: number): BookRow {
  const row = db.books.find({ id })
  if (!row) throw refuse(404, 'Book not found')
  return row
}

/** Adds a book without files. Its status is `draft` unless `book` sets another. */
export function createBook(backend: Backend, book: BookCreate): BookRow {
  const now = timestamp(backend.now())
  return backend.db.books.insert({
    id: nextId(backend.db.books),
    publisher: book.publisher,
    publisher_id: publisherId(backend, book.publisher),
    book_name: book.book_name,
    book_title: book.book_name,
    language: book.language ?? null,
    category: book.category ?? null,
    version: book.version ?? null,
    status: book.status ?? 'draft',
    created_at: now,
    updated_at: now,
  })
}

/** Changes a book. When its name or publisher changes, its files move too. */
export function changeBook(backend: Backend, id: number, changes: BookUpdate): BookRow {
  const before = findBook(backend, id)
  const { publisher } = changes
  backend.db.books.update(
    { id },
    {
      ...changes,
      ...(publisher !== undefined && { publisher_id: publisherId(backend, publisher) }),
      updated_at: timestamp(backend.now()),
    },
  )
  const after = findBook(backend, id)
  moveFiles(backend, before, after)
  return after
}

/** Archives a book and moves its files to the trash. */
export function discardBook(backend: Backend, book: BookRow): BookRow {
  if (filesOf(backend, book).length > 0) {
    const root = rootOf(backend, `${book.publisher}`, book.book_name)
    throwAway(backend, 'books', root, book.id)
  }
  return changeBook(backend, book.id, { status: 'archived' })
}

/** Moves all files below `root` to the trash, as one entry. */
export function throwAway(
  backend: Backend,
  bucket: 'books' | 'apps',
  root: string,
  bookId: number | null,
): void {
  const key = `${bucket}/${root}`
  backend.trash.remove(key)
  transfer(backend[bucket], backend.trash, root, key)
  backend.db.trash.remove({ key })
  backend.db.trash.insert({ key, root, book_id: bookId })
}

function publisherId({ db }: Backend, publisher: string): number {
  const known = db.books.find({ publisher })?.publisher_id
  return known ?? Math.max(0, ...db.books.all().map(({ publisher_id }) => publisher_id ?? 0)) + 1
}

function moveFiles(backend: Backend, before: BookRow, after: BookRow): void {
  const { publisher, book_name } = before
  if (publisher === null || after.publisher === null) return
  if (publisher === after.publisher && book_name === after.book_name) return
  const from = rootOf(backend, publisher, book_name)
  const to = rootOf(backend, after.publisher, after.book_name)
  transfer(backend.books, backend.books, from, to)
  transfer(
    backend.books,
    backend.books,
    to + contentFolder(backend, before),
    to + contentFolder(backend, after),
  )
}
