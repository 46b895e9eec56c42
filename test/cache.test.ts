import { describe, expect, test } from 'vitest'
import {
  type DreamCentralStorageClient,
  DreamStorageClosedError,
  DreamStorageInputError,
  DreamStorageNotFoundError,
  DreamStorageResponseError,
  DreamStorageServerError,
  DreamStorageTimeoutError,
} from '../src/index.js'
import { html } from './support/answers.js'
import { createClient, type TestOptions } from './support/client.js'
import { failure, rejection, thrown } from './support/failure.js'
import { FakeService, json } from './support/fake-service.js'
import { fakeTime, pass, settle } from './support/fake-time.js'
import { Gate } from './support/gate.js'

const MINUTE = 60_000
const BOOKS = 'GET /books/'
const configOf = (book: string): string => `GET /storage/books/p/${book}/config`

/** A service whose every answer is another: one book with a new id, or a config that counts. */
function countingService(): FakeService {
  let serial = 0
  return new FakeService(({ path }) => {
    serial++
    return path.endsWith('/config') ? json({ serial }) : json([{ id: serial, book_name: 'b' }])
  })
}

function setUp(options: Partial<TestOptions> = {}): {
  service: FakeService
  client: DreamCentralStorageClient
} {
  const service = countingService()
  return { service, client: createClient({ ...service.options, ...options }) }
}

function setUpGate(options: Partial<TestOptions> = {}): {
  service: FakeService
  client: DreamCentralStorageClient
  gate: Gate
} {
  const gate = new Gate()
  const service = new FakeService(gate.answer)
  return { service, gate, client: createClient({ ...service.options, ...options }) }
}

const book = (id: number): Array<{ id: number; book_name: string }> => [{ id, book_name: 'b' }]

describe('a value that is held', () => {
  test('is given again without a request, the very same', async () => {
    const { service, client } = setUp()
    const first = await client.getBooks()
    expect(await client.getBooks()).toBe(first)
    const config = await client.getBookConfig('p', 'b')
    expect(await client.getBookConfig('p', 'b')).toBe(config)
    expect(service.count('GET')).toBe(2)
    expect(client.stats()).toMatchObject({
      cache: { hits: 2, misses: 2, shared: 0, entries: 2 },
      requests: { calls: 2, attempts: 3 },
    })
  })

  test('is frozen to its depth', async () => {
    const deep = { pages: [{ sections: [{ answers: ['a'] }] }] }
    const service = new FakeService(({ path }) =>
      path.endsWith('/config')
        ? json(deep)
        : json([{ id: 1, book_name: 'b', activity_details: { kinds: ['x'] } }]),
    )
    const client = createClient(service.options)
    const isFrozen = (value: unknown): boolean =>
      typeof value !== 'object' ||
      value === null ||
      (Object.isFrozen(value) && Object.values(value).every(isFrozen))
    for (const cache of ['default', 'reload', 'no-store'] as const) {
      expect(isFrozen(await client.getBooks({ cache }))).toBe(true)
      expect(isFrozen(await client.getBookConfig('p', 'b', { cache }))).toBe(true)
    }
    const uncached = createClient({ ...service.options, cache: false })
    expect(isFrozen(await uncached.getBooks())).toBe(true)
    expect(isFrozen(await uncached.getBookConfig('p', 'b'))).toBe(true)
  })

  test('expires: the catalogue after 15 minutes, a config after 30', async () => {
    fakeTime()
    const { service, client } = setUp()
    await client.getBooks()
    await client.getBookConfig('p', 'b')
    await pass(15 * MINUTE - 1)
    await client.getBooks()
    expect(service.count(BOOKS)).toBe(1)
    await pass(1)
    await client.getBooks()
    expect(service.count(BOOKS)).toBe(2)
    await pass(15 * MINUTE - 1)
    await client.getBookConfig('p', 'b')
    expect(service.count(configOf('b'))).toBe(1)
    await pass(1)
    await client.getBookConfig('p', 'b')
    expect(service.count(configOf('b'))).toBe(2)
  })

  test('expires when the options say so, counted from the answer and not from the reading', async () => {
    fakeTime()
    const { service, client } = setUp({ cache: { booksTtlMs: 100, configTtlMs: 200 } })
    await client.getBooks()
    await client.getBookConfig('p', 'b')
    await pass(99)
    await client.getBooks()
    await pass(1)
    await client.getBooks()
    await pass(99)
    await client.getBookConfig('p', 'b')
    await pass(1)
    await client.getBookConfig('p', 'b')
    expect(service.count(BOOKS)).toBe(2)
    expect(service.count(configOf('b'))).toBe(2)
  })

  test('may be null', async () => {
    const service = new FakeService(() => json(null))
    const client = createClient(service.options)
    expect(await client.getBookConfig('p', 'b')).toBeNull()
    expect(await client.getBookConfig('p', 'b')).toBeNull()
    expect(service.count('GET')).toBe(1)
  })

  test('is told apart by publisher and book name, exactly', async () => {
    const { service, client } = setUp()
    const names = [
      ['p', 'b'],
      ['b', 'p'],
      ['P', 'b'],
      ['p', 'b '],
      ['p%2Fb', 'c'],
      ['p', 'b%2Fc'],
      ['__proto__', 'constructor'],
    ] as const
    for (const [publisher, bookName] of [...names, ...names]) await client.getBookConfig(publisher, bookName)
    expect(service.count('GET')).toBe(names.length)
  })

  test('is not shared with another client', async () => {
    const service = countingService()
    await createClient(service.options).getBooks()
    await createClient(service.options).getBooks()
    expect(service.count(BOOKS)).toBe(2)
  })

  test('is not given after close() nor to a caller who has aborted', async () => {
    const { client } = setUp()
    await client.getBooks()
    const reason = new Error('enough')
    expect(await rejection(client.getBooks({ signal: AbortSignal.abort(reason) }))).toBe(reason)
    await client.close()
    await failure(client.getBooks(), DreamStorageClosedError)
    expect(client.stats().cache.hits).toBe(0)
  })

  test('costs no login', async () => {
    fakeTime()
    const { service, client } = setUp({ cache: { booksTtlMs: 365 * 24 * 60 * MINUTE } })
    await client.getBooks()
    await pass(24 * 60 * MINUTE)
    await client.getBooks()
    expect(service.count('POST /auth/login')).toBe(1)
  })
})

