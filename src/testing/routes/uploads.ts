import type { HttpHandler } from 'msw'
import type { ContentUploadResult } from '../../../generated/dream-central-storage.js'
import { type Archive, conflict, readArchive, store } from '../archive.js'
import type { Backend } from '../backend.js'
import { changeBook, createBook, findBook } from '../catalogue.js'
import { contractHttp } from '../contract-http.js'
import type { BookRow } from '../database.js'
import { contentFolder, presentBook, rootOf } from '../library.js'
import { refuse } from '../replies.js'
import { readId } from '../validation.js'

/** Uploads of books: new ones, and new versions. */
export function uploadRoutes(backend: Backend): HttpHandler[] {
  const http = contractHttp()
  return [
    http.post('/books/upload', async ({ request, query, response }) => {
      const archive = await readArchive(request)
      const book = bookOf(backend, archive)
      const { files, version } = unpack(backend, archive, book, query.get('override') === 'true')
      return response(201).json({ book: presentBook(backend, findBook(backend, book.id)), version, files })
    }),
    http.post('/books/{book_id}/upload', async ({ params, request, query, response }) => {
      const book = findBook(backend, readId(params.book_id, ['path', 'book_id']))
      const archive = await readArchive(request)
      return response(201).json(unpack(backend, archive, book, query.get('override') === 'true'))
    }),
  ]
}

type Unpacked = Required<ContentUploadResult>

function bookOf(backend: Backend, { manifest: { publisher, bookName } }: Archive): BookRow {
  if (publisher === undefined || bookName === undefined) {
    throw refuse(400, 'config.json names no publisher_name and book_title')
  }
  const known = backend.db.books.find({ publisher, book_name: bookName })
  return known ?? createBook(backend, { publisher, book_name: bookName })
}

function unpack(backend: Backend, archive: Archive, book: BookRow, override: boolean): Unpacked {
  const { version } = archive.manifest
  if (book.publisher === null) throw refuse(400, 'Book has no publisher')
  const root = rootOf(backend, book.publisher, book.book_name)
  const folder = root + contentFolder(backend, { ...book, version })
  if (backend.books.list(folder).length > 0 && !override) throw conflict(version)
  backend.books.remove(folder)
  const files = store(archive, backend.books, folder)
  changeBook(backend, book.id, { version, status: 'published' })
  return { book_id: book.id, version, files }
}
