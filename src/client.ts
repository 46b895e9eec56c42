import type { Book, BookConfig, TokenResponse, WebhookEvent } from '../generated/dream-central-storage.js'
import type { ClientStats } from './call/stats-observer.js'
import { type ClientContext, createContext } from './compose.js'
import type { CallOptions } from './options/call-options.js'
import type { DreamCentralStorageOptions } from './options/options.js'
import { type ResolvedOptions, resolveOptions } from './options/resolve-options.js'
import type { Api } from './service/api-types.js'
import { readBook, readBooks } from './service/books.js'
import { BOOKS_KEY, type CacheScope, configKey, scopeKey } from './service/cache-keys.js'
import { readConfig, readContents } from './service/contents.js'
import { ENDPOINTS } from './service/endpoints.js'
import { checkObject, readObject } from './service/objects.js'
import { buildUrl, checkAssetPath, checkBookId, checkBookPath } from './service/paths.js'
import type { Runner } from './service/runner.js'
import { keysChangedByEvent } from './service/writes.js'
import { UploadClient } from './upload-client.js'

/**
 * A client of one Dream Central Storage service. What its methods throw or reject with is a {@link DreamStorageError} or
 * the reason of `signal`. @example await using client = new DreamCentralStorageClient({ baseUrl, email, password })
 */
export class DreamCentralStorageClient extends UploadClient implements AsyncDisposable {
  /** The typed openapi-fetch client of the whole contract, with `timeoutMs`. @example await client.api.GET('/health') */
  readonly api: Api
  readonly #options: ResolvedOptions
  readonly #context: ClientContext
  readonly #runner: Runner

  /** @throws {@link DreamStorageInputError} for an option that is unknown, missing, of the wrong type or contradictory */
  constructor(options: DreamCentralStorageOptions) {
    const resolved = resolveOptions(options)
    const context = createContext(resolved)
    super(context)
    this.#options = resolved
    this.#context = context
    this.api = context.api
    this.#runner = context.runner
  }

  /** Logs in. @returns the new token, or that of the option `token`. @example await client.authenticate() */
  async authenticate(options?: CallOptions): Promise<TokenResponse> {
    return this.#runner.operation(ENDPOINTS.login, options, async (call) => {
      const { text } = await this.#context.tokens.authenticate(call)
      return { access_token: text, token_type: 'bearer' }
    })
  }

  /** @returns the catalogue, frozen, without books that lack `id` or `book_name` @example await client.getBooks() */
  getBooks(options?: CallOptions): Promise<readonly Book[]> {
    return this.#runner.cached(ENDPOINTS.books, BOOKS_KEY, options, (call) => readBooks(this.#context, call))
  }

  /** @param bookId 1 to 2 147 483 647 @returns null for an unknown book @example await client.getBookById(42) */
  async getBookById(bookId: number, options?: CallOptions): Promise<Book | null> {
    checkBookId(bookId)
    return this.#runner.request(ENDPOINTS.book, options, (call) => readBook(this.#context, call, bookId))
  }

  /** @returns a book's config.json, frozen @example await client.getBookConfig('Universal ELT', 'BRAINS') */
  async getBookConfig(publisher: string, bookName: string, options?: CallOptions): Promise<BookConfig> {
    const path = checkBookPath(publisher, bookName)
    const key = configKey(publisher, bookName)
    return this.#runner.cached(ENDPOINTS.config, key, options, (call) =>
      readConfig(this.#context, call, path),
    )
  }

  /** @returns the paths of a book's files, none for an unknown book @example await client.listBookContents('P', 'B') */
  async listBookContents(publisher: string, bookName: string, options?: CallOptions): Promise<string[]> {
    const path = checkBookPath(publisher, bookName)
    const files = await this.#runner.request(ENDPOINTS.contents, options, (call) =>
      readContents(this.#context, call, path),
    )
    return files.map((file) => file.path)
  }

  /** @returns the absolute URL of a file, without a token @example client.getAssetUrl('P', 'B', 'audio/1.mp3') */
  getAssetUrl(publisher: string, bookName: string, assetPath: string): string {
    const path = checkBookPath(publisher, bookName)
    return buildUrl(this.#options.baseUrl, ENDPOINTS.object.route, {
      path: { ...path },
      query: { path: checkAssetPath(assetPath) },
    })
  }

  /** @returns a GET request with a valid bearer @example await fetch(await client.getAssetRequest('P', 'B', '1.mp3')) */
  async getAssetRequest(
    publisher: string,
    bookName: string,
    assetPath: string,
    options?: CallOptions,
  ): Promise<Request> {
    const url = this.getAssetUrl(publisher, bookName, assetPath)
    return this.#runner.operation(ENDPOINTS.object, options, async (call) => {
      const { text } = await this.#context.tokens.token(call)
      const headers = {
        ...this.#options.headers,
        authorization: `Bearer ${text}`,
        'x-request-id': call.facts.requestId,
      }
      return new Request(url, { headers, redirect: 'manual' })
    })
  }

  /** @returns the bytes of a complete file @example await client.downloadAsset('Universal ELT', 'BRAINS', 'cover.png') */
  async downloadAsset(
    publisher: string,
    bookName: string,
    assetPath: string,
    options?: CallOptions,
  ): Promise<Uint8Array> {
    const file = checkObject(publisher, bookName, assetPath)
    return this.#runner.request(ENDPOINTS.object, options, (call) => readObject(this.#context, call, file))
  }

  /** Removes values from the cache, by default all. @example client.invalidateCache({ publisher, bookName }) */
  invalidateCache(scope?: CacheScope): void {
    this.#context.invalidate(scope === undefined ? undefined : scopeKey(scope))
  }

  /** Removes from the cache what an event makes stale. @param event of `/webhooks` @example client.applyWebhook(event) */
  applyWebhook(event: WebhookEvent): void {
    for (const key of keysChangedByEvent(event, this.#context.cache)) this.#context.invalidate(key)
  }

  /** @returns counters since the client was created, and its state now @example client.stats().requests.retries */
  stats(): ClientStats {
    return this.#context.stats()
  }

  /** Whether `close()` has been called. */
  get closed(): boolean {
    return this.#context.calls.closed
  }

  /** Rejects all calls with {@link DreamStorageClosedError} and closes all connections. @example await client.close() */
  async close(): Promise<void> {
    this.#context.calls.close()
    this.#context.closeConnections()
  }

  /** The same as `close()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}
