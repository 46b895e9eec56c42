import { describe, expect, test, vi } from 'vitest'
import { type DreamCentralStorageClient, DreamStorageServerError } from '../src/index.js'
import { createClient, type TestOptions } from './support/client.js'
import { failure } from './support/failure.js'
import { FakeService, hang, json } from './support/fake-service.js'
import { fakeTime, pass, settle } from './support/fake-time.js'
import { down, fetchFailed, inTurn, invalidCredentials } from './support/faults.js'
import { Gate } from './support/gate.js'
import { jwt } from './support/jwt.js'
import { bearers, LOGIN, tokenOf } from './support/logins.js'
import { collect } from './support/process-events.js'
import { BOOK } from './support/serve.js'

const MINUTE = 60_000
const YEAR = 365 * 24 * 60 * MINUTE

/** A client that has logged in, with time standing still; tokens of 30 minutes, renewed 5 minutes before. */
async function loggedIn(
  options: Partial<TestOptions> = {},
  lifetimeSeconds = 1800,
): Promise<{ service: FakeService; client: DreamCentralStorageClient }> {
  fakeTime()
  const service = new FakeService(() => json(BOOK))
  service.tokenLifetimeSeconds = lifetimeSeconds
  const client = createClient({ ...service.options, ...options })
  await client.getBookById(1)
  return { service, client }
}

/** Whether a call at this moment goes out with the token of the first login. */
async function usesFirstToken(service: FakeService, client: DreamCentralStorageClient): Promise<boolean> {
  await client.getBookById(2)
  const tokens = bearers(service)
  return tokens.at(-1) === tokens[0]
}

describe('the life of a token', () => {
  test('is long enough for calls without another login until the margin begins', async () => {
    const { service, client } = await loggedIn()
    await pass(25 * MINUTE - 1)
    await client.getBookById(1)
    await settle()
    expect(service.count(LOGIN)).toBe(1)
  })

  test.each([
    ['in 1970', 0],
    ['years ahead', 4_000_000_000],
  ])('is exp − iat from the receipt on, though the clock of the service is %s', async (_, iat) => {
    fakeTime()
    const service = new FakeService(() => json(BOOK))
    service.logIn = () => tokenOf(jwt(600, iat))()
    const client = createClient({ ...service.options, refreshMarginMs: 0 })
    await client.getBookById(1)
    await pass(599_999)
    expect(await usesFirstToken(service, client)).toBe(true)
    await pass(1)
    expect(await usesFirstToken(service, client)).toBe(false)
    expect(service.count(LOGIN)).toBe(2)
  })

  test('counts from the receipt of the answer, not from the sending of the login', async () => {
    fakeTime()
    const service = new FakeService(() => json(BOOK))
    const gate = new Gate()
    service.logIn = gate.answer
    const client = createClient({ ...service.options, refreshMarginMs: 0 })
    const first = client.getBookById(1)
    await pass(20_000)
    gate.held[0]?.answer(tokenOf(jwt(60))())
    await first
    await pass(59_999)
    expect(await usesFirstToken(service, client)).toBe(true)
  })

  test.each([YEAR, -YEAR])('does not change when the wall clock jumps by %i ms', async (jump) => {
    const { service, client } = await loggedIn({ refreshMarginMs: 0 })
    vi.setSystemTime(Date.now() + jump)
    expect(await usesFirstToken(service, client)).toBe(true)
    await pass(30 * MINUTE - 1)
    expect(await usesFirstToken(service, client)).toBe(true)
    await pass(1)
    expect(await usesFirstToken(service, client)).toBe(false)
  })

  const payload = (claims: object): string =>
    `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`

  test.each([
    ['is no JWT', 'opaque'],
    ['is a JWT without claims', payload({})],
    ['has no iat', payload({ exp: 60 })],
    ['has no exp', payload({ iat: 60 })],
    ['ends before it begins', payload({ iat: 60, exp: 60 })],
    ['has words for times', payload({ iat: 'now', exp: 'then' })],
    ['has a payload that is no JSON', 'a.b.c'],
    ['has a payload of null', `e30.${Buffer.from('null').toString('base64url')}.signature`],
  ])('is tokenLifetimeMs when the token %s', async (_, text) => {
    fakeTime()
    const service = new FakeService(() => json(BOOK))
    service.logIn = inTurn(tokenOf(text), tokenOf('renewed'))
    const client = createClient({ ...service.options, tokenLifetimeMs: 10_000, refreshMarginMs: 0 })
    await client.getBookById(1)
    await pass(9_999)
    expect(await usesFirstToken(service, client)).toBe(true)
    await pass(1)
    expect(await usesFirstToken(service, client)).toBe(false)
  })

  test('is 30 minutes when neither the token nor the options say', async () => {
    fakeTime()
    const service = new FakeService(() => json(BOOK))
    service.logIn = inTurn(tokenOf('opaque'), tokenOf('renewed'))
    const client = createClient({ ...service.options, refreshMarginMs: 0 })
    await client.getBookById(1)
    await pass(30 * MINUTE - 1)
    expect(await usesFirstToken(service, client)).toBe(true)
    await pass(1)
    expect(await usesFirstToken(service, client)).toBe(false)
  })

  test('is what the token says even if tokenLifetimeMs says otherwise', async () => {
    const { service, client } = await loggedIn({ tokenLifetimeMs: 1_000, refreshMarginMs: 0 })
    await pass(20 * MINUTE)
    expect(await usesFirstToken(service, client)).toBe(true)
  })
})