describe('nothing but the catalogue and configs is held', () => {
  test('as books by id, listings and downloads are asked for each time', async () => {
    const service = new FakeService(({ path }) =>
      path.startsWith('/books/') ? json({ id: 1, book_name: 'b' }) : json([]),
    )
    const client = createClient(service.options)
    for (let round = 0; round < 2; round++) {
      await client.getBookById(1)
      await client.listBookContents('p', 'b')
      await client.downloadAsset('p', 'b', 'a')
      await client.api.GET('/books/')
    }
    expect(service.count('GET')).toBe(8)
    expect(client.stats().cache).toEqual({ hits: 0, misses: 0, shared: 0, entries: 0 })
  })

  test.each([
    ['a refusal', () => json({ detail: 'Book not found' }, 404), DreamStorageNotFoundError],
    ['a failure', () => json({}, 500), DreamStorageServerError],
    ['a page of HTML', () => html(), DreamStorageResponseError],
  ])('as errors are not: %s', async (_, answer, Class) => {
    const { service, client } = setUp({ retry: { maxRetries: 0 } })
    const good = service.answer
    service.answer = answer
    await failure(client.getBooks(), Class)
    await failure(client.getBookConfig('p', 'b'), Class)
    expect(client.stats().cache).toMatchObject({ entries: 0, misses: 2 })
    service.answer = good
    expect(await client.getBooks()).toHaveLength(1)
    expect(await client.getBookConfig('p', 'b')).toHaveProperty('serial')
  })

  test('as an error does not push out a value that is held', async () => {
    const { service, client } = setUp({ retry: { maxRetries: 0 } })
    const held = await client.getBooks()
    service.answer = () => json({}, 500)
    await failure(client.getBooks({ cache: 'reload' }), DreamStorageServerError)
    expect(await client.getBooks()).toBe(held)
  })
})

