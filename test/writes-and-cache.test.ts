import { describe, expect, test } from 'vitest'
import {
  type ClientEvents,
  type DreamCentralStorageClient,
  DreamStorageNetworkError,
  DreamStorageTimeoutError,
} from '../src/index.js'
import { createClient, type TestOptions } from './support/client.js'
import { failure, rejection } from './support/failure.js'
import { FakeService, hang, json } from './support/fake-service.js'
import { fakeTime, pass, settle } from './support/fake-time.js'

const BOOKS = [
  { id: 1, publisher: 'p', book_name: 'a' },
  { id: 2, publisher: 'p', book_name: 'b' },
]
const ONE = { params: { path: { book_id: 1 } } }
const ZIP = { file: new Blob(['zip']) }
type Api = DreamCentralStorageClient['api']

/** Reads are answered; what writes are answered is said by the test. */
function setUp(
  write: FakeService['answer'] = () => json(BOOKS[0]),
  options: Partial<TestOptions> = {},
): { service: FakeService; client: DreamCentralStorageClient; api: Api; invalidated: string[] } {
  const invalidated: string[] = []
  const observer = {
    cache: ({ result, key }: ClientEvents['cache']) =>
      void (result === 'invalidated' && invalidated.push(key)),
  }
  const service = new FakeService((seen, signal) => {
    if (seen.method !== 'GET') return write(seen, signal)
    return json(seen.path === '/books/' ? BOOKS : {})
  })
  const client = createClient({ ...service.options, token: 'key', observers: [observer], ...options })
  return { service, client, api: client.api, invalidated }
}

/** Reads the catalogue and two configs. Returns which of them the service was asked for. */
async function asked({
  service,
  client,
}: {
  service: FakeService
  client: DreamCentralStorageClient
}): Promise<string[]> {
  const before = service.seen.length
  await client.getBooks()
  await client.getBookConfig('p', 'a')
  await client.getBookConfig('p', 'b')
  return service.seen.slice(before).map(({ path }) => path)
}

const A = '/storage/books/p/a/config'
const B = '/storage/books/p/b/config'

describe('a write through client.api forgets what it changes', () => {
  const writes: Array<[string, (api: Api) => Promise<unknown>, string[]]> = [
    [
      'PUT of a book',
      (api) => api.PUT('/books/{book_id}', { ...ONE, body: { language: 'tr' } }),
      ['/books/', A],
    ],
    [
      'PUT by request()',
      (api) => api.request('put', '/books/{book_id}', { ...ONE, body: {} }),
      ['/books/', A],
    ],
    [
      'PUT of a new name',
      (api) => api.PUT('/books/{book_id}', { ...ONE, body: { book_name: 'b' } }),
      ['/books/', A, B],
    ],
    ['DELETE of a book', (api) => api.DELETE('/books/{book_id}', ONE), ['/books/', A]],
    [
      'POST of a book',
      (api) => api.POST('/books/', { body: { publisher: 'p', book_name: 'b' } }),
      ['/books/', B],
    ],
    [
      'DELETE of an unknown book',
      (api) => api.DELETE('/books/{book_id}', { params: { path: { book_id: 9 } } }),
      ['/books/', A, B],
    ],
    ['an upload', (api) => api.POST('/books/upload', { body: ZIP }), ['/books/', A, B]],
    [
      'an upload for a book',
      (api) => api.POST('/books/{book_id}/upload', { ...ONE, body: ZIP }),
      ['/books/', A, B],
    ],
    ['a restore', (api) => api.POST('/storage/restore', { body: { key: 'k' } }), ['/books/', A, B]],
    ['POST that only reads', (api) => api.POST('/books/batch', { body: { ids: [1] } }), []],
    [
      'an upload of an app',
      (api) => api.POST('/apps/{platform}/upload', { params: { path: { platform: 'macos' } }, body: ZIP }),
      [],
    ],
    ['GET', (api) => api.GET('/books/{book_id}', ONE), []],
  ]

  test.each(writes)('%s', async (_, write, forgotten) => {
    const world = setUp()
    await asked(world)
    expect(await asked(world)).toEqual([])
    await write(world.api)
    expect(await asked(world)).toEqual(forgotten)
  })

  test('and when the catalogue is not held, every config, because it may be any', async () => {
    const world = setUp()
    await world.client.getBookConfig('p', 'b')
    await world.api.PUT('/books/{book_id}', { ...ONE, body: {} })
    expect(await asked(world)).toContain(B)
  })

  test('and tells it, as invalidateCache does', async () => {
    const { client, api, invalidated } = setUp()
    await client.getBooks()
    await api.DELETE('/books/{book_id}', ONE)
    await api.POST('/books/upload', { body: ZIP })
    expect(invalidated).toEqual(['books', 'config/p/a', 'all'])
  })

  test('and a read that set out before its end fills the cache with nothing', async () => {
    const world = setUp()
    await asked(world)
    let answerOldBooks = (_: Response): void => {}
    const { answer } = world.service
    world.service.answer = (seen, signal) =>
      seen.path === '/books/' && seen.method === 'GET'
        ? new Promise<Response>((resolve) => {
            answerOldBooks = resolve
          })
        : answer(seen, signal)
    const old = world.client.getBooks({ cache: 'reload' })
    await settle()
    await world.api.PUT('/books/{book_id}', { ...ONE, body: {} })
    answerOldBooks(json([{ id: 1, book_name: 'old' }]))
    expect(await old).toEqual([{ id: 1, book_name: 'old' }])
    world.service.answer = answer
    expect(await world.client.getBooks()).toEqual(BOOKS)
  })
})

describe('a write that fails', () => {
  const put = (api: Api): Promise<unknown> => api.PUT('/books/{book_id}', { ...ONE, body: {} })

  test.each([500, 502, 503, 408])('with %i may have been carried out, and forgets', async (status) => {
    const world = setUp(() => json({ detail: 'x' }, status))
    await asked(world)
    await put(world.api)
    expect(await asked(world)).toEqual(['/books/', A])
  })

  test('by a lost connection may have been carried out, and forgets', async () => {
    const world = setUp(() => {
      throw new TypeError('fetch failed')
    })
    await asked(world)
    await failure(put(world.api), DreamStorageNetworkError)
    expect(await asked(world)).toEqual(['/books/', A])
  })

  test('by a time limit or an abort may have been carried out, and forgets', async () => {
    fakeTime()
    const world = setUp((_, signal) => hang(signal), { timeouts: { requestMs: 50 } })
    await asked(world)
    const late = failure(put(world.api), DreamStorageTimeoutError)
    await pass(50)
    await late
    expect(await asked(world)).toEqual(['/books/', A])
    const controller = new AbortController()
    const { signal } = controller
    const aborted = rejection(world.api.DELETE('/books/{book_id}', { ...ONE, signal }))
    await settle()
    controller.abort()
    await aborted
    expect(await asked(world)).toEqual(['/books/', A])
  })

  test.each([401, 403, 404, 409, 422])('with %i was not carried out, and forgets nothing', async (status) => {
    const world = setUp(() => json({ detail: 'x' }, status))
    await asked(world)
    await put(world.api)
    expect(await asked(world)).toEqual([])
  })

  test('before anything was sent forgets nothing', async () => {
    const world = setUp()
    await asked(world)
    await rejection(world.api.PUT('/books/{book_id}', { ...ONE, body: { language: 1n } } as never))
    expect(await asked(world)).toEqual([])
  })
})
