import type { HttpHandler } from 'msw'
import type { BookBatchRequest, BookCreate, BookUpdate } from '../../../generated/dream-central-storage.js'
import type { Backend } from '../backend.js'
import { changeBook, createBook, discardBook, findBook } from '../catalogue.js'
import { contractHttp } from '../contract-http.js'
import type { BookRow } from '../database.js'
import { presentBook } from '../library.js'
import { IDS, NAME, nullable, optional, readBody, readId, STATUS, TEXT } from '../validation.js'

const METADATA = { language: nullable(TEXT), category: nullable(TEXT), version: nullable(TEXT) }
const STATE = optional(STATUS)

type Metadata = 'publisher' | 'book_name' | 'language' | 'category' | 'version' | 'status'

/** The catalogue: list, read, add, change and delete books. */
export function bookRoutes(backend: Backend): HttpHandler[] {
  const http = contractHttp()
  const bookOf = (id: string): BookRow => findBook(backend, readId(id, ['path', 'book_id']))
  return [
    http.get('/books/', ({ query, response }) => {
      const rows = listed(backend, query.get('publisher_id'))
      return response(200).json(rows.map((row) => presentBook(backend, row)))
    }),
    http.post('/books/', async ({ request, response }) => {
      const rules = { publisher: NAME, book_name: NAME, ...METADATA, status: STATE }
      const row = createBook(backend, await readBody<Pick<BookCreate, Metadata>>(request, rules))
      return response(201).json(presentBook(backend, row))
    }),
    http.get('/books/{book_id}', ({ params, response }) =>
      response(200).json(presentBook(backend, bookOf(params.book_id))),
    ),
    http.put('/books/{book_id}', async ({ params, request, response }) => {
      const { id } = bookOf(params.book_id)
      const rules = { publisher: optional(NAME), book_name: optional(NAME), ...METADATA, status: STATE }
      const row = changeBook(backend, id, await readBody<Pick<BookUpdate, Metadata>>(request, rules))
      return response(200).json(presentBook(backend, row))
    }),
    http.delete('/books/{book_id}', ({ params, response }) => {
      const row = discardBook(backend, bookOf(params.book_id))
      return response(200).json(presentBook(backend, row))
    }),
  ]
}

/** The catalogue routes that 2026 adds. */
export function bookRoutesSince2026(backend: Backend): HttpHandler[] {
  const http = contractHttp()
  return [
    http.post('/books/batch', async ({ request, response }) => {
      const { ids } = await readBody<BookBatchRequest>(request, { ids: IDS })
      const rows = ids.flatMap((id) => backend.db.books.find({ id }) ?? [])
      return response(200).json(rows.map((row) => presentBook(backend, row)))
    }),
  ]
}

// Sorted by the last change; the service promises no order.
function listed({ dialect, db }: Backend, publisherId: string | null): BookRow[] {
  const rows = db.books.all().sort((left, right) => `${left.updated_at}`.localeCompare(`${right.updated_at}`))
  if (dialect === '2025') return rows
  const current = rows.filter(({ status }) => status !== 'archived')
  if (publisherId === null) return current
  const id = readId(publisherId, ['query', 'publisher_id'])
  return current.filter(({ publisher_id }) => publisher_id === id)
}