describe('invalidateCache', () => {
  async function fill(client: DreamCentralStorageClient): Promise<void> {
    await client.getBooks()
    await client.getBookConfig('p', 'a')
    await client.getBookConfig('p', 'b')
  }

  test.each([
    ['everything without a scope', undefined, 2, 2, 2],
    ['the catalogue only', { books: true as const }, 2, 1, 1],
    ['one config only', { publisher: 'p', bookName: 'b' }, 1, 1, 2],
    ['nothing for a config that is not held', { publisher: 'p', bookName: 'c' }, 1, 1, 1],
  ])('forgets %s', async (_, scope, books, a, b) => {
    const { service, client } = setUp()
    await fill(client)
    client.invalidateCache(scope)
    await fill(client)
    expect([service.count(BOOKS), service.count(configOf('a')), service.count(configOf('b'))]).toEqual([
      books,
      a,
      b,
    ])
  })

  test.each([
    null,
    'books',
    {},
    { books: false },
    { books: 1 },
    { books: true, publisher: 'p', bookName: 'b' },
    { books: true, bookName: 'b' },
    { publisher: 'p' },
    { bookName: 'b' },
    { publisher: 'p', bookName: 'b', all: true },
    { book: true },
    [],
  ])('throws an input error for a scope that says nothing clear and forgets nothing: %j', async (scope) => {
    const { client } = setUp()
    await fill(client)
    thrown(() => client.invalidateCache(scope as never), DreamStorageInputError)
    expect(client.stats().cache.entries).toBe(3)
  })

  test('wins over a request under way: its answer is given but not stored, and the next caller asks anew', async () => {
    const { client, gate } = setUpGate()
    const early = client.getBooks()
    await settle()
    client.invalidateCache()
    const late = client.getBooks()
    await settle()
    expect(gate.held).toHaveLength(2)
    gate.held[1]?.answer(json(book(2)))
    expect(await late).toEqual(book(2))
    gate.held[0]?.answer(json(book(1)))
    expect(await early).toEqual(book(1))
    expect(await client.getBooks()).toEqual(book(2))
    expect(gate.held).toHaveLength(2)
  })

  test('wins over a request under way also when nobody has asked since', async () => {
    const { client, gate } = setUpGate()
    const early = client.getBookConfig('p', 'b')
    await settle()
    client.invalidateCache({ publisher: 'p', bookName: 'b' })
    gate.held[0]?.answer(json({ old: true }))
    expect(await early).toEqual({ old: true })
    expect(client.stats().cache.entries).toBe(0)
    const next = client.getBookConfig('p', 'b')
    await settle()
    gate.held[1]?.answer(json({ old: false }))
    expect(await next).toEqual({ old: false })
  })

  test('does not disturb a request of another scope', async () => {
    const { client, gate } = setUpGate()
    const config = client.getBookConfig('p', 'b')
    await settle()
    client.invalidateCache({ books: true })
    client.invalidateCache({ publisher: 'p', bookName: 'other' })
    gate.held[0]?.answer(json({ kept: true }))
    const kept = await config
    expect(await client.getBookConfig('p', 'b')).toBe(kept)
  })
})

