import { expect, test } from 'vitest'
import type { ClientEvents } from '../src/index.js'
import { EventLog } from './support/event-log.js'
import { json } from './support/fake-service.js'
import { pass } from './support/fake-time.js'
import { down, inTurn, invalidToken } from './support/faults.js'
import { LOGIN, tokenOf } from './support/logins.js'
import { BOOK, type Served, serveInFakeTime } from './support/serve.js'

const CATALOGUE = '/books/'

/** A client that has a token which is revoked now, and a catalogue that fails once after the new login. */
async function setUp(): Promise<Served & { log: EventLog }> {
  const log = new EventLog()
  const served = serveInFakeTime(undefined, { observers: [log.observer] })
  const { service, client } = served
  service.logIn = tokenOf('first')
  await client.getBookById(1)
  service.logIn = tokenOf('second')
  const answer = inTurn(down, () => json([BOOK]))
  service.answer = ({ authorization }) => (authorization === 'Bearer second' ? answer() : invalidToken())
  log.recorded.length = 0
  return { ...served, log }
}

/** An event as a line: its name, its call as `kind route`, and the facts that are not of the call. */
function lineOf(
  { name, event }: EventLog['recorded'][number],
  serial: (requestId: string) => number,
): string {
  const { call, durationMs: _, ...facts } = event as ClientEvents['call.end']
  const who = call ? ` ${call.kind} ${call.route} #${serial(call.requestId)}` : ''
  return `${name}${who} ${JSON.stringify(facts)}`
}

/** Numbers for the request ids, in order of appearance. */
function serials(): (requestId: string) => number {
  const known: string[] = []
  return (requestId) => {
    if (!known.includes(requestId)) known.push(requestId)
    return known.indexOf(requestId) + 1
  }
}

test('a cold catalogue of three callers with a revoked token and one 503 is told in this order', async () => {
  const { client, service, log } = await setUp()
  const books = Promise.all([client.getBooks(), client.getBooks(), client.getBooks()])
  await pass(1_000)
  expect(await books).toEqual([[BOOK], [BOOK], [BOOK]])
  expect(service.count('GET /books/')).toBe(4)
  expect(service.count(LOGIN)).toBe(2)
  const serial = serials()
  expect(log.recorded.map((one) => lineOf(one, serial))).toEqual([
    'call.start operation /books/ #1 {}',
    'cache operation /books/ #1 {"result":"miss","key":"books"}',
    'call.start request /books/ #1 {}',
    'call.start operation /books/ #2 {}',
    'cache operation /books/ #2 {"result":"shared","key":"books"}',
    'call.start operation /books/ #3 {}',
    'cache operation /books/ #3 {"result":"shared","key":"books"}',
    'attempt.start request /books/ #1 {"attempts":1}',
    'attempt.end request /books/ #1 {"attempts":1,"status":401}',
    'token {"state":"refused"}',
    'call.start login /auth/login #4 {}',
    'attempt.start login /auth/login #4 {"attempts":1}',
    'attempt.end login /auth/login #4 {"attempts":1,"status":200}',
    'call.end login /auth/login #4 {"attempts":1,"outcome":"success"}',
    'token {"state":"issued","lifetimeMs":1800000}',
    'attempt.start request /books/ #1 {"attempts":2}',
    'attempt.end request /books/ #1 {"attempts":2,"status":503}',
    'retry request /books/ #1 {"attempts":2,"retry":1,"delayMs":1000}',
    'attempt.start request /books/ #1 {"attempts":3}',
    'attempt.end request /books/ #1 {"attempts":3,"status":200}',
    'call.end request /books/ #1 {"attempts":3,"outcome":"success"}',
    'call.end operation /books/ #1 {"attempts":3,"outcome":"success"}',
    'call.end operation /books/ #2 {"attempts":3,"outcome":"success"}',
    'call.end operation /books/ #3 {"attempts":3,"outcome":"success"}',
  ])
})

test('durations are milliseconds: of the call with its delays, of an attempt without', async () => {
  const { client, log } = await setUp()
  const books = client.getBooks()
  await pass(1_000)
  await books
  expect(log.all('call.end').map(({ call, durationMs }) => [call.kind, durationMs])).toEqual([
    ['login', 0],
    ['request', 1_000],
    ['operation', 1_000],
  ])
  expect(log.all('attempt.end').map(({ durationMs }) => durationMs)).toEqual([0, 0, 0, 0])
})

test('the request id of the events is the one on the wire', async () => {
  const { client, service, log } = await setUp()
  const before = service.seen.length
  const books = client.getBooks()
  await pass(1_000)
  await books
  const told = log.all('attempt.start').map(({ call }) => call.requestId)
  const sent = service.seen.slice(before).map(({ request }) => request.headers.get('x-request-id'))
  expect(told).toEqual(sent)
})

