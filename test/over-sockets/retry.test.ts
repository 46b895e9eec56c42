import { describe, expect, test } from 'vitest'
import {
  type DreamCentralStorageClient,
  type DreamStorageError,
  DreamStorageForbiddenError,
  DreamStorageNetworkError,
  DreamStorageNotFoundError,
  DreamStorageRequestError,
  DreamStorageResponseError,
  DreamStorageServerError,
  DreamStorageTimeoutError,
} from '../../src/index.js'
import { createClient } from '../support/client.js'
import { failure } from '../support/failure.js'
import { type FakeService, hang, json } from '../support/fake-service.js'
import { pass } from '../support/fake-time.js'
import { down, fetchFailed, inTurn, invalidToken, LiveBody } from '../support/faults.js'
import { LOGIN } from '../support/logins.js'
import { BOOK, gaps, ok, serveInFakeTime } from '../support/serve.js'
import { startServer } from '../support/server.js'
import { isBuiltIn } from '../support/transport.js'
import { uploadForm } from '../support/uploads.js'

/** A response whose body ends before its announced length. */
function cut(): Response {
  const body = new LiveBody()
  body.send('half')
  body.end()
  return body.response(8)
}

/** What can befall a GET, and the error that it ends with when it happens each time. */
const FAULTS: ReadonlyArray<
  [string, FakeService['answer'], abstract new (...args: never[]) => DreamStorageError]
> = [
  ['500', () => new Response('Internal Server Error', { status: 500 }), DreamStorageServerError],
  ['502 of the proxy', () => down(502), DreamStorageServerError],
  ['503', () => down(503), DreamStorageServerError],
  ['504', () => down(504), DreamStorageServerError],
  ['599', () => json({ detail: 'what?' }, 599), DreamStorageServerError],
  ['a connection that is reset', () => Promise.reject(fetchFailed('ECONNRESET')), DreamStorageNetworkError],
  [
    'a connection that is refused',
    () => Promise.reject(fetchFailed('ECONNREFUSED')),
    DreamStorageNetworkError,
  ],
  ['a name that is not found', () => Promise.reject(fetchFailed('ENOTFOUND')), DreamStorageNetworkError],
  ['a body that ends early', cut, DreamStorageNetworkError],
  ['an attempt that takes too long', (_, signal) => hang(signal), DreamStorageTimeoutError],
  [
    'a connection that takes too long',
    () => Promise.reject(fetchFailed('UND_ERR_CONNECT_TIMEOUT')),
    DreamStorageTimeoutError,
  ],
]

