import type { Client } from 'openapi-fetch'
import type { components, paths } from '../generated/dream-central-storage.js'
import { BOOKS_KEY, type CacheScope, configKey, scopeKey } from './cache-keys.js'
import { Operations } from './operations.js'
import type { CallOptions, DreamCentralStorageOptions } from './options.js'
import { assemble, type Parts } from './parts.js'
import { buildUrl, checkAssetPath, checkBookId, checkBookPath } from './paths.js'
import { type ResolvedOptions, resolveOptions } from './resolve-options.js'
import { type Kind, Runner } from './runner.js'
import { ROUTES } from './service.js'
import { type ClientStats, readStats } from './stats.js'

type Schemas = components['schemas']
/** A book of the catalogue. */
export type Book = Schemas['Book']
/** What a book's config.json holds: any JSON value. */
export type BookConfig = Schemas['BookConfig']
/** What a login answers. */
export type TokenResponse = Schemas['TokenResponse']

const KINDS = {
  login: { method: 'POST', route: ROUTES.login },
  books: { method: 'GET', route: ROUTES.books },
  book: { method: 'GET', route: ROUTES.book },
  config: { method: 'GET', route: ROUTES.config },
  contents: { method: 'GET', route: ROUTES.contents },
  object: { method: 'GET', route: ROUTES.object },
  download: { method: 'GET', route: ROUTES.object, download: true },
} as const satisfies Record<string, Kind>

/**
 * A client of one Dream Central Storage service.
 * @example
 * await using client = new DreamCentralStorageClient({ baseUrl, email, password })
 * const books = await client.getBooks()
 */
export class DreamCentralStorageClient implements AsyncDisposable {
  /** The typed openapi-fetch client of the whole contract, through the same pipeline. */
  readonly api: Client<paths>
  readonly #options: ResolvedOptions
  readonly #parts: Parts
  readonly #runner: Runner
  readonly #operations: Operations

  /** Throws `…InputError` for options that are unknown, of the wrong type, missing or contradictory. */
  constructor(options: DreamCentralStorageOptions) {
    this.#options = resolveOptions(options)
    this.#parts = assemble(this.#options)
    const { api, calls, cache, http, through } = this.#parts
    this.api = api
    this.#runner = new Runner(calls, cache, this.#options.logger)
    this.#operations = new Operations(http, through, this.#options.logger)
  }

  /** Logs in anew and replaces the token; with the option `token`, answers that one. Throws `…AuthError` if refused. */
  async authenticate(options?: CallOptions): Promise<TokenResponse> {
    return this.#runner.hold(KINDS.login, options, async (call) => {
      const { text } = await this.#parts.source.authenticate(call)
      return { access_token: text, token_type: 'bearer' }
    })
  }

  /** The catalogue, frozen, from the cache if it is there. What has no `id` or `book_name` is left out. */
  async getBooks(options?: CallOptions): Promise<readonly Book[]> {
    const caching = { key: BOOKS_KEY, ttlMs: this.#options.cache ? this.#options.cache.booksTtlMs : 0 }
    return this.#runner.cached(KINDS.books, caching, options, (call) => this.#operations.books(call))
  }

  /** One book; null when the service says that there is none. `bookId`: 1 to 2 147 483 647. */
  async getBookById(bookId: number, options?: CallOptions): Promise<Book | null> {
    checkBookId(bookId)
    return this.#runner.run(KINDS.book, options, (call) => this.#operations.book(call, bookId))
  }

  /** A book's config.json, frozen, from the cache if it is there. Throws `…NotFoundError` when there is none. */
  async getBookConfig(publisher: string, bookName: string, options?: CallOptions): Promise<BookConfig> {
    const path = checkBookPath(publisher, bookName)
    const ttlMs = this.#options.cache ? this.#options.cache.configTtlMs : 0
    const caching = { key: configKey(publisher, bookName), ttlMs }
    return this.#runner.cached(KINDS.config, caching, options, (call) => this.#operations.config(call, path))
  }

  /** The paths of a book's files, each good for `downloadAsset`; empty for a book that is unknown or a draft. */
  async listBookContents(publisher: string, bookName: string, options?: CallOptions): Promise<string[]> {
    const path = checkBookPath(publisher, bookName)
    return this.#runner.run(KINDS.contents, options, (call) => this.#operations.contents(call, path))
  }

  /** The absolute URL of a file. It carries no token: who fetches it needs the header of `getAssetRequest`. */
  getAssetUrl(publisher: string, bookName: string, assetPath: string): string {
    const path = checkBookPath(publisher, bookName)
    return buildUrl(this.#options.baseUrl, ROUTES.object, {
      path,
      query: { path: checkAssetPath(assetPath) },
    })
  }

  /** A GET request for a file with a valid bearer, for a fetch of your own. */
  async getAssetRequest(
    publisher: string,
    bookName: string,
    assetPath: string,
    options?: CallOptions,
  ): Promise<Request> {
    const url = this.getAssetUrl(publisher, bookName, assetPath)
    return this.#runner.hold(KINDS.object, options, async (call) => {
      const { text } = await this.#parts.source.token(call)
      const headers = { authorization: `Bearer ${text}`, 'x-request-id': call.requestId }
      return new Request(url, { headers, redirect: 'manual' })
    })
  }

  /** A file's bytes, whole and of the announced length. Throws `…NotFoundError` when there is no such file. */
  async downloadAsset(
    publisher: string,
    bookName: string,
    assetPath: string,
    options?: CallOptions,
  ): Promise<Uint8Array> {
    const path = checkBookPath(publisher, bookName)
    checkAssetPath(assetPath)
    return this.#runner.run(KINDS.download, options, (call) => this.#operations.object(call, path, assetPath))
  }

  /** Forgets cached answers: all, the catalogue, or one configuration; answers under way will not be stored. */
  invalidateCache(scope?: CacheScope): void {
    const key = scope === undefined ? undefined : scopeKey(scope)
    this.#parts.cache?.invalidate((held) => key === undefined || held === key)
    this.#options.logger.debug({ key: key ?? 'all' }, 'cache invalidated')
  }

  /** What the client has done and how its circuits are. */
  stats(): ClientStats {
    return readStats(this.#parts)
  }

  /** Whether `close()` has been called. */
  get closed(): boolean {
    return this.#parts.calls.closed
  }

  /** Ends every call with `…ClosedError` and every connection; the process can exit. May be called again. */
  async close(): Promise<void> {
    this.#parts.calls.close()
    await this.#parts.pool.close()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}
