import type { Client } from 'openapi-fetch'
import { pino } from 'pino'
import { describe, expectTypeOf, test } from 'vitest'
import type { Book as GeneratedBook } from '../generated/dream-central-storage.js'
import {
  type Api,
  type Book,
  type BookConfig,
  type CacheScope,
  type CallOptions,
  type ClientStats,
  DreamCentralStorageClient,
  type DreamCentralStorageOptions,
  type DreamStorageAuthError,
  type DreamStorageCircuitOpenError,
  DreamStorageError,
  type DreamStorageNotFoundError,
  type DreamStorageRateLimitError,
  type DreamStorageRequestError,
  type DreamStorageTimeoutError,
  getDreamStorageClient,
  type Logger,
  optionsFromEnv,
  type paths,
  type TimeoutPhase,
  type TokenResponse,
} from '../src/index.js'
import {
  type BookEventData,
  type PublisherEventData,
  verifyWebhook,
  type WebhookEvent,
} from '../src/webhooks/index.js'

declare const client: DreamCentralStorageClient

describe('the methods of the client', () => {
  test('give what the contract says', () => {
    expectTypeOf(client.authenticate()).toEqualTypeOf<Promise<TokenResponse>>()
    expectTypeOf(client.getBooks()).toEqualTypeOf<Promise<readonly Book[]>>()
    expectTypeOf(client.getBookById(1)).toEqualTypeOf<Promise<Book | null>>()
    expectTypeOf(client.getBookConfig('p', 'b')).toEqualTypeOf<Promise<BookConfig>>()
    expectTypeOf(client.listBookContents('p', 'b')).toEqualTypeOf<Promise<string[]>>()
    expectTypeOf(client.getAssetUrl('p', 'b', 'a')).toEqualTypeOf<string>()
    expectTypeOf(client.getAssetRequest('p', 'b', 'a')).toEqualTypeOf<Promise<Request>>()
    expectTypeOf(client.downloadAsset('p', 'b', 'a')).toEqualTypeOf<Promise<Uint8Array>>()
    expectTypeOf(client.invalidateCache()).toEqualTypeOf<void>()
    expectTypeOf(client.stats()).toEqualTypeOf<ClientStats>()
    expectTypeOf(client.close()).toEqualTypeOf<Promise<void>>()
    expectTypeOf(client.api).toEqualTypeOf<Api>()
    expectTypeOf(client.api).toExtend<Client<paths>>()
    expectTypeOf(client).toExtend<AsyncDisposable>()
    expectTypeOf(getDreamStorageClient()).toEqualTypeOf<DreamCentralStorageClient>()
    expectTypeOf(optionsFromEnv()).toEqualTypeOf<DreamCentralStorageOptions>()
    expectTypeOf(optionsFromEnv)
      .parameter(0)
      .toExtend<Readonly<Record<string, string | undefined>> | undefined>()
  })

  test('take their arguments only', () => {
    // @ts-expect-error an id is a number
    client.getBookById('1')
    // @ts-expect-error an id is needed
    client.getBookById()
    // @ts-expect-error a book name is needed
    client.getBookConfig('p')
    // @ts-expect-error names are strings
    client.listBookContents('p', 1)
    // @ts-expect-error an asset path is needed
    client.getAssetUrl('p', 'b')
    // @ts-expect-error it sends nothing, so it takes no options
    client.getAssetUrl('p', 'b', 'a', {})
    // @ts-expect-error names are not null, as they can be in a Book
    client.downloadAsset(null, 'b', 'a')
    // @ts-expect-error what is not public stays out
    client.parts
    // @ts-expect-error the api is not to be replaced
    client.api = getDreamStorageClient().api
  })

  test('take call options, all of them optional', () => {
    expectTypeOf<CallOptions>().toEqualTypeOf<{
      signal?: AbortSignal | undefined
      timeoutMs?: number | undefined
      cache?: 'default' | 'reload' | 'no-store' | undefined
    }>()
    client.getBooks({ signal: AbortSignal.timeout(1), timeoutMs: 1, cache: 'reload' })
    client.getBooks({ signal: undefined, timeoutMs: undefined, cache: undefined })
    // @ts-expect-error it is called timeoutMs
    client.getBooks({ timeout: 1 })
    // @ts-expect-error there is no such mode
    client.getBooks({ cache: 'no-cache' })
    // @ts-expect-error nothing of it is cached
    client.getAssetInfo('p', 'b', 'a', { cache: 'reload' })
    // @ts-expect-error a signal, not its controller
    client.getBookById(1, { signal: new AbortController() })
    // @ts-expect-error milliseconds are a number
    client.downloadAsset('p', 'b', 'a', { timeoutMs: '1s' })
  })

  test('invalidate a clear scope', () => {
    expectTypeOf(client.invalidateCache).parameter(0).toEqualTypeOf<CacheScope | undefined>()
    client.invalidateCache({ books: true })
    client.invalidateCache({ publisher: 'p', bookName: 'b' })
    // @ts-expect-error neither the catalogue nor a book
    client.invalidateCache({})
    // @ts-expect-error one of the two only
    client.invalidateCache({ books: false })
    // @ts-expect-error a publisher has no configuration
    client.invalidateCache({ publisher: 'p' })
  })

  test('give a catalogue that is not to be changed', async () => {
    const books = await client.getBooks()
    // @ts-expect-error it is shared
    books.push({ id: 1, book_name: 'b' })
    // @ts-expect-error it is shared
    books.sort()
  })
})