describe('a GET', () => {
  test.each(FAULTS)('is sent again after %s', async (_, fault) => {
    let attempts = 0
    const { client, times } = serveInFakeTime(
      (seen, signal) => (++attempts > 1 ? ok() : fault(seen, signal)),
      {
        timeouts: { requestMs: 500 },
      },
    )
    const call = client.getBookById(1)
    await pass(5_000)
    expect(await call).toEqual(BOOK)
    expect(times).toHaveLength(2)
    expect(client.stats().requests).toEqual({ calls: 1, attempts: 3, retries: 1 })
  })

  test.each(FAULTS)('is sent four times at most, and its error then tells of %s', async (_, fault, Class) => {
    const { client, times } = serveInFakeTime(fault, { timeouts: { requestMs: 500 } })
    const error = failure(client.getBookById(1), Class)
    await pass(20_000)
    expect(await error).toMatchObject({ attempts: 4, method: 'GET', route: '/books/{book_id}' })
    expect(times).toHaveLength(4)
    expect(client.stats().requests).toEqual({ calls: 1, attempts: 5, retries: 3 })
  })

  test('is sent again after 1, 2 and 4 seconds', async () => {
    const { client, times } = serveInFakeTime(() => down())
    const error = failure(client.getBookById(1), DreamStorageServerError)
    await pass(10_000)
    await error
    expect(gaps(times).map(wholeMs)).toEqual([1_000, 2_000, 4_000])
  })

  test('waits no longer than maxDelayMs', async () => {
    const { client, times } = serveInFakeTime(() => down(), {
      retry: { jitter: false, baseDelayMs: 100, maxDelayMs: 300, maxRetries: 4 },
    })
    const error = failure(client.getBookById(1), DreamStorageServerError)
    await pass(10_000)
    await error
    expect(gaps(times).map(wholeMs)).toEqual([100, 200, 300, 300])
  })

  test('waits a quarter more or less with jitter, not always the same', async () => {
    const { client, service, times } = serveInFakeTime(() => down(), {
      retry: { jitter: true },
      circuitBreaker: false,
    })
    const waits: number[][] = [[], [], []]
    await client.authenticate()
    for (let call = 0; call < 40; call++) {
      times.length = 0
      const error = failure(client.getBookById(1), DreamStorageServerError)
      await pass(10_000)
      await error
      for (const [retry, gap] of gaps(times).entries()) waits[retry]?.push(wholeMs(gap))
    }
    for (const [retry, base] of [1_000, 2_000, 4_000].entries()) {
      const seen = waits[retry] ?? []
      expect(seen).toHaveLength(40)
      expect(Math.min(...seen)).toBeGreaterThanOrEqual(base * 0.75)
      expect(Math.max(...seen)).toBeLessThanOrEqual(base * 1.25)
      expect(Math.max(...seen) - Math.min(...seen)).toBeGreaterThan(base * 0.25)
    }
    expect(service.count(LOGIN)).toBe(1)
  })

  test('is sent once when maxRetries is 0', async () => {
    const { client, times } = serveInFakeTime(() => down(), { retry: { maxRetries: 0 } })
    const error = await failure(client.getBookById(1), DreamStorageServerError)
    expect(error.attempts).toBe(1)
    expect(times).toHaveLength(1)
  })

  test('is sent again when it is a raw call, whose last answer is given and not thrown', async () => {
    const { client, times } = serveInFakeTime(() => down(502))
    const result = client.api.GET('/books/')
    await pass(10_000)
    const { response, error } = await result
    expect({ status: response.status, error }).toEqual({ status: 502, error: '<html>down</html>' })
    expect(times).toHaveLength(4)
  })

  test('of a stream is sent again until its headers have come', async () => {
    const { client, times } = serveInFakeTime(inTurn(down, ok))
    const result = client.api.GET('/books/', { parseAs: 'stream' })
    await pass(1_001)
    expect(await new Response((await result).data).json()).toEqual(BOOK)
    expect(times).toHaveLength(2)
  })

  test('of the catalogue that several wait for is repeated once for all of them', async () => {
    const { client, times } = serveInFakeTime(inTurn(down, () => json([BOOK])))
    const calls = Promise.all([client.getBooks(), client.getBooks(), client.getBooks()])
    await pass(1_001)
    expect(await calls).toEqual([[BOOK], [BOOK], [BOOK]])
    expect(times).toHaveLength(2)
  })

  test('of a download whose body was cut is sent again and gives the whole file', async () => {
    const { client, times } = serveInFakeTime(inTurn(cut, () => new Response('complete')))
    const bytes = client.downloadAsset('p', 'b', 'a.mp3')
    await pass(1_001)
    expect(Buffer.from(await bytes).toString()).toBe('complete')
    expect(times).toHaveLength(2)
  })
})

describe('the retries of a call', () => {
  test('are not doubled by a 401 in between', async () => {
    const { client, times, service } = serveInFakeTime(
      inTurn(down, down, invalidToken, down, down, down, down),
    )
    const error = failure(client.getBookById(1), DreamStorageServerError)
    await pass(30_000)
    await error
    // Three retries, and what the 401 sent again.
    expect(times).toHaveLength(5)
    expect(client.stats().requests.retries).toBe(3)
    expect(service.count(LOGIN)).toBe(2)
  })

  test('are not doubled by a 429 in between', async () => {
    const limited = (): Response => json({}, 429, { 'retry-after': '1' })
    const { client, times } = serveInFakeTime(inTurn(down, limited, down, down))
    const error = failure(client.getBookById(1), DreamStorageServerError)
    await pass(30_000)
    await error
    expect(times).toHaveLength(4)
  })

  test('are its own: the next call has as many', async () => {
    const { client, times } = serveInFakeTime(() => down(), { circuitBreaker: false })
    for (const _ of [1, 2]) {
      const error = failure(client.getBookById(1), DreamStorageServerError)
      await pass(10_000)
      await error
    }
    expect(times).toHaveLength(8)
  })
})

describe('an answer that a repetition would not change is not asked for again:', () => {
  test.each([
    [400, DreamStorageRequestError],
    [403, DreamStorageForbiddenError],
    [404, DreamStorageNotFoundError],
    [405, DreamStorageRequestError],
    [409, DreamStorageRequestError],
    [416, DreamStorageRequestError],
    [422, DreamStorageRequestError],
    [307, DreamStorageResponseError],
  ])('%i', async (status, Class) => {
    const { client, times } = serveInFakeTime(() => json({}, status, { location: '/elsewhere' }))
    const error = await failure(client.getBookById(1), Class)
    expect(error).toMatchObject({ status, attempts: 1 })
    expect(times).toHaveLength(1)
  })

  test('200 with HTML', async () => {
    const { client, times } = serveInFakeTime(
      () => new Response('<html>', { headers: { 'content-type': 'text/html' } }),
    )
    await failure(client.getBookById(1), DreamStorageResponseError)
    expect(times).toHaveLength(1)
  })

  test('502 for a config.json that is invalid, which no breaker counts', async () => {
    const { client, times } = serveInFakeTime(() => json({ detail: 'config.json is invalid' }, 502))
    for (let call = 0; call < 10; call++) {
      const error = await failure(client.getBookConfig('p', 'b'), DreamStorageServerError)
      expect(error).toMatchObject({ status: 502, attempts: 1 })
    }
    expect(times).toHaveLength(10)
    expect(client.stats().circuits.storage).toBe('closed')
  })

  test.each(['şarkı.mp3', 'audio/İ.mp3', '音.png', '🎵.mp3'])(
    '500 for %s, which no breaker counts',
    async (name) => {
      const { client, times } = serveInFakeTime(() => new Response('Internal Server Error', { status: 500 }))
      for (let call = 0; call < 10; call++) {
        await failure(client.downloadAsset('p', 'b', name), DreamStorageServerError)
      }
      expect(times).toHaveLength(10)
      expect(client.stats().circuits.storage).toBe('closed')
    },
  )
})

