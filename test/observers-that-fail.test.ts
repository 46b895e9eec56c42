import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { DreamStorageClosedError, type Observer } from '../src/index.js'
import { EVENT_NAMES, EventLog, observeAll } from './support/event-log.js'
import { failure, rejection } from './support/failure.js'
import { json } from './support/fake-service.js'
import { pass, settle } from './support/fake-time.js'
import { down, inTurn, invalidToken } from './support/faults.js'
import { collect } from './support/process-events.js'
import { BOOK, serve, serveInFakeTime } from './support/serve.js'

const FAULTS: ReadonlyArray<[what: string, listener: () => unknown]> = [
  [
    'throws an error',
    () => {
      throw new Error('of the observer')
    },
  ],
  [
    'throws nothing at all',
    () => {
      throw undefined
    },
  ],
  ['returns a promise that rejects', () => Promise.reject(new Error('of the observer'))],
  [
    'returns a promise of another realm that rejects',
    () => runInNewContext('Promise.reject(new Error("of the observer"))'),
  ],
  [
    'returns a thenable that throws',
    () => ({
      // biome-ignore lint/suspicious/noThenProperty: it is the thenable of the test
      then: () => {
        throw new Error('of the observer')
      },
    }),
  ],
]

test.each(FAULTS)(
  'an observer that %s harms no call, no other observer and no process',
  async (_, listener) => {
    const unhandled = collect('unhandledRejection')
    const heard = new Set<string>()
    const log = new EventLog()
    const bad = observeAll((name) => {
      heard.add(name)
      return listener()
    })
    const answer = inTurn(
      () => json([BOOK, {}]),
      invalidToken,
      () => json({}, 429),
      () => down(),
      () => json(BOOK),
      () => json({ detail: 'no' }, 403),
    )
    const { client } = serveInFakeTime(answer, {
      observers: [bad, log.observer],
      circuitBreaker: { failureThreshold: 1, resetAfterMs: 3_000 },
    })
    const calls = Promise.allSettled([client.getBooks()])
    await pass(1_000)
    const [books] = await calls
    expect(books).toMatchObject({ value: [BOOK] })
    const book = client.getBookById(1).catch((error: Error) => error.name)
    await pass(60_000)
    expect(await book).toBe('DreamStorageCircuitOpenError')
    expect(await client.getBookById(1)).toEqual(BOOK)
    expect(await client.getBookById(1).catch((error: Error) => error.name)).toBe('DreamStorageForbiddenError')
    await settle()
    expect(unhandled).toEqual([])
    expect(log.unbalanced()).toEqual({ open: [], excess: [] })
    const rest = EVENT_NAMES.filter((name) => !heard.has(name))
    expect(rest).toEqual(['retry-budget', 'stream'])
  },
)

test('several observers are told in the order of the list, each event before the next', async () => {
  const told: string[] = []
  const observer = (who: string): Observer => observeAll((name) => told.push(`${who} ${name}`))
  const { client } = serve(undefined, { token: 'key', observers: [observer('first'), observer('second')] })
  await client.getBookById(1)
  const names = ['call.start', 'attempt.start', 'attempt.end', 'call.end']
  expect(told).toEqual(names.flatMap((name) => [`first ${name}`, `second ${name}`]))
})

test('an observer may be an instance of a class, whose methods keep their this', async () => {
  class Counting {
    static count = 0
    readonly #weight = 2
    'call.end'(): void {
      Counting.count += this.#weight
    }
  }
  const { client } = serve(undefined, { token: 'key', observers: [new Counting()] })
  await client.getBookById(1)
  expect(Counting.count).toBe(2)
})

test('the same observer twice is told twice', async () => {
  const log = new EventLog()
  const { client } = serve(undefined, { token: 'key', observers: [log.observer, log.observer] })
  await client.getBookById(1)
  expect(log.all('call.end')).toHaveLength(2)
})

test('an observer that closes the client at the start of a call ends that call, once', async () => {
  const log = new EventLog()
  const { client, service } = serve(undefined, {
    observers: [log.observer, { 'call.start': () => void client.close() }],
  })
  await failure(client.getBookById(1), DreamStorageClosedError)
  expect(log.ends()).toEqual(['request /books/{book_id}: cancelled'])
  expect(service.seen).toEqual([])
})

test('an observer that aborts the call between attempts ends it', async () => {
  const controller = new AbortController()
  const log = new EventLog()
  const { client, service } = serve(() => down(), {
    token: 'key',
    observers: [log.observer, { retry: () => controller.abort('enough') }],
  })
  expect(await rejection(client.getBookById(1, { signal: controller.signal }))).toBe('enough')
  expect(service.seen).toHaveLength(1)
  expect(log.ends()).toEqual(['request /books/{book_id}: cancelled'])
  expect(client.stats().connections).toEqual({ active: 0, queued: 0, files: 0 })
})

test('an observer may make calls of its own', async () => {
  const calls: Array<Promise<unknown>> = []
  const log = new EventLog()
  const { client, service } = serve(undefined, {
    token: 'key',
    maxConnections: 1,
    observers: [
      log.observer,
      { 'attempt.end': () => void (calls.length < 3 && calls.push(client.getBookById(calls.length + 2))) },
    ],
  })
  await client.getBookById(1)
  while (log.unbalanced().open.length > 0) await Promise.all(calls)
  expect(service.count('GET /books/')).toBe(4)
})
