import { describe, expect, test } from 'vitest'
import {
  type DreamCentralStorageClient,
  DreamStorageNotFoundError,
  DreamStorageResponseError,
} from '../src/index.js'
import { empty, html, raw } from './support/answers.js'
import { createClient } from './support/client.js'
import { failure } from './support/failure.js'
import { FakeService, json } from './support/fake-service.js'
import { MemoryLog } from './support/memory-log.js'

const BRAINS = {
  id: 1,
  publisher: 'Universal ELT',
  book_name: 'BRAINS',
  version: '1.0.0',
  status: 'published',
  created_at: '2025-11-03T08:15:30.123456Z',
}

function serve(answer: () => Response): { service: FakeService; client: DreamCentralStorageClient } {
  const service = new FakeService(answer)
  return { service, client: createClient(service.options) }
}

describe('getBooks', () => {
  test('gives the catalogue in the order of the service and asks for it with the slash', async () => {
    const books = [{ ...BRAINS, id: 2, book_name: 'Smart Steps' }, BRAINS]
    const { service, client } = serve(() => json(books))
    expect(await client.getBooks()).toEqual(books)
    expect(service.seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /auth/login',
      'GET /books/',
    ])
  })

  test('accepts fields that are unknown, missing or null, other than id and book_name', async () => {
    const books = [
      { id: 1, book_name: 'a', publisher: null, category: null, status: null, version: null },
      {
        id: 2_147_483_647,
        book_name: 'ğ',
        invented_in_2027: { deep: [1] },
        activity_details: { a: '12', b: null },
      },
      { id: 3, book_name: ' ' },
    ]
    const { client } = serve(() => json(books))
    expect(await client.getBooks()).toEqual(books)
  })

  test('gives an empty catalogue', async () => {
    const { client } = serve(() => json([]))
    expect(await client.getBooks()).toEqual([])
  })

  test('takes a catalogue of 200 000 books', async () => {
    const books = Array.from({ length: 200_000 }, (_, index) => ({ id: index + 1, book_name: 'b' }))
    const { client } = serve(() => json(books))
    expect(await client.getBooks()).toHaveLength(200_000)
  })

  test('leaves out what has no id or no book_name, with a warning, and keeps the others', async () => {
    const unusable = [
      { book_name: 'no id' },
      { id: null, book_name: 'null id' },
      { id: '7', book_name: 'text for an id' },
      { id: 1.5, book_name: 'half an id' },
      { id: 8 },
      { id: 9, book_name: null },
      { id: 10, book_name: '' },
      { id: 11, book_name: 12 },
      null,
      'text',
      [],
    ]
    const log = new MemoryLog()
    const service = new FakeService(() => json([...unusable, BRAINS]))
    const client = createClient({ ...service.options, logger: log.logger })
    expect(await client.getBooks()).toEqual([BRAINS])
    const warnings = log.all({ level: 'warn' })
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toMatchObject({ route: '/books/', leftOut: unusable.length })
  })

  test('does not warn when every book is usable', async () => {
    const log = new MemoryLog()
    const service = new FakeService(() => json([BRAINS]))
    await createClient({ ...service.options, logger: log.logger }).getBooks()
    expect(log.all({ level: 'warn' })).toEqual([])
  })

  test.each([
    ['an object', () => json({ books: [] })],
    ['null', () => json(null)],
    ['a string', () => json('[]')],
    ['a number', () => json(7)],
    ['a page of HTML', () => html()],
    ['truncated JSON', () => raw('[{"id":1,"book_name":"BRA')],
    ['an empty body', () => raw('')],
    ['204', () => empty(204)],
    ['205', () => empty(205)],
    ['304, which was not asked for', () => empty(304)],
  ])('rejects with a response error for %s, which it neither repeats nor keeps', async (_, answer) => {
    const { service, client } = serve(answer)
    const error = await failure(client.getBooks(), DreamStorageResponseError)
    expect(error).toMatchObject({
      name: 'DreamStorageResponseError',
      code: 'ERR_DREAM_STORAGE_RESPONSE',
      method: 'GET',
      route: '/books/',
      status: answer().status,
      attempts: 1,
    })
    await failure(client.getBooks(), DreamStorageResponseError)
    expect(service.count('GET /books/')).toBe(2)
    expect(client.stats().circuits.catalogue).toBe('closed')
  })

  test('does not follow a redirect and says where it pointed', async () => {
    const target = 'http://localhost/books/'
    const { service, client } = serve(
      () => new Response(null, { status: 307, headers: { location: target } }),
    )
    const error = await failure(client.getBooks(), DreamStorageResponseError)
    expect(error.message).toContain(target)
    expect(error.status).toBe(307)
    expect(service.count('GET')).toBe(1)
  })
})

describe('getBookById', () => {
  test('gives the book and asks the service each time', async () => {
    const { service, client } = serve(() => json(BRAINS))
    expect(await client.getBookById(1)).toEqual(BRAINS)
    expect(await client.getBookById(1)).toEqual(BRAINS)
    expect(service.count('GET /books/1')).toBe(2)
  })

  test("gives null for the service's own 404", async () => {
    const { service, client } = serve(() => json({ detail: 'Book not found' }, 404))
    expect(await client.getBookById(2_147_483_647)).toBeNull()
    expect(service.count('GET /books/2147483647')).toBe(1)
  })

  test.each([
    ['of HTML', () => html(404)],
    ['without a body', () => empty(404)],
    ['of JSON without detail', () => json({ message: 'no such route' }, 404)],
    ['of JSON that is no object', () => json('not found', 404)],
    ['of null', () => json(null, 404)],
    ['of broken JSON', () => raw('{"detail":"Book not f', 404)],
  ])("rejects with a not-found error for a proxy's 404 %s", async (_, answer) => {
    const { service, client } = serve(answer)
    const error = await failure(client.getBookById(7), DreamStorageNotFoundError)
    expect(error).toMatchObject({ status: 404, method: 'GET', route: '/books/{book_id}', attempts: 1 })
    expect(service.count('GET')).toBe(1)
  })

  test.each([
    ['a list', () => json([BRAINS])],
    ['null', () => json(null)],
    ['a string', () => json('BRAINS')],
    ['a book without id', () => json({ book_name: 'BRAINS' })],
    ['a book without book_name', () => json({ id: 1 })],
    ['a page of HTML', () => html()],
    ['truncated JSON', () => raw('{"id":1,"book_name":"BRA')],
    ['an empty body', () => raw('')],
    ['204', () => empty(204)],
  ])('rejects with a response error for %s', async (_, answer) => {
    const { client } = serve(answer)
    const error = await failure(client.getBookById(1), DreamStorageResponseError)
    expect(error).toMatchObject({ route: '/books/{book_id}', status: answer().status, attempts: 1 })
  })
})