describe('a book', () => {
  test('is that of the contract, of which id and book_name can be relied on', () => {
    expectTypeOf<Book>().toEqualTypeOf<GeneratedBook>()
    expectTypeOf<Book['id']>().toEqualTypeOf<number>()
    expectTypeOf<Book['book_name']>().toEqualTypeOf<string>()
    expectTypeOf<Book['publisher']>().toEqualTypeOf<string | null | undefined>()
    expectTypeOf<Book['version']>().toEqualTypeOf<string | null | undefined>()
    expectTypeOf<Book['status']>().toEqualTypeOf<'draft' | 'published' | 'archived' | null | undefined>()
  })
})

describe('the options', () => {
  const base = { baseUrl: 'http://dcs.test' }
  const login = { ...base, email: 'a@b.c', password: 'x' }

  test('take a login or a token', () => {
    new DreamCentralStorageClient(login)
    new DreamCentralStorageClient({ ...base, token: 'dcs_key' })
    new DreamCentralStorageClient({ ...base, token: () => 't' })
    new DreamCentralStorageClient({ ...base, token: async () => 't' })
    // @ts-expect-error a token beside an email
    new DreamCentralStorageClient({ ...base, token: 't', email: 'a@b.c' })
    // @ts-expect-error a token beside a login
    new DreamCentralStorageClient({ ...login, token: 't' })
    // @ts-expect-error an email without a password
    new DreamCentralStorageClient({ ...base, email: 'a@b.c' })
    // @ts-expect-error a password without an email
    new DreamCentralStorageClient({ ...base, password: 'x' })
    // @ts-expect-error no credentials
    new DreamCentralStorageClient(base)
    // @ts-expect-error a function must give text
    new DreamCentralStorageClient({ ...base, token: () => 7 })
    // @ts-expect-error no base URL
    new DreamCentralStorageClient({ email: 'a@b.c', password: 'x' })
    // @ts-expect-error no options at all
    new DreamCentralStorageClient()
  })

  test('take what there is, and nothing else', () => {
    new DreamCentralStorageClient({
      ...login,
      tokenLifetimeMs: 1,
      refreshMarginMs: 1,
      timeouts: { connectMs: 1, requestMs: 1, downloadMs: 1, queueMs: 1 },
      maxConnections: 1,
      retry: { maxRetries: 0, baseDelayMs: 0, maxDelayMs: 0, jitter: false, maxRetryAfterMs: 0 },
      circuitBreaker: { failureThreshold: 1, resetAfterMs: 1 },
      cache: { booksTtlMs: 1, configTtlMs: 1, maxEntries: 1 },
      logger: pino(),
      fetch: (request) => fetch(request),
    })
    new DreamCentralStorageClient({ ...login, retry: false, circuitBreaker: false, cache: false })
    // @ts-expect-error it is called baseUrl
    new DreamCentralStorageClient({ ...login, baseURL: 'http://dcs.test' })
    // @ts-expect-error there is no such limit
    new DreamCentralStorageClient({ ...login, timeouts: { totalMs: 1 } })
    // @ts-expect-error false is for none, true is for nothing
    new DreamCentralStorageClient({ ...login, cache: true })
    // @ts-expect-error a transport answers with a Response
    new DreamCentralStorageClient({ ...login, fetch: async () => 'text' })
    // @ts-expect-error a logger has warn and error, too
    new DreamCentralStorageClient({ ...login, logger: { debug() {}, info() {} } })
  })

  test('take the global fetch and any pino logger', () => {
    expectTypeOf<typeof globalThis.fetch>().toExtend<NonNullable<DreamCentralStorageOptions['fetch']>>()
    expectTypeOf(pino()).toExtend<Logger>()
    expectTypeOf(pino().child({})).toExtend<Logger>()
  })
})

