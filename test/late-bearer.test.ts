import { describe, expect, test } from 'vitest'
import { DreamStorageAuthError, DreamStorageTimeoutError } from '../src/index.js'
import type { TestOptions } from './support/client.js'
import { failure, rejection } from './support/failure.js'
import { json } from './support/fake-service.js'
import { pass, settle } from './support/fake-time.js'
import { invalidCredentials, invalidToken } from './support/faults.js'
import { Gate } from './support/gate.js'
import { bearers, LOGIN, tokenOf } from './support/logins.js'
import { BOOK, calls, ok, type Served, serve, serveInFakeTime } from './support/serve.js'

const NONE = { active: 0, queued: 0, files: 0 }

interface Revocable extends Served {
  /** From now on the service knows no token but that of a login to come. */
  revoke(): void
  /** How many requests were answered 401. */
  refused(): number
}

/** A service whose answers and logins take so long; in fake time. */
async function serveRevocable(
  times: { answerMs?: number; loginMs?: number } = {},
  options: Partial<TestOptions> = {},
): Promise<Revocable> {
  const { answerMs = 10, loginMs = 10 } = times
  let known = 0
  let refused = 0
  const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
  const served = serveInFakeTime(undefined, { timeouts: { queueMs: 60_000 }, ...options })
  const { service, client } = served
  service.logIn = async () => {
    await after(loginMs)
    return tokenOf(`token-${++known}`)()
  }
  service.answer = async ({ authorization }) => {
    const isKnown = authorization === `Bearer token-${known}`
    if (!isKnown) refused++
    await after(answerMs)
    return isKnown ? json(BOOK) : invalidToken()
  }
  const first = client.getBookById(1)
  await pass(answerMs + loginMs)
  await first
  return { ...served, revoke: () => void known++, refused: () => refused }
}

describe('a token that is revoked amid 200 calls', () => {
  test.each([
    ['a quick login', { loginMs: 1 }, 10],
    ['a login that takes its time', { loginMs: 5_000 }, 10],
    ['one connection', { loginMs: 100 }, 1],
  ])('is refused once for each connection, and costs one login: %s', async (_, times, maxConnections) => {
    const { client, service, revoke, refused } = await serveRevocable(times, { maxConnections })
    const all = Promise.all(calls(client, 200))
    await pass(15)
    revoke()
    await pass(60_000)
    expect(await all).toEqual(Array(200).fill(BOOK))
    expect(service.count(LOGIN)).toBe(2)
    expect(refused()).toBeLessThanOrEqual(maxConnections)
    expect(service.count('GET')).toBe(1 + 200 + refused())
    expect(client.stats().connections).toEqual(NONE)
  })

  test('before the first of them is sent is refused for as many as there are connections', async () => {
    const { client, revoke, refused, service } = await serveRevocable({}, { maxConnections: 4 })
    revoke()
    const all = Promise.all(calls(client, 50))
    await pass(10_000)
    await all
    expect(refused()).toBe(4)
    expect(bearers(service).filter((text) => text === 'token-1')).toHaveLength(1 + 4)
  })

  test('and again while the calls are repeated costs a login each time, and fails no call that was sent once', async () => {
    const { client, revoke, service, refused } = await serveRevocable({}, { maxConnections: 2 })
    const all = Promise.allSettled(calls(client, 40))
    await pass(15)
    revoke()
    await pass(100)
    revoke()
    await pass(10_000)
    const failed = (await all).filter(({ status }) => status === 'rejected')
    expect(failed.length).toBeLessThanOrEqual(2)
    expect(service.count(LOGIN)).toBe(3)
    expect(refused()).toBeLessThanOrEqual(4)
  })
})

describe('with one connection', () => {
  test('the login goes before the calls that wait already', async () => {
    const { client, service, revoke } = await serveRevocable({}, { maxConnections: 1 })
    revoke()
    const before = service.seen.length
    const all = Promise.all(calls(client, 5))
    await pass(1_000)
    await all
    const order = service.seen.slice(before).map(({ method }) => method)
    expect(order).toEqual(['GET', 'POST', 'GET', 'GET', 'GET', 'GET', 'GET'])
  })

  test('a login that is asked for goes before the calls that wait already', async () => {
    const { client, service } = await serveRevocable({}, { maxConnections: 1 })
    service.answer = () => new Promise((resolve) => setTimeout(() => resolve(ok()), 100))
    const before = service.seen.length
    const all = Promise.all(calls(client, 5))
    await settle()
    const login = client.authenticate()
    await pass(2_000)
    await Promise.all([all, login])
    const order = service.seen.slice(before).map(({ method }) => method)
    expect(order).toEqual(['GET', 'POST', 'GET', 'GET', 'GET', 'GET'])
  })

  test('calls of every kind that need a login first all come through', async () => {
    const { client } = serve(undefined, { maxConnections: 1 })
    await Promise.all([
      ...calls(client, 3),
      client.downloadAsset('p', 'b', 'a'),
      client.getBookConfig('p', 'b'),
    ])
    expect(client.stats().connections).toEqual(NONE)
  })

  test('the calls wait in the order in which they came', async () => {
    const { client, service, revoke } = await serveRevocable({}, { maxConnections: 1 })
    revoke()
    const before = service.seen.length
    const all = Promise.all(calls(client, 4))
    await pass(1_000)
    await all
    const paths = service.seen.slice(before + 2).map(({ path }) => path)
    expect(paths.toSorted()).toEqual(['/books/1', '/books/2', '/books/3', '/books/4'])
  })
})

