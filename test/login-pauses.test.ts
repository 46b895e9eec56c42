import { describe, expect, test } from 'vitest'
import {
  type DreamCentralStorageClient,
  DreamStorageAuthError,
  type DreamStorageError,
  DreamStorageForbiddenError,
  DreamStorageNetworkError,
  DreamStorageRateLimitError,
  DreamStorageResponseError,
  DreamStorageServerError,
  DreamStorageTimeoutError,
} from '../src/index.js'
import { failure, rejection } from './support/failure.js'
import { type FakeService, json } from './support/fake-service.js'
import { pass } from './support/fake-time.js'
import { down, fetchFailed, invalidToken } from './support/faults.js'
import { Gate } from './support/gate.js'
import { jwt } from './support/jwt.js'
import { LOGIN } from './support/logins.js'
import { BOOK, calls, gaps, ok, serveInFakeTime } from './support/serve.js'

/** Records when logins arrive, and answers them like this. */
function timeLogins(service: FakeService, answer: FakeService['logIn']): number[] {
  const times: number[] = []
  service.logIn = (...args) => {
    times.push(Math.round(performance.now()))
    return answer(...args)
  }
  return times
}

/** Calls every 100 ms; all fail. */
async function keepCalling(client: DreamCentralStorageClient, ms: number): Promise<unknown[]> {
  const errors: unknown[] = []
  for (let passed = 0; passed < ms; passed += 100) {
    errors.push(await rejection(client.getBookById(1)))
    await pass(100)
  }
  return errors
}

const token = (): Response => json({ access_token: jwt(), token_type: 'bearer' })

describe('a service that refuses each new token', () => {
  test('sees two logins for 100 calls at once, which fail with the refusal', async () => {
    const { client, service } = serveInFakeTime(() => invalidToken())
    const errors = await Promise.all(calls(client, 100).map((call) => failure(call, DreamStorageAuthError)))
    expect(service.count(LOGIN)).toBe(2)
    expect(errors.map(({ status }) => status)).toEqual(Array(100).fill(401))
  })

  test('sees one login after 1, 2, 4, 8, 16 and then every 30 s, and calls say why they fail', async () => {
    const { client, service } = serveInFakeTime(() => invalidToken())
    const times = timeLogins(service, token)
    const errors = await keepCalling(client, 95_000)
    expect(gaps(times)).toEqual([0, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000])
    expect(errors.at(-1)).toMatchObject({
      name: 'DreamStorageAuthError',
      status: 401,
      route: '/books/{book_id}',
      message: expect.stringContaining('each new token is refused'),
    })
  })

  test('is asked as before when it has accepted one: the pauses begin anew', async () => {
    const { client, service } = serveInFakeTime(() => invalidToken())
    const times = timeLogins(service, token)
    await keepCalling(client, 3_100)
    service.answer = ok
    await pass(4_000)
    expect(await client.getBookById(1)).toEqual(BOOK)
    service.answer = () => invalidToken()
    times.length = 0
    await keepCalling(client, 3_100)
    expect(gaps(times)).toEqual([1_000, 2_000])
  })

  test('costs no pause when the second token of a call is accepted', async () => {
    const { client, service } = serveInFakeTime()
    for (let call = 0; call < 5; call++) {
      let isFirst = true
      service.answer = () => {
        if (!isFirst) return ok()
        isFirst = false
        return invalidToken()
      }
      expect(await client.getBookById(1)).toEqual(BOOK)
    }
    expect(service.count(LOGIN)).toBe(1 + 5)
  })

  test('has not accepted the new token when it accepts an earlier one late', async () => {
    const gate = new Gate()
    const { client, service } = serveInFakeTime((seen, signal) =>
      seen.path === '/books/2' ? gate.answer(seen, signal) : invalidToken(),
    )
    const times = timeLogins(service, token)
    const late = client.getBookById(2)
    await keepCalling(client, 3_100)
    gate.held[0]?.answer(ok())
    expect(await late).toEqual(BOOK)
    await keepCalling(client, 12_000)
    expect(gaps(times)).toEqual([0, 1_000, 2_000, 4_000, 8_000])
  })

  test.each([422, 429, 503])('has not accepted a token that it answers with %i', async (status) => {
    const { client, service } = serveInFakeTime(
      () => (service.count('GET') === 2 ? json({}, status) : invalidToken()),
      { retry: { maxRetries: 0 } },
    )
    expect(await rejection(client.getBookById(1))).toMatchObject({ status })
    await failure(client.getBookById(1), DreamStorageAuthError)
    expect(service.count(LOGIN)).toBe(2)
  })
})

