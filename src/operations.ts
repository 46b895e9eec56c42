import type { Client } from 'openapi-fetch'
import type { paths } from '../generated/dream-central-storage.js'
import type { Through } from './api.js'
import { BufferedResponse } from './http/buffered-response.js'
import type { Call } from './http/call.js'
import type { Logger } from './logger.js'
import type { Book, BookConfig } from './payloads.js'
import { isBook, isOwnNotFound, ROUTES } from './service.js'
import { type ListedFile, listFiles, type SkippedPath } from './tree.js'
import { checkOk, unexpected, unwrap } from './unwrap.js'

/** Where a book lies in the storage. */
export interface BookPath {
  readonly publisher: string
  readonly book_name: string
}

/** An answer of a file, whatever its status, with a body that still arrives if it is a success. */
export interface PartAnswer {
  readonly response: Response
  readonly error?: unknown
  readonly body: ReadableStream<Uint8Array> | null
}

/** The operations of the service that the client uses: each sends one request and checks its answer. */
export class Operations {
  readonly #http: Client<paths>
  readonly #through: Through
  readonly #logger: Logger

  constructor(http: Client<paths>, through: Through, logger: Logger) {
    this.#http = http
    this.#through = through
    this.#logger = logger
  }

  async books(call: Call): Promise<readonly Book[]> {
    const books: unknown = unwrap(await this.#http.GET(ROUTES.books, this.#through(call)), call)
    if (!Array.isArray(books)) throw unexpected(call, 'no list of books')
    const usable = books.filter(isBook)
    if (usable.length < books.length) {
      const leftOut = books.length - usable.length
      this.#logger.warn({ ...call.facts, leftOut }, 'books without id or book_name were left out')
    }
    return usable
  }

  async book(call: Call, bookId: number): Promise<Book | null> {
    const params = { path: { book_id: bookId } }
    const result = await this.#http.GET(ROUTES.book, { params, ...this.#through(call) })
    if (isOwnNotFound(result)) return null
    const book = unwrap(result, call)
    if (!isBook(book)) throw unexpected(call, 'no book with id and book_name')
    return book
  }

  async config(call: Call, path: BookPath): Promise<BookConfig> {
    return unwrap(await this.#http.GET(ROUTES.config, { params: { path }, ...this.#through(call) }), call)
  }

  /** The files of a book; what could not be downloaded is left out and told to `skip`. */
  async contents(call: Call, path: BookPath, skip?: SkippedPath): Promise<ListedFile[]> {
    const contents = unwrap(
      await this.#http.GET(ROUTES.contents, { params: { path }, ...this.#through(call) }),
      call,
    )
    const files = listFiles(contents, (skipped, reason) => {
      this.#logger.warn({ ...call.facts, path: skipped, reason }, 'a path of the listing was left out')
      skip?.(skipped, reason)
    })
    if (!files) throw unexpected(call, 'no tree and no list of paths')
    return files
  }

  /** `range` is the value of the header. */
  async part(call: Call, path: BookPath, assetPath: string, range: string | undefined): Promise<PartAnswer> {
    const params = { path, query: { path: assetPath } }
    const headers = range === undefined ? {} : { range }
    const init = { params, headers, parseAs: 'stream', ...this.#through(call) } as const
    const { data, error, response } = await this.#http.GET(ROUTES.object, init)
    return { response, error, body: data ?? null }
  }

  async object(call: Call, path: BookPath, assetPath: string): Promise<Uint8Array> {
    const params = { path, query: { path: assetPath } }
    // Not parsed by openapi-fetch: the bytes have been read inside the attempt.
    const result = await this.#http.GET(ROUTES.object, { params, parseAs: 'stream', ...this.#through(call) })
    checkOk(result, call)
    const { response } = result
    // A middleware may have put an answer of its own in its place.
    return response instanceof BufferedResponse
      ? response.content
      : new Uint8Array(await response.arrayBuffer())
  }
}