describe('calls that miss at the same time', () => {
  test('share one request and its value', async () => {
    const { service, client, gate } = setUpGate()
    const calls = Array.from({ length: 50 }, () => client.getBooks())
    await settle()
    gate.held[0]?.answer(json(book(1)))
    const values = await Promise.all(calls)
    expect(new Set(values).size).toBe(1)
    expect(service.count(BOOKS)).toBe(1)
    expect(client.stats().cache).toEqual({ hits: 0, misses: 1, shared: 49, entries: 1 })
    expect(client.stats().requests.calls).toBe(1)
  })

  test('share one failure, and the next call asks again', async () => {
    const { service, client } = setUp({ retry: { maxRetries: 0 } })
    const good = service.answer
    service.answer = () => json({}, 500)
    const calls = Array.from({ length: 10 }, () =>
      failure(client.getBookConfig('p', 'b'), DreamStorageServerError),
    )
    expect((await Promise.all(calls)).map(({ attempts }) => attempts)).toEqual(Array(10).fill(1))
    expect(service.count('GET')).toBe(1)
    service.answer = good
    await client.getBookConfig('p', 'b')
    expect(service.count('GET')).toBe(2)
  })

  test('are not disturbed by the abort of one of them, the first or another', async () => {
    for (const aborted of [0, 1, 2]) {
      const { service, client, gate } = setUpGate()
      const controllers = [0, 1, 2].map(() => new AbortController())
      const calls = controllers.map(({ signal }) => client.getBooks({ signal }))
      const outcomes = Promise.allSettled(calls)
      await settle()
      const reason = new Error('enough')
      controllers[aborted]?.abort(reason)
      await settle()
      gate.held[0]?.answer(json(book(1)))
      for (const [index, outcome] of (await outcomes).entries()) {
        if (index === aborted) expect(outcome).toEqual({ status: 'rejected', reason })
        else expect(outcome).toEqual({ status: 'fulfilled', value: book(1) })
      }
      expect(service.count(BOOKS)).toBe(1)
      expect(client.stats().cache.entries).toBe(1)
    }
  })

  test('end the request when the last of them has aborted, and nothing is sent afterwards', async () => {
    fakeTime()
    const { service, client, gate } = setUpGate({ retry: {} })
    const controllers = [new AbortController(), new AbortController()]
    const calls = controllers.map(({ signal }) => rejection(client.getBooks({ signal })))
    await pass(0)
    controllers[0]?.abort(new Error('first'))
    await pass(0)
    expect(gate.held[0]?.signal.aborted).toBe(false)
    controllers[1]?.abort(new Error('second'))
    await pass(0)
    expect(gate.held[0]?.signal.aborted).toBe(true)
    expect(await Promise.all(calls)).toEqual([new Error('first'), new Error('second')])
    await pass(10 * MINUTE)
    expect(service.count(BOOKS)).toBe(1)
    expect(client.stats()).toMatchObject({ cache: { entries: 0 }, circuits: { catalogue: 'closed' } })
  })

  test('send nothing more when all of them abort while a retry is waited for', async () => {
    fakeTime()
    const service = new FakeService(() => json({}, 503))
    const client = createClient({ ...service.options, retry: {} })
    const controller = new AbortController()
    const calls = [1, 2].map(() => rejection(client.getBooks({ signal: controller.signal })))
    await pass(0)
    expect(service.count(BOOKS)).toBe(1)
    controller.abort(new Error('enough'))
    expect(await Promise.all(calls)).toEqual([new Error('enough'), new Error('enough')])
    await pass(10 * MINUTE)
    expect(service.count(BOOKS)).toBe(1)
  })

  test.each([
    ['in the same tick', async () => {}],
    ['a tick later', () => Promise.resolve()],
    [
      'ten ticks later',
      async () => {
        for (let tick = 0; tick < 10; tick++) await Promise.resolve()
      },
    ],
    ['later', settle],
  ])(
    'leave nothing to a caller who comes %s after all have aborted: it gets a value of its own',
    async (_, wait) => {
      const { client, gate } = setUpGate()
      const controller = new AbortController()
      const gone = rejection(client.getBooks({ signal: controller.signal }))
      await settle()
      controller.abort(new Error('enough'))
      await wait()
      const call = client.getBooks()
      await settle()
      for (const { signal, answer } of gate.held) if (!signal.aborted) answer(json(book(7)))
      expect(await call).toEqual(book(7))
      expect(await gone).toEqual(new Error('enough'))
      expect(await client.getBooks()).toEqual(book(7))
    },
  )

  test('have a deadline each: one that passes ends that caller only', async () => {
    fakeTime()
    const { client, gate } = setUpGate()
    const short = failure(client.getBooks({ timeoutMs: 100 }), DreamStorageTimeoutError)
    const long = client.getBooks({ timeoutMs: 1_000 })
    await pass(100)
    expect(await short).toMatchObject({ phase: 'deadline', route: '/books/', attempts: 1 })
    await pass(500)
    gate.held[0]?.answer(json(book(1)))
    expect(await long).toEqual(book(1))
    expect(gate.held).toHaveLength(1)
  })

  test('end with the client', async () => {
    const { client, gate } = setUpGate()
    const calls = [1, 2].map(() => failure(client.getBooks(), DreamStorageClosedError))
    await settle()
    await client.close()
    await Promise.all(calls)
    expect(gate.held[0]?.signal.aborted).toBe(true)
  })
})

