import { describe, expect, test } from 'vitest'
import {
  DreamStorageRateLimitError,
  DreamStorageServerError,
  DreamStorageTimeoutError,
} from '../src/index.js'
import { failure, rejection } from './support/failure.js'
import { json } from './support/fake-service.js'
import { fakeTime, pass } from './support/fake-time.js'
import { down, inTurn } from './support/faults.js'
import { LOGIN, tokenOf } from './support/logins.js'
import { BOOK, gaps, ok, serveInFakeTime } from './support/serve.js'
import { ARCHIVE, archives, uploadForm, uploadStream } from './support/uploads.js'

/** 429 with this `Retry-After` and this `Date`. */
function limited(retryAfter?: string, date?: string): () => Response {
  const headers = Object.entries({ 'retry-after': retryAfter, date })
  const given = headers.filter((header): header is [string, string] => header[1] !== undefined)
  return () => json({ detail: 'slow down' }, 429, Object.fromEntries(given))
}

/** The milliseconds until the request is sent again after a response with this `Retry-After`. */
async function waitAfter(retryAfter: string | undefined, date?: string): Promise<number | undefined> {
  const { client, times } = serveInFakeTime(inTurn(limited(retryAfter, date), ok))
  const call = client.getBookById(1)
  await pass(120_000)
  expect(await call).toEqual(BOOK)
  return gaps(times)[0]
}

/** An HTTP-date so many seconds from now; the clock stands at a whole second. */
function inSeconds(seconds: number): string {
  return new Date(Date.now() + seconds * 1_000).toUTCString()
}

describe('Retry-After', () => {
  test.each([
    ['0', 0],
    ['1', 1_000],
    ['7', 7_000],
    [' 30 ', 30_000],
    ['60', 60_000],
  ])('of %j seconds is waited for', async (retryAfter, ms) => {
    expect(await waitAfter(retryAfter)).toBeCloseTo(ms, -1)
  })

  test('with a date is waited for', async () => {
    fakeTime()
    const wait = (await waitAfter(inSeconds(9))) ?? 0
    expect(wait).toBeGreaterThan(8_000)
    expect(wait).toBeLessThanOrEqual(9_010)
  })

  test('with a date is compared with the clock of the service, whatever the local one says', async () => {
    const wait = await waitAfter('Thu, 06 Nov 2025 08:49:47 GMT', 'Thu, 06 Nov 2025 08:49:37 GMT')
    expect(wait).toBeCloseTo(10_000, -1)
  })

  test('with a date is measured against maxRetryAfterMs and reported by the clock of the service', async () => {
    const { client } = serveInFakeTime(limited(inSeconds(3_600), inSeconds(3_500)), {
      retry: { maxRetryAfterMs: 99_000 },
    })
    const error = await failure(client.getBookById(1), DreamStorageRateLimitError)
    expect(error.retryAfterMs).toBe(100_000)
  })

  test('with a date that is over means at once', async () => {
    expect(await waitAfter('Sun, 06 Nov 1994 08:49:37 GMT')).toBeCloseTo(0, -1)
  })

  test.each([undefined, '', 'soon', '-1', '1.5', '5 seconds', '2026-01-01', '1e2', '0x10'])(
    'of %j is nonsense, and the wait is that of any retry',
    async (retryAfter) => {
      expect(await waitAfter(retryAfter)).toBeCloseTo(1_000, -1)
    },
  )

  test.each(['61', '3600', '99999999999999999999999', inSeconds(3_600)])(
    'of %s is longer than maxRetryAfterMs, which is an error at once',
    async (retryAfter) => {
      const { client, times } = serveInFakeTime(limited(retryAfter))
      const error = await failure(client.getBookById(1), DreamStorageRateLimitError)
      expect(error).toMatchObject({ status: 429, attempts: 1, code: 'ERR_DREAM_STORAGE_RATE_LIMIT' })
      expect(error.retryAfterMs).toBeGreaterThan(60_000)
      expect(times).toHaveLength(1)
    },
  )

  test('is measured against the option maxRetryAfterMs', async () => {
    const { client, times } = serveInFakeTime(limited('2'), { retry: { maxRetryAfterMs: 1_999 } })
    const error = await failure(client.getBookById(1), DreamStorageRateLimitError)
    expect(error.retryAfterMs).toBe(2_000)
    expect(times).toHaveLength(1)
  })

  test('longer than the deadline is an error at once', async () => {
    const { client, times } = serveInFakeTime(limited('10'))
    const error = await failure(client.getBookById(1, { timeoutMs: 9_999 }), DreamStorageRateLimitError)
    expect(error.retryAfterMs).toBe(10_000)
    expect(times).toHaveLength(1)
  })

  test('longer than what is left of the deadline is an error at once', async () => {
    const { client, times } = serveInFakeTime(inTurn(limited('4'), limited('4'), limited('4')))
    const error = failure(client.getBookById(1, { timeoutMs: 10_000 }), DreamStorageRateLimitError)
    await pass(8_500)
    expect(await error).toMatchObject({ retryAfterMs: 4_000, attempts: 3 })
    expect(times).toHaveLength(3)
  })

  test('longer than the deadline of the only one who waits for the catalogue is an error at once', async () => {
    const { client, times } = serveInFakeTime(limited('10'))
    await failure(client.getBooks({ timeoutMs: 5_000 }), DreamStorageRateLimitError)
    expect(times).toHaveLength(1)
  })

  test('shorter than the longest deadline of those who wait for the catalogue is waited for', async () => {
    const { client, times } = serveInFakeTime(inTurn(limited('10'), () => json([BOOK])))
    const patient = client.getBooks({ timeoutMs: 20_000 })
    const impatient = failure(client.getBooks({ timeoutMs: 5_000 }), DreamStorageTimeoutError)
    await pass(11_000)
    expect(await patient).toEqual([BOOK])
    expect((await impatient).phase).toBe('deadline')
    expect(times).toHaveLength(2)
  })
})

