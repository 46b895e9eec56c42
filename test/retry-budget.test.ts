import { describe, expect, test } from 'vitest'
import { DreamStorageServerError } from '../src/index.js'
import { EventLog } from './support/event-log.js'
import { failure } from './support/failure.js'
import type { FakeService } from './support/fake-service.js'
import { json } from './support/fake-service.js'
import { pass } from './support/fake-time.js'
import { down, fetchFailed, invalidToken } from './support/faults.js'
import { MemoryLog } from './support/memory-log.js'
import { ok, type Served, serveInFakeTime } from './support/serve.js'

/** A client with room for many calls, whose retries begin after a second. */
function setUp(answer: FakeService['answer'], options = {}): Served {
  const served = serveInFakeTime(answer, {
    token: 'key',
    maxConnections: 1_000,
    circuitBreaker: false,
    retry: { maxDelayMs: 1_000 },
    ...options,
  })
  return served
}

/** So many calls at once, to their ends. @returns how many requests they cost */
async function burst({ client, service }: Served, count: number): Promise<number> {
  const before = service.seen.length
  const calls = Array.from({ length: count }, (_, index) => client.getBookById(index + 1).catch(() => {}))
  await pass(5_000)
  await Promise.all(calls)
  return service.seen.length - before
}

describe.each<[string, FakeService['answer']]>([
  ['answers 503', () => down()],
  ['breaks connections', () => Promise.reject(fetchFailed())],
])('the retries of a client whose service always %s', (_, fault) => {
  test.each([
    [1, 3],
    [5, 11],
    [100, 30],
    [500, 110],
  ])(
    'are for %i calls at once %i: at most a fifth of the calls of the last 10 s, and 10',
    async (count, retries) => {
      expect(await burst(setUp(fault), count)).toBe(count + retries)
    },
  )
})

test('retries of the last 10 s count, and older ones do not', async () => {
  const served = setUp(() => down())
  expect(await burst(served, 10)).toBe(10 + 12)
  expect(await burst(served, 10)).toBe(10 + 2)
  await pass(8_000)
  expect(await burst(served, 10)).toBe(10 + 12)
})

test('a service that fails 30 % of all requests is sent a fifth more, and one retry a second', async () => {
  let requests = 0
  const served = setUp(() => (++requests % 10 < 3 ? down() : ok()), { retry: { jitter: true } })
  const calls: Promise<unknown>[] = []
  for (let tenth = 0; tenth < 600; tenth++) {
    for (let call = 0; call < 10; call++)
      calls.push(served.client.getBookById(calls.length + 1).catch(() => {}))
    await pass(100)
  }
  await pass(10_000)
  await Promise.all(calls)
  const { retries } = served.client.stats().requests
  expect(retries).toBeLessThanOrEqual(6_000 * 0.2 + 70)
  expect(retries).toBeGreaterThan(6_000 * 0.15)
})

describe('no part of the budget are', () => {
  test('waits of a 429', async () => {
    let asked = 0
    const served = setUp(() => (++asked <= 50 ? json({}, 429, { 'retry-after': '1' }) : ok()))
    expect(await burst(served, 50)).toBe(100)
  })

  test('renewals after a 401', async () => {
    let asked = 0
    const served = setUp((seen) => (seen.authorization === 'Bearer old' ? invalidToken() : ok()), {
      token: () => (++asked <= 50 ? 'old' : 'new'),
    })
    expect(await burst(served, 50)).toBe(100)
  })
})

test('a retry that there is no budget for is an event, and a line of the log, and the failure is that of the attempt', async () => {
  const log = new EventLog()
  const lines = new MemoryLog()
  const served = setUp(() => down(), { observers: [log.observer], logger: lines.logger })
  await burst(served, 10)
  expect(log.all('retry-budget')).toHaveLength(10)
  const error = failure(served.client.getBookById(99), DreamStorageServerError)
  await pass(0)
  expect(await error).toMatchObject({ attempts: 1, status: 503 })
  expect(log.all('retry-budget').at(-1)).toMatchObject({ attempts: 1, call: { route: '/books/{book_id}' } })
})