describe('within the margin', () => {
  test('a call goes out at once with the token that is still good while a login runs in the background', async () => {
    const { service, client } = await loggedIn()
    const gate = new Gate()
    service.logIn = gate.answer
    await pass(25 * MINUTE)
    expect(await usesFirstToken(service, client)).toBe(true)
    expect(gate.held).toHaveLength(1)
  })

  test('the new token serves the calls that come after the renewal', async () => {
    const { service, client } = await loggedIn()
    service.logIn = tokenOf('renewed')
    await pass(25 * MINUTE)
    await client.getBookById(2)
    await settle()
    await client.getBookById(3)
    expect(bearers(service).at(-1)).toBe('renewed')
    expect(service.count(LOGIN)).toBe(2)
  })

  test('100 concurrent calls cost one renewal', async () => {
    const { service, client } = await loggedIn()
    await pass(26 * MINUTE)
    await Promise.all(Array.from({ length: 100 }, (_, id) => client.getBookById(id + 1)))
    await settle()
    expect(service.count(LOGIN)).toBe(2)
  })

  test('calls that come while the renewal hangs start no second one', async () => {
    const { service, client } = await loggedIn()
    const gate = new Gate()
    service.logIn = gate.answer
    await pass(26 * MINUTE)
    for (let second = 0; second < 20; second++) {
      expect(await usesFirstToken(service, client)).toBe(true)
      await pass(1_000)
    }
    expect(gate.held).toHaveLength(1)
  })

  test('nothing is renewed without a call', async () => {
    const { service } = await loggedIn()
    await pass(60 * MINUTE)
    expect(service.count(LOGIN)).toBe(1)
  })

  test('a token is renewed for getAssetRequest too', async () => {
    const { service, client } = await loggedIn()
    await pass(25 * MINUTE)
    await client.getAssetRequest('Universal ELT', 'BRAINS', 'a.mp3')
    await settle()
    expect(service.count(LOGIN)).toBe(2)
  })

  test('authenticate() gives a token of its own, newer than that of the renewal', async () => {
    const { service, client } = await loggedIn()
    const gate = new Gate()
    service.logIn = gate.answer
    await pass(25 * MINUTE)
    await client.getBookById(2)
    const token = client.authenticate()
    await settle()
    expect(gate.held).toHaveLength(1)
    gate.held[0]?.answer(tokenOf('background')())
    await settle()
    gate.held[1]?.answer(tokenOf('asked-for')())
    expect(await token).toEqual({ access_token: 'asked-for', token_type: 'bearer' })
  })
})

describe('past the end', () => {
  test('calls wait for the login and go out with its token', async () => {
    const { service, client } = await loggedIn()
    const gate = new Gate()
    service.logIn = gate.answer
    await pass(30 * MINUTE)
    const calls = Promise.all([client.getBookById(2), client.getBookById(3)])
    await pass(1_000)
    expect(bearers(service)).toHaveLength(1)
    gate.held[0]?.answer(tokenOf('renewed')())
    await calls
    expect(bearers(service).slice(1)).toEqual(['renewed', 'renewed'])
    expect(gate.held).toHaveLength(1)
  })

  test('calls wait for the renewal that is under way rather than log in beside it', async () => {
    const { service, client } = await loggedIn()
    const gate = new Gate()
    service.logIn = gate.answer
    await pass(30 * MINUTE - 1_000)
    await client.getBookById(2)
    await pass(1_000)
    const call = client.getBookById(3)
    await settle()
    expect(bearers(service)).toHaveLength(2)
    gate.held[0]?.answer(tokenOf('renewed')())
    await call
    expect(bearers(service).at(-1)).toBe('renewed')
    expect(gate.held).toHaveLength(1)
  })

  test('calls log in themselves, once, when the renewal that they waited for fails', async () => {
    const { service, client } = await loggedIn()
    const gate = new Gate()
    service.logIn = gate.answer
    await pass(30 * MINUTE - 1_000)
    await client.getBookById(2)
    await pass(1_000)
    const calls = Promise.all(Array.from({ length: 20 }, (_, id) => client.getBookById(id + 1)))
    await settle()
    gate.held[0]?.answer(down())
    await settle()
    gate.held[1]?.answer(tokenOf('after-all')())
    await calls
    expect(new Set(bearers(service).slice(2))).toEqual(new Set(['after-all']))
    expect(gate.held).toHaveLength(2)
  })
})

