import { describe, expect, it } from 'vitest'
import { open, outcome, storagePath } from './support.js'

const NOT_FOUND = [404, { detail: 'Book not found' }]
const MICROSECONDS = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)

describe('the catalogue of the mock service', () => {
  it('shows the fields of 2025', async () => {
    const { get } = await open()
    expect(await get('/books/1')).toEqual({
      id: 1,
      publisher: 'Universal ELT',
      book_name: 'BRAINS',
      language: 'en',
      category: 'course',
      version: '1.0.0',
      status: 'published',
      created_at: MICROSECONDS,
      updated_at: MICROSECONDS,
    })
  })

  it('shows the fields of 2026', async () => {
    const { get } = await open({ dialect: '2026' })
    expect(await get('/books/1')).toEqual({
      id: 1,
      publisher_id: 1,
      publisher: 'Universal ELT',
      book_name: 'BRAINS',
      book_title: 'BRAINS',
      book_cover: 'Universal ELT/books/BRAINS/images/cover.png',
      language: 'en',
      category: 'course',
      status: 'published',
      activity_count: 3,
      activity_details: { by_type: { circle: 1, matchTheWords: 1, dragdroppicture: 1 }, audio: true },
      total_size: expect.any(Number),
      created_at: MICROSECONDS,
      updated_at: MICROSECONDS,
    })
  })

  it('lists drafts and archived books in 2025, with no version for a draft', async () => {
    const { get } = await open()
    const books = await get('/books/')
    expect(books).toHaveLength(12)
    expect(books).toContainEqual(expect.objectContaining({ status: 'draft', version: null }))
    expect(books).toContainEqual(expect.objectContaining({ status: 'archived' }))
  })

  it('lists drafts but no archived books in 2026, where publisher and category can be null', async () => {
    const { get } = await open({ dialect: '2026' })
    const books = await get('/books/')
    expect(books).toHaveLength(11)
    expect(books).not.toContainEqual(expect.objectContaining({ status: 'archived' }))
    expect(books).toContainEqual(
      expect.objectContaining({ status: 'draft', publisher: null, activity_count: null, total_size: null }),
    )
    expect(books).toContainEqual(expect.objectContaining({ book_name: 'Odds and Ends', category: null }))
  })

  it('filters by publisher in 2026 and ignores the filter in 2025', async () => {
    const later = await open({ dialect: '2026' })
    expect(await later.get('/books/?publisher_id=1')).toHaveLength(3)
    expect((await later.call('GET', '/books/?publisher_id=x')).status).toBe(422)
    const earlier = await open()
    expect(await earlier.get('/books/?publisher_id=1')).toHaveLength(12)
  })

  it('answers 404 to unknown ids, 422 to what is no id, and 500 to ids above int32', async () => {
    const { call } = await open()
    for (const id of ['13', '0', '-1', '2147483647']) {
      expect(await outcome(call('GET', `/books/${id}`))).toEqual(NOT_FOUND)
    }
    expect(await outcome(call('GET', '/books/abc'))).toEqual([
      422,
      {
        detail: [
          {
            type: 'int_parsing',
            loc: ['path', 'book_id'],
            msg: 'Input should be a valid integer, unable to parse string as an integer',
            input: 'abc',
          },
        ],
      },
    ])
    const crash = await call('GET', '/books/2147483648')
    expect([crash.status, crash.headers.get('content-type'), await crash.text()]).toEqual([
      500,
      'text/plain; charset=utf-8',
      'Internal Server Error',
    ])
  })

  it('adds a draft and changes it, after which it is the last of the list', async () => {
    let now = Date.UTC(2025, 10, 3)
    const { call, get } = await open({ now: () => now })
    const created = await call('POST', '/books/', { json: { publisher: 'Kuzey', book_name: 'Ada' } })
    expect(created.status).toBe(201)
    expect(await created.json()).toMatchObject({ id: 13, status: 'draft', version: null, language: null })
    now += 1000
    const json = { language: 'tr', category: null, status: 'published', version: '2.0.0' }
    expect(await outcome(call('PUT', '/books/1', { json }))).toMatchObject([200, { id: 1, ...json }])
    expect(await get('/books/')).toMatchObject({ 12: { id: 1, updated_at: '2025-11-03T00:00:01.000000Z' } })
  })

  it('answers 422 to books of a wrong shape', async () => {
    const { call } = await open()
    const json = { publisher: '', language: 5, status: 'lost' }
    expect(await outcome(call('POST', '/books/', { json }))).toMatchObject([
      422,
      {
        detail: [
          { type: 'string_too_short', loc: ['body', 'publisher'], input: '' },
          { type: 'missing', loc: ['body', 'book_name'], input: json },
          { type: 'string_type', loc: ['body', 'language'], input: 5 },
          { type: 'enum', loc: ['body', 'status'], input: 'lost' },
        ],
      },
    ])
    expect(await outcome(call('PUT', '/books/99', { json: {} }))).toEqual(NOT_FOUND)
  })

  it.each(['2025', '2026'] as const)(
    'moves the files when a book gets a new name, in %s',
    async (dialect) => {
      const { call, get } = await open({ dialect })
      const json = { publisher: 'Kuzey', book_name: 'Ada' }
      expect((await call('PUT', '/books/1', { json })).status).toBe(200)
      expect(await get(storagePath('Kuzey', 'Ada', '/config'))).toMatchObject({ book_title: 'BRAINS' })
      expect(await get(storagePath('Universal ELT', 'BRAINS'))).toMatchObject({ children: [] })
    },
  )

  it('archives what is deleted', async () => {
    const { call, get } = await open()
    expect(await outcome(call('DELETE', '/books/1'))).toMatchObject([200, { id: 1, status: 'archived' }])
    expect(await get('/books/1')).toMatchObject({ status: 'archived' })
    expect(await get(storagePath('Universal ELT', 'BRAINS'))).toMatchObject({ children: [] })
    expect((await call('DELETE', '/books/1')).status).toBe(200)
    expect(await outcome(call('DELETE', '/books/99'))).toEqual(NOT_FOUND)
  })

  it('gives up to a hundred books at once in 2026, without those that do not exist', async () => {
    const { call } = await open({ dialect: '2026' })
    const batch = (ids: unknown): Promise<[number, unknown]> =>
      outcome(call('POST', '/books/batch', { json: { ids } }))
    expect(await batch([2, 99, 1])).toMatchObject([200, [{ id: 2 }, { id: 1 }]])
    expect(await batch(Array.from({ length: 101 }, (_, id) => id))).toMatchObject([
      422,
      { detail: [{ type: 'too_long' }] },
    ])
    expect(await batch('1')).toMatchObject([422, { detail: [{ type: 'list_type' }] }])
    expect(await batch(['1'])).toMatchObject([422, { detail: [{ type: 'int_type' }] }])
  })
})
