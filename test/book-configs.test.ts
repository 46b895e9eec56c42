import { beforeAll, describe, expect, test } from 'vitest'
import {
  type Book,
  type BookConfigEntry,
  type BookConfigsOptions,
  DreamStorageClosedError,
  DreamStorageInputError,
  DreamStorageNotFoundError,
  DreamStorageTimeoutError,
} from '../src/index.js'
import { failure, rejection } from './support/failure.js'
import { json, type Seen } from './support/fake-service.js'
import { pass, settle } from './support/fake-time.js'
import { Gate } from './support/gate.js'
import { serve, serveInFakeTime } from './support/serve.js'

const books = (count: number): Book[] =>
  Array.from({ length: count }, (_, index) => ({ id: index + 1, publisher: 'p', book_name: `b${index + 1}` }))
const nameOf = ({ path }: Seen): string => path.split('/').at(-2) ?? ''

/** Answers each config after 150 ms with the name of its book. */
function slowly(counts: { now: number; most: number }): (seen: Seen) => Promise<Response> {
  return async (seen) => {
    counts.now++
    counts.most = Math.max(counts.most, counts.now)
    await new Promise((resolve) => setTimeout(resolve, 150))
    counts.now--
    return json({ name: nameOf(seen) })
  }
}

async function collect<T extends Book>(
  entries: AsyncIterable<BookConfigEntry<T>>,
): Promise<Array<BookConfigEntry<T>>> {
  const all: Array<BookConfigEntry<T>> = []
  for await (const entry of entries) all.push(entry)
  return all
}

// What the first call of such a method loads, which takes real time.
beforeAll(() => import('../src/service/library.js'))