test('a login that is refused rejects all who wait for a token or a connection, and nothing more is sent', async () => {
  const { client, service, revoke } = await serveRevocable({ loginMs: 200 }, { maxConnections: 3 })
  service.logIn = async () => invalidCredentials()
  revoke()
  const all = calls(client, 30).map((call) => failure(call, DreamStorageAuthError))
  await pass(500)
  await Promise.all(all)
  expect(service.count(LOGIN)).toBe(2)
  expect(service.count('GET')).toBe(1 + 3)
  expect(client.stats().connections).toEqual(NONE)
})

describe('a call that is aborted leaves nothing behind', () => {
  test('while it waits for the token', async () => {
    const gate = new Gate()
    const { client, service } = serve()
    service.logIn = gate.answer
    const controller = new AbortController()
    const call = rejection(client.getBookById(1, { signal: controller.signal }))
    await settle()
    controller.abort('gone')
    expect(await call).toBe('gone')
    gate.held[0]?.answer(json({ access_token: 'token' }))
    await settle()
    expect(service.count('GET')).toBe(0)
    expect(client.stats().connections).toEqual(NONE)
    expect(await client.getBookById(2)).toEqual(BOOK)
    expect(service.count(LOGIN)).toBe(1)
  })

  test('while it waits for a connection', async () => {
    const gate = new Gate()
    const { client, service } = serve(gate.answer, { token: 'key', maxConnections: 1 })
    const controller = new AbortController()
    const first = client.getBookById(1)
    const left = rejection(client.getBookById(2, { signal: controller.signal }))
    const last = client.getBookById(3)
    await settle()
    controller.abort('gone')
    expect(await left).toBe('gone')
    gate.held[0]?.answer(json(BOOK))
    await first
    await settle()
    gate.held[1]?.answer(json(BOOK))
    await last
    expect(service.seen.map(({ path }) => path)).toEqual(['/books/1', '/books/3'])
    expect(client.stats().connections).toEqual(NONE)
  })

  test('in the turn in which the connection becomes free', async () => {
    const gate = new Gate()
    const { client, service } = serve(gate.answer, { token: 'key', maxConnections: 1 })
    const controller = new AbortController()
    const first = client.getBookById(1).then(() => controller.abort('gone'))
    const left = rejection(client.getBookById(2, { signal: controller.signal }))
    await settle()
    gate.held[0]?.answer(json(BOOK))
    await first
    const after = client.getBookById(3)
    await settle()
    for (const { answer } of gate.held.slice(1)) answer(json(BOOK))
    await settle()
    for (const { answer } of gate.held.slice(1)) answer(json(BOOK))
    await Promise.allSettled([left, after])
    expect(service.count('GET /books/3')).toBe(1)
    expect(client.stats().connections).toEqual(NONE)
  })

  test('while it waits for the new token after a 401, with others or alone', async () => {
    const { client, service, revoke } = await serveRevocable({ loginMs: 500 }, { maxConnections: 2 })
    revoke()
    const controller = new AbortController()
    const { signal } = controller
    const left = [1, 2, 3, 4].map((id) => rejection(client.getBookById(id, { signal })))
    const kept = client.getBookById(5)
    await pass(100)
    controller.abort('gone')
    expect(await Promise.all(left)).toEqual(Array(4).fill('gone'))
    await pass(1_000)
    expect(await kept).toEqual(BOOK)
    expect(service.count(LOGIN)).toBe(2)
    expect(client.stats().connections).toEqual(NONE)
  })
})

test('a call whose token is refused while it waits for a connection is not sent with it', async () => {
  const gate = new Gate()
  const { client, service } = serve(undefined, { maxConnections: 1 })
  service.logIn = tokenOf('old')
  await client.getBookById(1)
  service.logIn = tokenOf('new')
  service.answer = gate.answer
  const first = client.getBookById(2)
  const second = client.getBookById(3)
  await settle()
  gate.held[0]?.answer(invalidToken())
  await settle()
  service.answer = () => json(BOOK)
  gate.held[1]?.answer(json(BOOK))
  await Promise.all([first, second])
  expect(bearers(service)).toEqual(['old', 'old', 'new', 'new'])
})

test('the wait for a connection has its limit of time also after a 401', async () => {
  const { client, service, revoke } = await serveRevocable(
    { answerMs: 20_000 },
    { maxConnections: 1, timeouts: { queueMs: 5_000, requestMs: 60_000 } },
  )
  revoke()
  const [first, second] = calls(client, 2)
  const queued = failure(second as Promise<unknown>, DreamStorageTimeoutError)
  await pass(60_000)
  expect((await queued).phase).toBe('queue')
  expect(await first).toEqual(BOOK)
  expect(service.count(LOGIN)).toBe(2)
  expect(client.stats().connections).toEqual(NONE)
})