describe('a 429', () => {
  test('uses up retries like the rest', async () => {
    const { client, times } = serveInFakeTime(limited('1'))
    const error = failure(client.getBookById(1), DreamStorageRateLimitError)
    await pass(10_000)
    expect(await error).toMatchObject({ status: 429, retryAfterMs: 1_000, attempts: 4 })
    expect(gaps(times).map((gap) => Math.floor(gap / 100))).toEqual([10, 10, 10])
    expect(client.stats().requests.retries).toBe(3)
  })

  test('shares the retries with other failures, whose waits go on growing', async () => {
    const { client, times } = serveInFakeTime(inTurn(limited('1'), down, limited(), down))
    const error = failure(client.getBookById(1), DreamStorageServerError)
    await pass(20_000)
    await error
    expect(gaps(times).map((gap) => Math.floor(gap / 100))).toEqual([10, 20, 40])
  })

  test('is not repeated when maxRetries is 0', async () => {
    const { client, times } = serveInFakeTime(limited('1'), { retry: { maxRetries: 0 } })
    await failure(client.getBookById(1), DreamStorageRateLimitError)
    expect(times).toHaveLength(1)
  })

  test('of a raw call is answered, not thrown, in the end', async () => {
    const { client, times } = serveInFakeTime(limited('1'))
    const result = client.api.GET('/books/')
    await pass(10_000)
    expect((await result).response.status).toBe(429)
    expect(times).toHaveLength(4)
  })

  test('of a login is waited for by all who wait for the login', async () => {
    const { client, service } = serveInFakeTime(ok)
    service.logIn = inTurn(limited('2'), tokenOf('late'))
    const calls = Promise.all([client.getBookById(1), client.getBookById(2)])
    await pass(2_010)
    expect(await calls).toEqual([BOOK, BOOK])
    expect(service.count(LOGIN)).toBe(2)
  })

  test('does not count for the breaker and starts its count anew', async () => {
    const failures = [down, down, down, down]
    const answers = [...failures, limited(), ...failures]
    const { client } = serveInFakeTime(inTurn(...answers), { retry: { maxRetries: 0 } })
    for (const _ of answers) await rejection(client.getBookById(1))
    expect(client.stats().circuits.catalogue).toBe('closed')
  })

  test('holds no connection while it waits', async () => {
    const { client } = serveInFakeTime(({ path }) => (path === '/books/1' ? limited('50')() : ok()), {
      maxConnections: 1,
    })
    const waiting = rejection(client.getBookById(1, { timeoutMs: 100_000 }))
    await pass(10)
    expect(await client.getBookById(2)).toEqual(BOOK)
    await client.close()
    await waiting
  })
})

describe('a request that changes something is sent again after a 429', () => {
  const BY_ID = { params: { path: { book_id: 1 } } }

  test('when it is a POST with JSON, as it was', async () => {
    const body = { publisher: 'Yayınevi', book_name: 'ĞÜŞ', language: 'tr', category: 'x' }
    const { client, service } = serveInFakeTime(inTurn(limited('1'), limited('0'), () => json(BOOK, 201)))
    const result = client.api.POST('/books/', { body })
    await pass(2_000)
    expect((await result).response.status).toBe(201)
    const sent = service.seen.filter(({ path }) => path === '/books/')
    expect(await Promise.all(sent.map(({ request }) => request.json()))).toEqual([body, body, body])
  })

  test('when it is a POST with a form, as it was', async () => {
    const { client, service } = serveInFakeTime(inTurn(limited('1'), limited('0'), () => json({}, 201)))
    const status = uploadForm(client)
    await pass(2_000)
    expect(await status).toBe(201)
    expect(await archives(service)).toEqual([ARCHIVE, ARCHIVE, ARCHIVE])
  })

  test('when it is a PUT', async () => {
    const { client, service } = serveInFakeTime(inTurn(limited('1'), ok))
    const result = client.api.PUT('/books/{book_id}', { ...BY_ID, body: { language: 'tr' } })
    await pass(2_000)
    expect((await result).response.status).toBe(200)
    expect(service.count('PUT')).toBe(2)
  })

  test('when it is a DELETE', async () => {
    const { client, service } = serveInFakeTime(inTurn(limited('1'), ok))
    const result = client.api.DELETE('/books/{book_id}', BY_ID)
    await pass(2_000)
    expect((await result).response.status).toBe(200)
    expect(service.count('DELETE')).toBe(2)
  })

  test('but not when its body is a stream that has gone', async () => {
    const { client, service } = serveInFakeTime(async ({ request }) => {
      await request.text()
      return limited('1')()
    })
    expect(await uploadStream(client)).toBe(429)
    expect(service.count('POST /books')).toBe(1)
  })

  test('but not when a failure of the service follows the 429', async () => {
    const { client, service } = serveInFakeTime(inTurn(limited('1'), down, ok))
    const result = client.api.PUT('/books/{book_id}', { ...BY_ID, body: { language: 'tr' } })
    await pass(20_000)
    expect((await result).response.status).toBe(503)
    expect(service.count('PUT')).toBe(2)
  })
})