describe('the call option cache', () => {
  test("'reload' asks the service although a value is held, and stores the answer", async () => {
    const { service, client } = setUp()
    await client.getBooks()
    const fresh = await client.getBooks({ cache: 'reload' })
    expect(fresh[0]?.id).toBe(2)
    expect(await client.getBooks()).toBe(fresh)
    expect(service.count(BOOKS)).toBe(2)
  })

  test("'reload' does not join a request that is under way, and its answer is the one that stays", async () => {
    const { client, gate } = setUpGate()
    const early = client.getBooks()
    await settle()
    const reload = client.getBooks({ cache: 'reload' })
    await settle()
    expect(gate.held).toHaveLength(2)
    gate.held[1]?.answer(json(book(2)))
    expect(await reload).toEqual(book(2))
    gate.held[0]?.answer(json(book(1)))
    expect(await early).toEqual(book(1))
    expect(await client.getBooks()).toEqual(book(2))
  })

  test("'no-store' leaves the cache alone in both directions", async () => {
    const { service, client } = setUp()
    await client.getBooks({ cache: 'no-store' })
    expect(client.stats().cache).toEqual({ hits: 0, misses: 0, shared: 0, entries: 0 })
    const held = await client.getBooks()
    const other = await client.getBooks({ cache: 'no-store' })
    expect(other).not.toEqual(held)
    expect(await client.getBooks()).toBe(held)
    expect(service.count(BOOKS)).toBe(3)
  })

  test("'default' is what holds without it", async () => {
    const { service, client } = setUp()
    const held = await client.getBookConfig('p', 'b', { cache: 'default' })
    expect(await client.getBookConfig('p', 'b', { cache: undefined })).toBe(held)
    expect(service.count('GET')).toBe(1)
  })
})

describe('cache: false', () => {
  test('holds nothing and shares nothing', async () => {
    const { service, client } = setUp({ cache: false })
    await Promise.all([client.getBooks(), client.getBooks()])
    await client.getBookConfig('p', 'b', { cache: 'reload' })
    client.invalidateCache()
    client.invalidateCache({ books: true })
    expect(service.count('GET')).toBe(3)
    expect(client.stats().cache).toEqual({ hits: 0, misses: 0, shared: 0, entries: 0 })
  })
})

describe('maxEntries', () => {
  async function read(client: DreamCentralStorageClient, names: string): Promise<void> {
    for (const name of names) await client.getBookConfig('p', name)
  }

  test('is never exceeded', async () => {
    const { client } = setUp({ cache: { maxEntries: 3 } })
    const sizes: number[] = []
    for (const name of 'abcdefghij') {
      await read(client, name)
      sizes.push(client.stats().cache.entries)
    }
    expect(sizes).toEqual([1, 2, 3, 3, 3, 3, 3, 3, 3, 3])
  })

  test('may be 1', async () => {
    const { service, client } = setUp({ cache: { maxEntries: 1 } })
    await read(client, 'aab')
    expect(client.stats().cache.entries).toBe(1)
    expect(service.count('GET')).toBe(2)
    await read(client, 'ba')
    expect(service.count('GET')).toBe(3)
  })

  test('holds exactly the newest', async () => {
    const { service, client } = setUp({ cache: { maxEntries: 3 } })
    await read(client, 'abcde')
    await read(client, 'cde')
    expect(service.count('GET')).toBe(5)
    await read(client, 'a')
    expect(service.count('GET')).toBe(6)
  })

  test.each([
    ['read since it was full', 'abcad', 'acd', 'b'],
    ['read before it was full', 'abacd', 'acd', 'b'],
    ['read again and again', 'abcababd', 'abd', 'c'],
    ['read in another order than stored', 'abccbabde', 'bde', 'a'],
  ])('drops the one that was least recently used: %s', async (_, history, kept, dropped) => {
    const { service, client } = setUp({ cache: { maxEntries: 3 } })
    await read(client, history)
    const before = service.count('GET')
    await read(client, kept)
    expect(service.count('GET') - before).toBe(0)
    await read(client, dropped)
    expect(service.count('GET') - before).toBe(1)
  })

  test('counts the catalogue like the others', async () => {
    const { service, client } = setUp({ cache: { maxEntries: 2 } })
    await client.getBooks()
    await read(client, 'ab')
    expect(client.stats().cache.entries).toBe(2)
    await client.getBooks()
    expect(service.count(BOOKS)).toBe(2)
  })
})