describe('client.api', () => {
  const { api } = client

  test('knows the paths of the contract and their parameters', () => {
    // @ts-expect-error no such path: the slash is missing
    api.GET('/books')
    // @ts-expect-error no such path
    api.GET('/books/{id}', { params: { path: { id: 1 } } })
    // @ts-expect-error no such method
    api.PATCH('/books/{book_id}')
    // @ts-expect-error a path parameter is needed
    api.GET('/books/{book_id}')
    // @ts-expect-error a path parameter is needed
    api.GET('/books/{book_id}', { params: { path: {} } })
    // @ts-expect-error an id is a number
    api.GET('/books/{book_id}', { params: { path: { book_id: '1' } } })
    // @ts-expect-error one of two parameters is missing
    api.GET('/storage/books/{publisher}/{book_name}', { params: { path: { publisher: 'p' } } })
    api.GET('/storage/books/{publisher}/{book_name}/object', {
      // @ts-expect-error the path of the object is missing
      params: { path: { publisher: 'p', book_name: 'b' } },
    })
    // @ts-expect-error no such query parameter
    api.GET('/books/', { params: { query: { page: 1 } } })
  })

  test('knows the bodies of the contract', () => {
    // @ts-expect-error a body is needed
    api.POST('/books/')
    // @ts-expect-error book_name is missing
    api.POST('/books/', { body: { publisher: 'p' } })
    // @ts-expect-error no such status
    api.POST('/books/', { body: { publisher: 'p', book_name: 'b', status: 'lost' } })
    // @ts-expect-error a language is text
    api.PUT('/books/{book_id}', { params: { path: { book_id: 1 } }, body: { language: 7 } })
    // @ts-expect-error ids are numbers
    api.POST('/books/batch', { body: { ids: ['1'] } })
    // @ts-expect-error a file is a Blob
    api.POST('/books/upload', { body: { file: 'zip' } })
  })

  test('takes a deadline for a call', async () => {
    const books = await api.GET('/books/', { timeoutMs: 50 })
    expectTypeOf(books.data).toEqualTypeOf<Book[] | undefined>()
    const params = { path: { book_id: 1 } }
    const text = await api.GET('/books/{book_id}', { params, timeoutMs: 50, parseAs: 'text' })
    expectTypeOf(text.data).toEqualTypeOf<string | undefined>()
    const same = await api.request('get', '/books/', { timeoutMs: undefined })
    expectTypeOf(same.data).toEqualTypeOf<Book[] | undefined>()
    // @ts-expect-error milliseconds are a number
    api.GET('/books/', { timeoutMs: '50' })
    // @ts-expect-error milliseconds are a number
    api.request('get', '/books/', { timeoutMs: '50' })
    // @ts-expect-error the parameters are still needed
    api.GET('/books/{book_id}', { timeoutMs: 50 })
  })

  test('gives what the contract says', async () => {
    const books = await api.GET('/books/')
    expectTypeOf(books.data).toEqualTypeOf<Book[] | undefined>()
    const session = await api.GET('/auth/session')
    expectTypeOf(session.data?.user_id).toEqualTypeOf<number | undefined>()
    const stream = await api.GET('/health', { parseAs: 'stream' })
    expectTypeOf(stream.data).toExtend<ReadableStream | null | undefined>()
    const file = await api.GET('/storage/books/{publisher}/{book_name}/object', {
      params: { path: { publisher: 'p', book_name: 'b' }, query: { path: 'a' } },
      parseAs: 'arrayBuffer',
    })
    expectTypeOf(file.data).toEqualTypeOf<ArrayBuffer | undefined>()
    if (books.error) expectTypeOf(books.data).toEqualTypeOf<undefined>()
  })
})