test('an attempt without an answer tells the name of its error', async () => {
  const log = new EventLog()
  const { client } = serveInFakeTime(() => Promise.reject(new Error('gone')), {
    observers: [log.observer],
    retry: { maxRetries: 0 },
  })
  await client.getBooks().catch(() => {})
  const [, attempt] = log.all('attempt.end')
  expect(attempt).toMatchObject({ attempts: 1, error: 'DreamStorageNetworkError' })
  expect(attempt).not.toHaveProperty('status')
  const last = log.all('call.end').at(-1)
  expect(last?.call).toMatchObject({ kind: 'operation', method: 'GET', route: CATALOGUE, background: false })
  expect(last?.error).toMatchObject({ name: 'DreamStorageNetworkError', requestId: last?.call.requestId })
})

test('a 429 tells what it asks for, and the retry that follows how long it waits', async () => {
  const log = new EventLog()
  const limited = (): Response => json({}, 429, { 'retry-after': '7' })
  const { client } = serveInFakeTime(
    inTurn(
      limited,
      () => json({}, 429),
      () => json(BOOK),
    ),
    {
      observers: [log.observer],
    },
  )
  const book = client.getBookById(1)
  await pass(10_000)
  await book
  expect(log.all('rate-limit').map(({ attempts, retryAfterMs }) => [attempts, retryAfterMs])).toEqual([
    [1, 7_000],
    [2, undefined],
  ])
  expect(log.all('retry').map(({ retry, delayMs }) => [retry, delayMs])).toEqual([
    [1, 7_000],
    [2, 2_000],
  ])
})

test('a circuit tells each change of its state once', async () => {
  const log = new EventLog()
  const { client, service } = serveInFakeTime(() => down(), {
    observers: [log.observer],
    retry: { maxRetries: 0 },
    circuitBreaker: { failureThreshold: 2, resetAfterMs: 500, maxResetAfterMs: 500 },
  })
  const read = (id = 1): Promise<unknown> => client.getBookById(id).catch(() => {})
  for (const id of [1, 2, 3]) await read(id)
  await pass(500)
  await read(4)
  service.answer = () => json(BOOK)
  await pass(500)
  await read(5)
  const told = log.all('circuit').map(({ circuit, state, retryAfterMs }) => [circuit, state, retryAfterMs])
  expect(told).toEqual([
    ['catalogue', 'open', 500],
    ['catalogue', 'half-open', undefined],
    ['catalogue', 'open', 500],
    ['catalogue', 'half-open', undefined],
    ['catalogue', 'closed', undefined],
  ])
})

test('what is left out of an answer is told with its count, and paths with their reasons', async () => {
  const log = new EventLog()
  const { client, service } = serveInFakeTime(() => json([BOOK, {}, null]), { observers: [log.observer] })
  await client.getBooks()
  service.answer = () => json(['p/books/b/a.mp3', '../b.mp3'])
  await client.listBookContents('p', 'b')
  const [books, path] = log.all('skip')
  expect(books).toMatchObject({ what: 'books without id or book_name were left out', count: 2, attempts: 1 })
  expect(books?.call).toMatchObject({ route: CATALOGUE })
  expect(path).toMatchObject({ count: 1, examples: [{ path: '../b.mp3', reason: expect.any(String) }] })
})

test('a hit of the cache is an event and no call; an invalidation tells its key', async () => {
  const log = new EventLog()
  const { client } = serveInFakeTime(() => json([BOOK]), { observers: [log.observer] })
  await client.getBooks()
  log.recorded.length = 0
  await client.getBooks()
  client.invalidateCache({ books: true })
  client.invalidateCache({ publisher: 'p', bookName: 'b' })
  client.invalidateCache()
  expect(log.recorded).toEqual([
    { name: 'cache', event: { result: 'hit', key: 'books' } },
    { name: 'cache', event: { result: 'invalidated', key: 'books' } },
    { name: 'cache', event: { result: 'invalidated', key: 'config/p/b' } },
    { name: 'cache', event: { result: 'invalidated', key: 'all' } },
  ])
})

test('a renewal in the background is a login that says so', async () => {
  const log = new EventLog()
  const { client } = serveInFakeTime(undefined, { observers: [log.observer] })
  await client.getBookById(1)
  await pass(1_600_000)
  await client.getBookById(1)
  await pass(0)
  const logins = log.all('call.end').filter(({ call }) => call.kind === 'login')
  expect(logins.map(({ call, outcome }) => [call.background, outcome])).toEqual([
    [false, 'success'],
    [true, 'success'],
  ])
})