describe('a token that lives shorter than the margin', () => {
  test('does not cause a login per call', async () => {
    const { service, client } = await loggedIn({}, 60)
    for (let call = 0; call < 100; call++) {
      await client.getBookById(1)
      await pass(100)
    }
    expect(service.count(LOGIN)).toBe(1)
  })

  test('is renewed before its end, so that no call ever waits', async () => {
    const { service, client } = await loggedIn({}, 60)
    for (let second = 0; second < 300; second++) {
      await client.getBookById(1)
      await pass(1_000)
    }
    const logins = service.count(LOGIN)
    expect(logins).toBeGreaterThanOrEqual(5)
    expect(logins).toBeLessThanOrEqual(5 * 4 + 1)
  })

  test('and shorter than a second works too', async () => {
    fakeTime()
    const service = new FakeService(() => json(BOOK))
    service.logIn = () => json({ access_token: 'opaque', token_type: 'bearer' })
    const client = createClient({ ...service.options, tokenLifetimeMs: 400 })
    for (let call = 0; call < 40; call++) {
      expect(await client.getBookById(1)).toEqual(BOOK)
      await pass(10)
    }
    expect(service.count(LOGIN)).toBeLessThanOrEqual(5)
  })
})

describe('a renewal in the background that fails', () => {
  const FAULTS: ReadonlyArray<[string, FakeService['logIn']]> = [
    ['is answered with 503', () => down()],
    ['is answered with 500 in text', () => new Response('Internal Server Error', { status: 500 })],
    ['is refused', () => invalidCredentials()],
    ['is limited', () => json({}, 429, { 'retry-after': '1' })],
    ['is redirected', () => new Response(null, { status: 307, headers: { location: '/login' } })],
    ['is answered with HTML', () => new Response('<html>', { headers: { 'content-type': 'text/html' } })],
    ['loses its connection', () => Promise.reject(fetchFailed())],
    ['is never answered', (_, signal) => hang(signal)],
  ]

  test.each(FAULTS)('because it %s harms no call, no breaker and no process', async (_, fault) => {
    const { service, client } = await loggedIn()
    const unhandled = collect('unhandledRejection')
    service.logIn = fault
    await pass(25 * MINUTE)
    for (let second = 0; second < 120; second++) {
      expect(await usesFirstToken(service, client)).toBe(true)
      await pass(1_000)
    }
    expect(client.stats().circuits).toEqual({ catalogue: 'closed', storage: 'closed' })
    expect(unhandled).toEqual([])
  })

  test('is tried once, without retries', async () => {
    const { service, client } = await loggedIn()
    service.logIn = () => down()
    await pass(25 * MINUTE)
    await client.getBookById(1)
    await pass(60_000)
    expect(service.count(LOGIN)).toBe(2)
    expect(client.stats().requests.retries).toBe(0)
  })

  test.each([
    ['after 5 seconds', 25 * MINUTE, 5_000],
    ['after a quarter of what is left when that is less than 5 seconds', 30 * MINUTE - 8_000, 2_000],
  ])('is tried again by a call %s, and not before', async (_, startMs, pauseMs) => {
    const { service, client } = await loggedIn()
    service.logIn = () => down()
    await pass(startMs)
    await client.getBookById(1)
    await pass(pauseMs - 1)
    await client.getBookById(1)
    await settle()
    expect(service.count(LOGIN)).toBe(2)
    await pass(1)
    await client.getBookById(1)
    await settle()
    expect(service.count(LOGIN)).toBe(3)
  })

  test('is told in the counts of logins', async () => {
    const { service, client } = await loggedIn()
    service.logIn = () => down()
    await pass(25 * MINUTE)
    await client.getBookById(1)
    await settle()
    expect(client.stats().auth).toMatchObject({ logins: 1, failedLogins: 1 })
  })

  test('neither counts for the breaker nor starts its count anew', async () => {
    const { service, client } = await loggedIn({ retry: { maxRetries: 0 } })
    await pass(25 * MINUTE)
    service.answer = () => down()
    for (const [index, logIn] of [down, down, tokenOf('renewed'), tokenOf('renewed-again')].entries()) {
      service.logIn = () => logIn()
      await failure(client.getBookById(1 + index), DreamStorageServerError)
      await pass(5_000)
    }
    expect(client.stats().circuits.catalogue).toBe('closed')
    await failure(client.getBookById(9), DreamStorageServerError)
    expect(client.stats().circuits.catalogue).toBe('open')
  })

  test('leaves a login to the calls that come past the end', async () => {
    const { service, client } = await loggedIn()
    service.logIn = () => down()
    await pass(29 * MINUTE)
    await client.getBookById(1)
    await settle()
    service.logIn = tokenOf('at-last')
    await pass(MINUTE)
    await client.getBookById(1)
    expect(bearers(service).at(-1)).toBe('at-last')
  })

  test('does not make a call wait that comes while it fails slowly', async () => {
    const { service, client } = await loggedIn({ timeouts: { requestMs: 10_000 } })
    service.logIn = (_, signal) => hang(signal)
    await pass(25 * MINUTE)
    expect(await usesFirstToken(service, client)).toBe(true)
    await pass(9_999)
    expect(await usesFirstToken(service, client)).toBe(true)
    expect(service.count(LOGIN)).toBe(2)
  })
})