describe('the errors', () => {
  test('have a name and a code that tell them apart', () => {
    expectTypeOf<DreamStorageNotFoundError>().toExtend<DreamStorageError>()
    expectTypeOf<DreamStorageError>().toExtend<Error>()
    expectTypeOf<DreamStorageNotFoundError['code']>().toEqualTypeOf<'ERR_DREAM_STORAGE_NOT_FOUND'>()
    expectTypeOf<DreamStorageNotFoundError['name']>().toEqualTypeOf<'DreamStorageNotFoundError'>()
    expectTypeOf<DreamStorageError['code']>().toEqualTypeOf<`ERR_DREAM_STORAGE_${string}`>()
    const narrow = (error: DreamStorageAuthError | DreamStorageCircuitOpenError): number | undefined =>
      error.code === 'ERR_DREAM_STORAGE_CIRCUIT_OPEN' ? error.retryAfterMs : undefined
    expectTypeOf(narrow).returns.toEqualTypeOf<number | undefined>()
  })

  test('carry their facts', () => {
    expectTypeOf<DreamStorageError['status']>().toEqualTypeOf<number | undefined>()
    expectTypeOf<DreamStorageError['method']>().toEqualTypeOf<string | undefined>()
    expectTypeOf<DreamStorageError['route']>().toEqualTypeOf<string | undefined>()
    expectTypeOf<DreamStorageError['requestId']>().toEqualTypeOf<string | undefined>()
    expectTypeOf<DreamStorageError['attempts']>().toEqualTypeOf<number>()
    expectTypeOf<DreamStorageRequestError['detail']>().toEqualTypeOf<unknown>()
    expectTypeOf<DreamStorageRateLimitError['retryAfterMs']>().toEqualTypeOf<number | undefined>()
    expectTypeOf<DreamStorageCircuitOpenError['retryAfterMs']>().toEqualTypeOf<number>()
    expectTypeOf<DreamStorageTimeoutError['phase']>().toEqualTypeOf<TimeoutPhase>()
    expectTypeOf<TimeoutPhase>().toEqualTypeOf<
      'queue' | 'connect' | 'send' | 'headers' | 'body' | 'consumer' | 'deadline'
    >()
  })

  test('have an ancestor that cannot be made', () => {
    // @ts-expect-error it is abstract
    new DreamStorageError('x')
  })
})

describe('the statistics', () => {
  test('are numbers and states, to be read only', () => {
    const stats = client.stats()
    expectTypeOf(stats.cache).toEqualTypeOf<
      Readonly<{ hits: number; misses: number; shared: number; entries: number }>
    >()
    expectTypeOf(stats.auth).toEqualTypeOf<
      Readonly<{ logins: number; failedLogins: number; expiresAt?: number }>
    >()
    expectTypeOf(stats.requests).toEqualTypeOf<{
      readonly calls: number
      readonly attempts: number
      readonly retries: number
    }>()
    expectTypeOf(stats.circuits.storage).toEqualTypeOf<'closed' | 'open' | 'half-open'>()
    // @ts-expect-error to be read only
    stats.cache.hits = 0
  })
})

describe('an event of a webhook', () => {
  const read = (event: WebhookEvent): void => {
    switch (event.event) {
      case 'book.created':
      case 'book.updated':
        expectTypeOf(event.data).toEqualTypeOf<BookEventData>()
        break
      case 'publisher.deleted':
        expectTypeOf(event.data).toEqualTypeOf<PublisherEventData>()
        break
      // @ts-expect-error no event has this name
      case 'book.craeted':
        break
      default:
        expectTypeOf((event as WebhookEvent).event).toExtend<string>()
    }
  }

  test('is known by its name, and may have one that is not known', () => {
    expectTypeOf(verifyWebhook).returns.toEqualTypeOf<WebhookEvent>()
    expectTypeOf(read).parameter(0).toEqualTypeOf<WebhookEvent>()
    expectTypeOf(client.applyWebhook).parameter(0).toEqualTypeOf<WebhookEvent>()
  })

  test('can be verified with the headers of a web request and of node:http', () => {
    expectTypeOf<string | null>().toExtend<Parameters<typeof verifyWebhook>[1]>()
    expectTypeOf<string | string[] | undefined>().toExtend<Parameters<typeof verifyWebhook>[1]>()
  })
})
