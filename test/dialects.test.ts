import { setupServer } from 'msw/node'
import { describe, expect, onTestFinished, test } from 'vitest'
import {
  type Book,
  type DreamCentralStorageClient,
  DreamStorageAuthError,
  DreamStorageNetworkError,
  DreamStorageNotFoundError,
  DreamStorageRequestError,
  DreamStorageServerError,
} from '../src/index.js'
import { createMockService, type Dialect, type MockService } from '../src/testing/index.js'
import { createClient, type TestOptions } from './support/client.js'
import { failure } from './support/failure.js'

interface Setting {
  readonly service: MockService
  readonly client: DreamCentralStorageClient
}

/** A mock service that msw puts in the place of the network, and a client of it. */
function setUp(dialect: Dialect, options: Partial<TestOptions> = {}): Setting {
  const baseUrl = 'http://dcs.test'
  const service = createMockService({ baseUrl, dialect })
  const server = setupServer(...service.handlers)
  server.listen({ onUnhandledRequest: 'error' })
  onTestFinished(() => server.close())
  return { service, client: createClient({ baseUrl, ...options }) }
}

/** Publisher and name of every book that has content. */
function published(books: readonly Book[]): Array<readonly [publisher: string, bookName: string]> {
  return books.flatMap(({ publisher, book_name, status }) =>
    status === 'published' && publisher ? [[publisher, book_name] as const] : [],
  )
}

/** Whether the service can send a file: its own name must be Latin-1. */
function canBeSent(path: string): boolean {
  return [...(path.split('/').at(-1) ?? '')].every((letter) => letter <= '\u00ff')
}

/** The size of every file of a listing, by its path below the root. */
async function sizes(client: DreamCentralStorageClient, publisher: string, bookName: string) {
  const { data } = await client.api.GET('/storage/books/{publisher}/{book_name}', {
    params: { path: { publisher, book_name: bookName } },
  })
  if (!data || Array.isArray(data)) throw new Error('no tree')
  const found = new Map<string, number | null | undefined>()
  const left = [...data.children]
  for (let node = left.pop(); node; node = left.pop()) {
    left.push(...node.children)
    if (node.type === 'file') found.set(node.path.slice(data.path.length), node.size)
  }
  return found
}

const DIALECTS: Dialect[] = ['2025', '2026']

