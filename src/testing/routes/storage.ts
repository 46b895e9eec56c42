import type { HttpHandler } from 'msw'
import type { Backend } from '../backend.js'
import { findBook } from '../catalogue.js'
import { contractHttp } from '../contract-http.js'
import type { BookRow } from '../database.js'
import { configOf, rootOf } from '../library.js'
import { refuse } from '../replies.js'
import { buildTree } from '../tree.js'

/** Listings and configurations of books. */
export function storageRoutes(backend: Backend): HttpHandler[] {
  const http = contractHttp()
  return [
    http.get('/storage/books/{publisher}/{book_name}', ({ params, response }) => {
      const root = rootOf(backend, params.publisher, params.book_name)
      return response(200).json(buildTree(root, backend.books.list(root)))
    }),
    http.get('/storage/books/{publisher}/{book_name}/config', ({ params, response }) => {
      const book = bookNamed(backend, params.publisher, params.book_name)
      if (backend.dialect === '2025' && book.version === null) {
        throw refuse(400, 'Book has no version information')
      }
      const config = parsedConfig(backend, book)
      if (config === undefined) throw refuse(404, 'config.json not found')
      return response(200).json(config)
    }),
  ]
}

/** Finds the book of a storage path. Throws the 404 of the service. */
export function bookNamed(backend: Backend, publisher: string, bookName: string): BookRow {
  const row = backend.db.books.find({ publisher, book_name: bookName })
  return row ?? findBook(backend, 0)
}

function parsedConfig(backend: Backend, book: BookRow): ReturnType<typeof configOf> {
  try {
    return configOf(backend, book)
  } catch {
    throw refuse(502, 'config.json is invalid')
  }
}
