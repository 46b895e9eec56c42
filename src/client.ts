import type { Client } from 'openapi-fetch'
import type { paths } from '../generated/dream-central-storage.js'
import { toAsset } from './assets/asset.js'
import type { Assets, DownloadToFileOptions, MirrorBookOptions, StreamAssetOptions } from './assets/assets.js'
import type { FileDownload } from './assets/download-file.js'
import type { MirrorResult } from './assets/mirror.js'
import type { AssetInfo, AssetStream } from './assets/stream-asset.js'
import { BOOKS_KEY, type CacheScope, configKey, scopeKey } from './cache-keys.js'
import { KINDS } from './kinds.js'
import { Operations } from './operations.js'
import { type CallOptions, DEFAULTS, type DreamCentralStorageOptions } from './options.js'
import { assemble, type Parts } from './parts.js'
import { buildUrl, checkAssetPath, checkBookId, checkBookPath } from './paths.js'
import type { Book, BookConfig, TokenResponse } from './payloads.js'
import { type ResolvedOptions, resolveOptions } from './resolve-options.js'
import { Runner } from './runner.js'
import { ROUTES } from './service.js'
import { type ClientStats, readStats } from './stats.js'

/**
 * A client of one Dream Central Storage service.
 * @example
 * await using client = new DreamCentralStorageClient({ baseUrl, email, password })
 */
export class DreamCentralStorageClient implements AsyncDisposable {
  /** The typed openapi-fetch client of the whole contract, through the same pipeline. */
  readonly api: Client<paths>
  readonly #options: ResolvedOptions
  readonly #parts: Parts
  readonly #runner: Runner
  readonly #operations: Operations
  readonly #loadAssets: () => Promise<Assets>

  /** Throws `…InputError` for options that are unknown, of the wrong type, missing or contradictory. */
  constructor(options: DreamCentralStorageOptions) {
    this.#options = resolveOptions(options)
    this.#parts = assemble(this.#options)
    const { retry, maxConnections, logger } = this.#options
    const { api, calls, cache, http, through, giveBack } = this.#parts
    this.api = api
    this.#runner = new Runner(calls, cache, logger)
    this.#operations = new Operations(http, through, logger)
    const assetParts = { calls, operations: this.#operations, retry, maxConnections, logger, giveBack }
    this.#loadAssets = async () => new (await import('./assets/assets.js')).Assets(assetParts)
  }

  /** Logs in anew and replaces the token; with the option `token`, answers that one. Throws `…AuthError` if refused. */
  async authenticate(options?: CallOptions): Promise<TokenResponse> {
    return this.#runner.hold(KINDS.login, options, async (call) => {
      const { text } = await this.#parts.source.authenticate(call)
      return { access_token: text, token_type: 'bearer' }
    })
  }

  /** The catalogue, frozen, from the cache if it is there. What has no `id` or `book_name` is left out. */
  getBooks(options?: CallOptions): Promise<readonly Book[]> {
    const { booksTtlMs } = this.#options.cache || DEFAULTS.cache
    return this.#runner.cached(KINDS.books, BOOKS_KEY, booksTtlMs, options, (call) =>
      this.#operations.books(call),
    )
  }

  /** One book; null when the service says that there is none. `bookId`: 1 to 2 147 483 647. */
  async getBookById(bookId: number, options?: CallOptions): Promise<Book | null> {
    checkBookId(bookId)
    return this.#runner.run(KINDS.book, options, (call) => this.#operations.book(call, bookId))
  }

  /** A book's config.json, frozen, from the cache if it is there. Throws `…NotFoundError` when there is none. */
  async getBookConfig(publisher: string, bookName: string, options?: CallOptions): Promise<BookConfig> {
    const path = checkBookPath(publisher, bookName)
    const { configTtlMs } = this.#options.cache || DEFAULTS.cache
    const key = configKey(publisher, bookName)
    return this.#runner.cached(KINDS.config, key, configTtlMs, options, (call) =>
      this.#operations.config(call, path),
    )
  }

  /** The paths of a book's files, each good for `downloadAsset`; empty for a book that is unknown or a draft. */
  async listBookContents(publisher: string, bookName: string, options?: CallOptions): Promise<string[]> {
    const path = checkBookPath(publisher, bookName)
    const files = await this.#runner.run(KINDS.contents, options, (call) =>
      this.#operations.contents(call, path),
    )
    return files.map((file) => file.path)
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

  /**
   * A file, or a range of it, as it arrives. Read the body to its end or cancel it: it holds a connection. What breaks is
   * continued where the service can, else the body errors with `…NetworkError` or `…TimeoutError`.
   */
  async streamAsset(
    publisher: string,
    bookName: string,
    assetPath: string,
    options?: StreamAssetOptions,
  ): Promise<AssetStream> {
    return (await this.#loadAssets()).stream(toAsset(publisher, bookName, assetPath), options)
  }

  /** Size, type and entity tag of a file without its bytes; null when the service says that there is none. */
  async getAssetInfo(
    publisher: string,
    bookName: string,
    assetPath: string,
    options?: Omit<CallOptions, 'cache'>,
  ): Promise<AssetInfo | null> {
    return (await this.#loadAssets()).info(toAsset(publisher, bookName, assetPath), options)
  }

  /**
   * Downloads to `file`, which is complete or not touched. With `resume`, what a failed download left beside it is
   * continued if it is of the same object. Throws `…FileError` for a full disk, a folder that is missing and the like.
   */
  async downloadAssetToFile(
    publisher: string,
    bookName: string,
    assetPath: string,
    file: string,
    options?: DownloadToFileOptions,
  ): Promise<FileDownload> {
    return (await this.#loadAssets()).toFile(toAsset(publisher, bookName, assetPath), file, options)
  }

  /**
   * Brings every file of a book into `directory`; what is there and the same is left alone. A file that fails is among
   * `failed` and stops nothing. Interrupted and called again, it goes on where it was.
   */
  async mirrorBook(
    publisher: string,
    bookName: string,
    directory: string,
    options?: MirrorBookOptions,
  ): Promise<MirrorResult> {
    return (await this.#loadAssets()).mirror(checkBookPath(publisher, bookName), directory, options)
  }

  /** Forgets cached answers: all, the catalogue, or one configuration; answers under way will not be stored. */
  invalidateCache(scope?: CacheScope): void {
    const key = scope === undefined ? undefined : scopeKey(scope)
    this.#parts.cache?.invalidate((held) => key === undefined || held === key)
    this.#options.logger.debug({ key: key ?? 'all' }, 'cache invalidated')
  }

  /** What the client has done, and the state of its circuits. */
  stats(): ClientStats {
    return readStats(this.#parts)
  }

  /** Whether `close()` was called. */
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