describe.each(DIALECTS)('with the service of %s', (dialect) => {
  test('the catalogue lists drafts, and archived books in 2025 only', async () => {
    const { client } = setUp(dialect)
    const books = await client.getBooks()
    const statuses = new Set(books.map(({ status }) => status))
    expect(statuses).toEqual(new Set(['published', 'draft', ...(dialect === '2025' ? ['archived'] : [])]))
    expect(books.every((book) => 'version' in book)).toBe(dialect === '2025')
    expect(books.every((book) => 'publisher_id' in book)).toBe(dialect === '2026')
  })

  test('every book of the catalogue is found by its id, and an unknown one is null', async () => {
    const { client } = setUp(dialect)
    for (const book of await client.getBooks()) expect(await client.getBookById(book.id)).toEqual(book)
    expect(await client.getBookById(2_147_483_647)).toBeNull()
  })

  test('configs are read, whatever JSON they are, and say why when they cannot be', async () => {
    const { service, client } = setUp(dialect)
    expect(await client.getBookConfig('Universal ELT', 'BRAINS')).toMatchObject({ book_title: 'BRAINS' })
    expect(await client.getBookConfig('Yeşil Elma Yayınları', 'Kelime Avı')).toMatchObject({ language: 'tr' })
    expect(await client.getBookConfig("O'Reilly & Söhne", "Teacher's Guide: A & B")).toHaveProperty('books')
    expect(await client.getBookConfig('Bright Future', 'C# + Math 100%')).toHaveProperty('books')
    expect(await client.getBookConfig('Bright Future', 'Odds and Ends')).toBeInstanceOf(Array)
    await failure(client.getBookConfig('Dream Press', 'No Config'), DreamStorageNotFoundError)
    await failure(client.getBookConfig('Universal ELT', 'brains'), DreamStorageNotFoundError)
    const before = service.requests.length
    const broken = await failure(
      client.getBookConfig('Dream Press', 'Broken Config'),
      DreamStorageServerError,
    )
    expect(broken.message).toContain('config.json is invalid')
    expect(service.requests.length - before).toBe(1)
    const Draft = dialect === '2025' ? DreamStorageRequestError : DreamStorageNotFoundError
    await failure(client.getBookConfig('Universal ELT', 'Smart Steps'), Draft)
  })

  test('every file of every book is listed, and downloads with the bytes that are listed', async () => {
    const { client } = setUp(dialect)
    const unsendable: string[] = []
    for (const book of published(await client.getBooks())) {
      const listed = await sizes(client, ...book)
      const paths = await client.listBookContents(...book)
      expect(paths.toSorted()).toEqual([...listed.keys()].sort())
      expect(paths.length).toBeGreaterThan(0)
      for (const path of paths) {
        if (!canBeSent(path)) unsendable.push(path)
        else expect((await client.downloadAsset(...book, path)).byteLength).toBe(listed.get(path))
      }
    }
    expect(unsendable).toHaveLength(1)
  })

  test('a file whose own name is not Latin-1 fails at once', async () => {
    const { service, client } = setUp(dialect)
    const paths = await client.listBookContents('Bright Future', 'Odds and Ends')
    const path = paths.find((some) => !canBeSent(some)) ?? ''
    const before = service.requests.length
    await failure(client.downloadAsset('Bright Future', 'Odds and Ends', path), DreamStorageServerError)
    expect(service.requests.length - before).toBe(1)
    expect(client.stats().circuits.storage).toBe('closed')
  })

  test('a file arrives byte by byte, and an empty one empty', async () => {
    const { service, client } = setUp(dialect)
    const bytes = Uint8Array.from({ length: 100_003 }, (_, index) => (index * 7) % 256)
    const path = service.putObject('Universal ELT', 'BRAINS', 'Işık ve Gölge/ü + #1 & 50%.bin', bytes)
    expect(Buffer.compare(await client.downloadAsset('Universal ELT', 'BRAINS', path), bytes)).toBe(0)
    const empty = service.putObject('Universal ELT', 'BRAINS', 'notes/empty.txt', '')
    expect(await client.downloadAsset('Universal ELT', 'BRAINS', empty)).toEqual(new Uint8Array())
  })

  test('a listing of what is not there is empty, a download is not found', async () => {
    const { client } = setUp(dialect)
    expect(await client.listBookContents('Universal ELT', 'Nowhere')).toEqual([])
    expect(await client.listBookContents('universal elt', 'BRAINS')).toEqual([])
    expect(await client.listBookContents('Universal ELT', 'Smart Steps')).toEqual([])
    await failure(client.downloadAsset('Universal ELT', 'BRAINS', 'nowhere.mp3'), DreamStorageNotFoundError)
  })

  test('an asset URL needs the header that getAssetRequest brings', async () => {
    const { client } = setUp(dialect)
    const [path = ''] = await client.listBookContents('Universal ELT', 'BRAINS')
    expect((await fetch(client.getAssetUrl('Universal ELT', 'BRAINS', path))).status).toBe(403)
    expect((await fetch(await client.getAssetRequest('Universal ELT', 'BRAINS', path))).status).toBe(200)
  })

  test('a token that is revoked under ten calls costs one login', async () => {
    const { service, client } = setUp(dialect)
    await client.authenticate()
    service.revokeTokens()
    const books = await Promise.all(Array.from({ length: 10 }, (_, index) => client.getBookById(index + 1)))
    expect(books.map((book) => book?.id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect(service.count('POST', '/auth/login')).toBe(2)
  })

  test('a wrong password is refused', async () => {
    const { service, client } = setUp(dialect, { password: 'wrong' })
    await failure(client.getBooks(), DreamStorageAuthError)
    expect(service.requests).toHaveLength(1)
  })

  test('an API key opens the catalogue and not the storage', async () => {
    const { service } = setUp(dialect)
    const client = createClient({ baseUrl: service.baseUrl, token: service.addApiKey('test') })
    expect((await client.getBooks()).length).toBeGreaterThan(5)
    await failure(client.listBookContents('Universal ELT', 'BRAINS'), DreamStorageAuthError)
  })

  test('an outage fails after the retries, and is over when it is over', async () => {
    const { service, client } = setUp(dialect, { cache: false })
    await client.getBooks()
    service.setOutage(502)
    const error = await failure(client.getBooks(), DreamStorageServerError)
    expect(error).toMatchObject({ status: 502, attempts: 4 })
    service.setOutage(null)
    expect((await client.getBooks()).length).toBeGreaterThan(5)
  })

  test('storage that is down opens its own breaker and leaves the catalogue alone', async () => {
    const { service, client } = setUp(dialect, { circuitBreaker: { failureThreshold: 8 }, cache: false })
    service.setStorageFault('down')
    for (const book of ['BRAINS', 'OTHER']) {
      await failure(client.getBookConfig('Universal ELT', book), DreamStorageServerError)
    }
    expect(client.stats().circuits).toEqual({ catalogue: 'closed', storage: 'open' })
    expect((await client.getBooks()).length).toBeGreaterThan(5)
  })

  test('downloads that are cut are tried again and never given short', async () => {
    const { service, client } = setUp(dialect)
    const [path = ''] = await client.listBookContents('Universal ELT', 'BRAINS')
    service.setStorageFault('cut')
    const error = await failure(
      client.downloadAsset('Universal ELT', 'BRAINS', path),
      DreamStorageNetworkError,
    )
    expect(error.attempts).toBe(4)
    service.setStorageFault(null)
    expect((await client.downloadAsset('Universal ELT', 'BRAINS', path)).byteLength).toBeGreaterThan(0)
  })

  test('client.api reaches the rest of the contract', async () => {
    const { service, client } = setUp(dialect)
    const { api } = client
    expect((await api.GET('/health')).data?.status).toBe('ok')
    expect((await api.GET('/auth/session')).data?.email).toBe('admin@admin.com')
    const made = await api.POST('/books/', { body: { publisher: 'Yeni', book_name: 'Kitap' } })
    expect([made.response.status, made.data?.status]).toEqual([201, 'draft'])
    const path = { book_id: made.data?.id ?? 0 }
    const changed = await api.PUT('/books/{book_id}', { params: { path }, body: { language: 'tr' } })
    expect(changed.data?.language).toBe('tr')
    const removed = await api.DELETE('/books/{book_id}', { params: { path } })
    expect(removed.data?.status).toBe('archived')
    expect((await api.POST('/books/', { body: {} as never })).response.status).toBe(422)
    expect(new Set(service.requests.map(({ requestId }) => requestId)).size).toBe(service.requests.length)
  })

  test('a range is answered with what the service makes of it', async () => {
    const { client } = setUp(dialect)
    const paths = await client.listBookContents('Universal ELT', 'BRAINS')
    const path = paths.find((some) => some.endsWith('1.mp3')) ?? ''
    const { data, response } = await client.api.GET('/storage/books/{publisher}/{book_name}/object', {
      params: { path: { publisher: 'Universal ELT', book_name: 'BRAINS' }, query: { path } },
      headers: { range: 'bytes=0-9' },
      parseAs: 'arrayBuffer',
    })
    const length = dialect === '2025' ? 48_213 : 10
    expect(response.status).toBe(dialect === '2025' ? 200 : 206)
    expect((data as ArrayBuffer).byteLength).toBe(length)
  })
})