describe('getBookConfigs', () => {
  test('reads 500 books at 150 ms within the slots, without a queue timeout', async () => {
    const counts = { now: 0, most: 0 }
    const { client, service } = serveInFakeTime(slowly(counts), { token: 'key' })
    const reading = collect(client.getBookConfigs(books(500)))
    await pass(7_600)
    const entries = await reading
    expect(entries).toHaveLength(500)
    for (const { book, config } of entries) expect(config).toEqual({ name: book.book_name })
    expect([counts.most, service.seen.length]).toEqual([10, 500])
  })

  test('reads no more at a time than concurrency says', async () => {
    const counts = { now: 0, most: 0 }
    const { client } = serveInFakeTime(slowly(counts), { token: 'key' })
    const reading = collect(client.getBookConfigs(books(9), { concurrency: 3 }))
    await pass(450)
    expect((await reading).length).toBe(9)
    expect(counts.most).toBe(3)
  })

  test('returns entries in the order of the answers, and a failure as an entry', async () => {
    const gate = new Gate()
    const { client } = serve(gate.answer, { token: 'key' })
    const odd = [...books(3), { id: 4, book_name: 'x' }, { id: 5, publisher: 'p', book_name: '..' }, null]
    const reading = collect(client.getBookConfigs(odd as Book[]))
    await settle()
    gate.held[2]?.answer(json(null))
    await settle()
    gate.held[0]?.answer(json({ detail: 'config.json not found' }, 404))
    await settle()
    gate.held[1]?.answer(json([]))
    const entries = await reading
    expect(entries.map(({ book }) => book?.id)).toEqual([4, 5, undefined, 3, 1, 2])
    expect(entries.map(({ error }) => error?.constructor)).toEqual([
      ...Array(3).fill(DreamStorageInputError),
      undefined,
      DreamStorageNotFoundError,
      undefined,
    ])
    expect(entries[3]).toEqual({ book: odd[2], config: null })
  })

  test('uses the cache of getBookConfig', async () => {
    const { client, service } = serve((seen) => json({ name: nameOf(seen) }))
    const config = await client.getBookConfig('p', 'b1')
    const entries = await collect(client.getBookConfigs(books(2)))
    expect(entries.find(({ book }) => book.id === 1)?.config).toBe(config)
    expect(service.count('GET /storage')).toBe(2)
    await collect(client.getBookConfigs(books(2), { cache: 'reload' }))
    expect(service.count('GET /storage')).toBe(4)
  })

  test('sends nothing before it is iterated, and reads only a few ahead of a slow consumer', async () => {
    const { client, service } = serve((seen) => json({ name: nameOf(seen) }), { token: 'key' })
    const iterator = client.getBookConfigs(books(100), { concurrency: 2 })[Symbol.asyncIterator]()
    await settle()
    expect(service.seen).toHaveLength(0)
    await iterator.next()
    await settle()
    expect(service.seen.length).toBeLessThanOrEqual(4)
    await iterator.return?.()
  })

  test('of which the loop is left stops the rest and leaves nothing behind', async () => {
    const gate = new Gate()
    const outcomes: string[] = []
    const observers = [{ 'call.end': ({ outcome }: { outcome: string }) => outcomes.push(outcome) }]
    const { client, service } = serve(gate.answer, { token: 'key', observers })
    const reading = (async () => {
      for await (const { book } of client.getBookConfigs(books(100))) return book.id
      return undefined
    })()
    await settle()
    gate.held[0]?.answer(json({}))
    expect(await reading).toBe(1)
    const sent = service.seen.length
    expect(sent).toBeLessThanOrEqual(11)
    await settle()
    expect(service.seen.length).toBe(sent)
    expect(client.stats().connections).toEqual({ active: 0, queued: 0, files: 0 })
    expect(gate.held.slice(1).every(({ signal }) => signal.aborted)).toBe(true)
    expect(outcomes.at(-1)).toBe('cancelled')
  })

  test('that is ended while a result is awaited ends at once', async () => {
    const { client } = serve(new Gate().answer, { token: 'key' })
    const iterator = client.getBookConfigs(books(3))[Symbol.asyncIterator]()
    const pending = iterator.next()
    await settle()
    expect(await iterator.return?.()).toEqual({ value: undefined, done: true })
    expect(await pending).toEqual({ value: undefined, done: true })
    expect(await iterator.next()).toEqual({ value: undefined, done: true })
    expect(client.stats().connections.active).toBe(0)
  })

  test('that is ended before it began sends nothing, also later', async () => {
    const { client, service } = serve(() => json({}))
    const iterator = client.getBookConfigs(books(3))[Symbol.asyncIterator]()
    await iterator.return?.()
    expect(await iterator.next()).toEqual({ value: undefined, done: true })
    expect(service.seen).toEqual([])
  })

  test('rejects with the reason of its signal, and stops', async () => {
    const gate = new Gate()
    const { client, service } = serve(gate.answer, { token: 'key' })
    const controller = new AbortController()
    const reading = collect(client.getBookConfigs(books(100), { signal: controller.signal }))
    await settle()
    controller.abort('enough')
    expect(await rejection(reading)).toBe('enough')
    await settle()
    expect(service.seen).toHaveLength(10)
    expect(client.stats().connections.active).toBe(0)
  })

  test('rejects at its deadline and after close', async () => {
    const { client } = serveInFakeTime(new Gate().answer, { token: 'key' })
    const late = failure(
      collect(client.getBookConfigs(books(20), { timeoutMs: 1_000 })),
      DreamStorageTimeoutError,
    )
    await pass(1_100)
    expect((await late).phase).toBe('deadline')
    const closed = failure(collect(client.getBookConfigs(books(20))), DreamStorageClosedError)
    await settle()
    await client.close()
    await closed
  })

  test.each([
    ['books', 5, {}],
    ['concurrency', [], { concurrency: 0 }],
    ['timeoutMs', [], { timeoutMs: -1 }],
    ['parallel', [], { parallel: 3 }],
  ])('refuses wrong %s', async (name, list, options) => {
    const { client, service } = serve()
    const reading = collect(client.getBookConfigs(list as Book[], options as BookConfigsOptions))
    expect((await failure(reading, DreamStorageInputError)).message).toContain(name)
    expect(service.seen).toEqual([])
  })
})