describe('a failure that only looks permanent is repeated:', () => {
  const INTERNAL = (): Response => new Response('Internal Server Error', { status: 500 })

  test.each([
    ['a 502 of the proxy for a config', () => down(502), 'config'],
    ['a 502 with another detail', () => json({ detail: 'Bad gateway' }, 502), 'config'],
    ['a 502 with JSON that is no object', () => json(null, 502), 'config'],
    ['a 500 for a file in a folder with such letters', INTERNAL, 'şarkılar/a.mp3'],
    ['a 500 for a file with Latin-1 letters', INTERNAL, 'é ü ç ÿ.mp3'],
    ['a 503 for a file with such letters', () => down(503), 'ş.mp3'],
  ])('%s', async (_, answer, what) => {
    const { client, times } = serveInFakeTime(answer)
    const call = what === 'config' ? client.getBookConfig('p', 'b') : client.downloadAsset('p', 'b', what)
    const error = failure(call, DreamStorageServerError)
    await pass(10_000)
    await error
    expect(times).toHaveLength(4)
  })

  test('a 500 for a book whose publisher has such letters', async () => {
    const { client, times } = serveInFakeTime(INTERNAL)
    const error = failure(client.getBookConfig('Yayınevi', 'ş'), DreamStorageServerError)
    await pass(10_000)
    await error
    expect(times).toHaveLength(4)
  })
})

describe('a request that may have been carried out', () => {
  type Send = (client: DreamCentralStorageClient) => Promise<unknown>
  const BY_ID = { params: { path: { book_id: 1 } } }
  const UNSAFE: ReadonlyArray<[string, Send]> = [
    ['POST', ({ api }) => api.POST('/books/batch', { body: { ids: [1] } })],
    ['PUT', ({ api }) => api.PUT('/books/{book_id}', { ...BY_ID, body: { language: 'tr' } })],
    ['DELETE', ({ api }) => api.DELETE('/books/{book_id}', BY_ID)],
    [
      'DELETE',
      ({ api }) =>
        api.DELETE('/apps/{platform}', {
          params: { path: { platform: 'linux' } },
          body: { path: 'linux/1.0.0/' },
        }),
    ],
    ['POST', uploadForm],
  ]
  const AFTER: ReadonlyArray<[string, FakeService['answer']]> = FAULTS.map(([name, fault]) => [name, fault])
  const CASES = UNSAFE.flatMap(([method, send]) =>
    AFTER.map(([name, fault]) => ({ method, name, send, fault })),
  )

  test.each(CASES)('by $method is never repeated after $name', async ({ method, send, fault }) => {
    const timeouts = { requestMs: 500, uploadAnswerMs: 500 }
    const { client, service } = serveInFakeTime(fault, { timeouts })
    const outcome = send(client).catch(() => {})
    await pass(20_000)
    await outcome
    expect(service.count(method)).toBe(method === 'POST' ? 2 : 1)
    expect(client.stats().requests.retries).toBe(0)
  })
})

describe('a response that is dropped', () => {
  test('frees its slot, and its connection is not used again after a 5xx', async () => {
    let asked = 0
    const server = await startServer((_, response) => {
      response.writeHead(++asked % 4 === 0 ? 200 : 503, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ ...BOOK, filler: 'x'.repeat(200_000) }))
    })
    const client = createClient({ baseUrl: server.url, token: 'key', maxConnections: 1 })
    for (let call = 0; call < 3; call++) expect(await client.getBookById(1)).toMatchObject(BOOK)
    const { made, mostOpen } = server.sockets
    expect(asked).toBe(12)
    if (isBuiltIn) expect({ made, mostOpen }).toEqual({ made: 10, mostOpen: 1 })
  })
})

/** cockatiel takes a turn of the timers between two attempts. */
function wholeMs(ms: number): number {
  return Math.floor(ms / 10) * 10
}
