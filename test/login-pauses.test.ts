import { describe, expect, test } from 'vitest'
import {
  DreamStorageAuthError,
  DreamStorageError,
  DreamStorageRateLimitError,
  DreamStorageResponseError,
} from '../src/index.js'
import { failure } from './support/failure.js'
import { json } from './support/fake-service.js'
import { pass } from './support/fake-time.js'
import { invalidToken } from './support/faults.js'
import { LOGIN } from './support/logins.js'
import { BOOK, ok, type Served, serveInFakeTime } from './support/serve.js'

/** The seconds, from the first call on, in which a login was sent, with ten calls a second. */
async function loginSeconds({ client, service }: Served, seconds: number): Promise<number[]> {
  const sent: number[] = []
  for (let tenth = 0; tenth < seconds * 10; tenth++) {
    const before = service.count(LOGIN)
    await client.getBookById(1).catch((error: unknown) => expect(error).toBeInstanceOf(DreamStorageError))
    for (let login = before; login < service.count(LOGIN); login++) sent.push(Math.floor(tenth / 10))
    await pass(100)
  }
  return sent
}

describe('a 429 on the login', () => {
  const limited = (): Response => json({ detail: 'Too many logins' }, 429, { 'retry-after': '120' })

  test('is remembered until its Retry-After, and calls fail alike and at once meanwhile', async () => {
    const served = serveInFakeTime()
    served.service.logIn = limited
    const first = await failure(served.client.getBookById(1), DreamStorageRateLimitError)
    expect(await loginSeconds(served, 118)).toEqual([])
    expect(await failure(served.client.getBookById(2), DreamStorageRateLimitError)).toBe(first)
    await pass(2_000)
    served.service.logIn = () => json({ access_token: 'good' })
    expect(await served.client.getBookById(1)).toEqual(BOOK)
    expect(served.service.count(LOGIN)).toBe(2)
  })

  test('does not keep authenticate() from trying, and its success ends the pause', async () => {
    const { client, service } = serveInFakeTime()
    const { logIn } = service
    service.logIn = limited
    await failure(client.getBookById(1), DreamStorageRateLimitError)
    await failure(client.authenticate(), DreamStorageRateLimitError)
    service.logIn = logIn
    await client.authenticate()
    expect(await client.getBookById(1)).toEqual(BOOK)
    expect(service.count(LOGIN)).toBe(3)
  })

  test('keeps a token that is still good in use, without another renewal', async () => {
    const served = serveInFakeTime(ok, { refreshMarginMs: 1_700_000 })
    await served.client.authenticate()
    served.service.logIn = limited
    await pass(460_000)
    const before = served.service.count(LOGIN)
    expect(await loginSeconds(served, 100)).toEqual([0])
    expect(served.service.count(LOGIN)).toBe(before + 1)
    expect(await served.client.getBookById(1)).toEqual(BOOK)
  })
})

describe('new tokens that are refused at once', () => {
  test('cost a login after growing pauses: 1, 2, 4, … 30 s', async () => {
    const served = serveInFakeTime(invalidToken)
    // The first token, and the one for it when it is refused.
    expect(await loginSeconds(served, 100)).toEqual([0, 0, 1, 3, 7, 15, 31, 61, 91])
  })

  test('cost one login for 100 calls at once, after that for the first token', async () => {
    const { client, service } = serveInFakeTime(invalidToken)
    const calls = Array.from({ length: 100 }, (_, id) =>
      failure(client.getBookById(id + 1), DreamStorageAuthError),
    )
    await pass(500)
    await Promise.all(calls)
    expect(service.count(LOGIN)).toBe(2)
  })

  test('are forgotten with the first that is accepted', async () => {
    const served = serveInFakeTime(invalidToken)
    await loginSeconds(served, 20)
    served.service.answer = ok
    await pass(30_000)
    expect(await served.client.getBookById(1)).toEqual(BOOK)
    served.service.answer = invalidToken
    expect(await loginSeconds(served, 3)).toEqual([0, 1])
  })
})

test.each([
  ['a login that answers 200 without a token', () => json({ nothing: 1 }), DreamStorageResponseError],
  ['a login that answers HTML', () => new Response('<html>'), DreamStorageResponseError],
])('%s is sent again after growing pauses, in which calls fail alike', async (_, logIn, Class) => {
  const served = serveInFakeTime()
  served.service.logIn = logIn
  expect(await loginSeconds(served, 70)).toEqual([0, 1, 3, 7, 15, 31, 61])
  await failure(served.client.getBookById(1), Class)
})
