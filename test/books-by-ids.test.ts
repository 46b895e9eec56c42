import { beforeAll, describe, expect, test } from 'vitest'
import { DreamStorageInputError, DreamStorageServerError } from '../src/index.js'
import { failure } from './support/failure.js'
import { json, type Seen } from './support/fake-service.js'
import { pass } from './support/fake-time.js'
import { serve, serveInFakeTime } from './support/serve.js'

const ids = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1)
const bookOf = (id: number): object => ({ id, book_name: `b${id}`, publisher: null, activity_details: [1] })

/** Answers a batch like the service of 2026: unknown ids are left out. */
async function batch({ request, path }: Seen): Promise<Response> {
  if (path !== '/books/batch') return json({ detail: 'Not Found' }, 404)
  const { ids: asked } = (await request.json()) as { ids: number[] }
  if (asked.length > 100) return json({ detail: [] }, 422)
  return json(asked.filter((id) => id !== 7).map(bookOf))
}

/** The service of 2025: no batch, and each answer takes 150 ms. */
function oldService(counts: { now: number; most: number }): (seen: Seen) => Promise<Response> {
  return async ({ method, path }) => {
    if (method === 'POST') return json({ detail: 'Method Not Allowed' }, 405, { allow: 'GET' })
    counts.now++
    counts.most = Math.max(counts.most, counts.now)
    await new Promise((resolve) => setTimeout(resolve, 150))
    counts.now--
    const id = Number(path.split('/').at(-1))
    return id === 7
      ? json({ detail: 'Book not found' }, 404)
      : json({ ...bookOf(id), status: id === 8 ? 'archived' : 'draft' })
  }
}

// What the first call of such a method loads, which takes real time.
beforeAll(() => import('../src/service/library.js'))

describe('getBooksByIds', () => {
  test('reads 100 books with a request, each id once, and returns them in the order of the ids', async () => {
    const { client, service } = serve(batch)
    const books = await client.getBooksByIds([250, ...ids(250), 3])
    expect([...books.keys()]).toEqual([250, ...ids(249).filter((id) => id !== 7)])
    expect(books.get(3)).toEqual(bookOf(3))
    expect(service.count('POST /books/batch')).toBe(3)
  })

  test('sends nothing without ids', async () => {
    const { client, service } = serve(batch)
    expect(await client.getBooksByIds(new Set())).toEqual(new Map())
    expect(service.seen).toEqual([])
  })

  test.each([[[1, 0]], [['1']], [[1.5]], [[2 ** 31]], [5], [null], ['12']])(
    'refuses %j before anything is sent',
    async (wrong) => {
      const { client, service } = serve(batch)
      const { message } = await failure(client.getBooksByIds(wrong as number[]), DreamStorageInputError)
      expect(message).toMatch(/\bids\b/)
      expect(service.seen).toEqual([])
    },
  )

  test('is sent again after a failure, because it only reads', async () => {
    let failures = 2
    const { client, service } = serve((seen) => (failures-- > 0 ? json({}, 503) : batch(seen)))
    expect((await client.getBooksByIds([1])).size).toBe(1)
    expect(service.count('POST /books/batch')).toBe(3)
  })

  test('reads them one by one from a service without batches, within the slots and without a queue', async () => {
    const counts = { now: 0, most: 0 }
    const { client, service } = serveInFakeTime(oldService(counts), { token: 'key' })
    const reading = client.getBooksByIds(ids(1_000))
    await pass(16_000)
    const books = await reading
    expect(books.size).toBe(998)
    expect([books.has(7), books.has(8), counts.most]).toEqual([false, false, 10])
    expect(service.count('POST /books/batch')).toBe(1)
  })

  test('ends at the first failure, and sends nothing afterwards', async () => {
    const { client, service } = serve(
      ({ path }) => {
        if (path === '/books/batch') return json({}, 405)
        return path === '/books/5' ? json({}, 500) : json(bookOf(Number(path.split('/').at(-1))))
      },
      { retry: false },
    )
    await failure(client.getBooksByIds(ids(500)), DreamStorageServerError)
    const sent = service.seen.length
    expect(sent).toBeLessThan(60)
    await new Promise(setImmediate)
    expect(service.seen.length).toBe(sent)
    expect(client.stats().connections.active).toBe(0)
  })

  test('leaves out what is no book, and tells it', async () => {
    const skipped: unknown[] = []
    const observers = [{ skip: ({ count }: { count: number }) => skipped.push(count) }]
    const { client } = serve(() => json([null, { id: 1 }, bookOf(2)]), { observers })
    expect([...(await client.getBooksByIds([1, 2])).keys()]).toEqual([2])
    expect(skipped).toEqual([2])
  })
})