describe('a login that is answered with', () => {
  test('429 is not sent again before its Retry-After is over', async () => {
    const { client, service } = serveInFakeTime()
    const times = timeLogins(service, () => json({}, 429, { 'retry-after': '120' }))
    const first = await failure(client.getBookById(1), DreamStorageRateLimitError)
    await pass(119_999)
    const last = await failure(client.getBookById(1), DreamStorageRateLimitError)
    expect(last).toMatchObject({ retryAfterMs: 120_000, requestId: first.requestId })
    expect(times).toHaveLength(1)
    await pass(1)
    await failure(client.getBookById(1), DreamStorageRateLimitError)
    expect(times).toHaveLength(2)
  })

  test.each<readonly [string, () => Response, abstract new (...args: never[]) => DreamStorageError]>([
    ['200 and no token', () => json({}), DreamStorageResponseError],
    ['403', () => json({}, 403), DreamStorageForbiddenError],
    ['429 without Retry-After', () => json({}, 429), DreamStorageRateLimitError],
  ])('%s is sent again after 1, 2 and 4 s', async (_, answer, Class) => {
    const { client, service } = serveInFakeTime(ok, { retry: { maxRetries: 0 } })
    const times = timeLogins(service, answer)
    const errors = await keepCalling(client, 8_000)
    expect(gaps(times)).toEqual([1_000, 2_000, 4_000])
    for (const error of errors) expect(error).toBeInstanceOf(Class)
  })

  test.each<readonly [string, FakeService['logIn'], abstract new (...args: never[]) => DreamStorageError]>([
    ['500', () => down(500), DreamStorageServerError],
    ['a lost connection', () => Promise.reject(fetchFailed()), DreamStorageNetworkError],
  ])('%s is sent again with the next call', async (_, answer, Class) => {
    const { client, service } = serveInFakeTime(ok, { retry: { maxRetries: 0 } })
    service.logIn = answer
    for (let call = 0; call < 3; call++) await failure(client.getBookById(1), Class)
    expect(service.count(LOGIN)).toBe(3)
  })
})

describe('while no login is sent', () => {
  test('authenticate() sends one, and its success ends the pause', async () => {
    const { client, service } = serveInFakeTime()
    service.logIn = () => json({}, 429, { 'retry-after': '3600' })
    await rejection(client.getBookById(1))
    await failure(client.authenticate(), DreamStorageRateLimitError)
    expect(service.count(LOGIN)).toBe(2)
    service.logIn = token
    await client.authenticate()
    expect(await client.getBookById(1)).toEqual(BOOK)
    expect(service.count(LOGIN)).toBe(3)
  })

  test('a token that is still valid is used, and not renewed', async () => {
    const { client, service } = serveInFakeTime()
    await client.authenticate()
    await pass(1_500_000)
    service.logIn = () => json({}, 429, { 'retry-after': '200' })
    for (let call = 0; call < 20; call++) {
      expect(await client.getBookById(1)).toEqual(BOOK)
      await pass(9_900)
    }
    expect(service.count(LOGIN)).toBe(2)
    await pass(2_000)
    await client.getBookById(1)
    expect(service.count(LOGIN)).toBe(3)
  })
})

test('a token function that never returns ends its call after requestMs', async () => {
  const { client, service } = serveInFakeTime(ok, {
    token: () => new Promise(() => {}),
    timeouts: { requestMs: 700 },
  })
  const call = failure(client.getBookById(1), DreamStorageTimeoutError)
  await pass(700)
  const { phase, message } = await call
  expect(phase).toBe('headers')
  expect(message).toContain('the token function did not return')
  expect(service.seen).toEqual([])
})
