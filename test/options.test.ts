import type { ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { inspect } from 'node:util'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import {
  DreamCentralStorageClient,
  DreamStorageCircuitOpenError,
  DreamStorageInputError,
  DreamStorageRateLimitError,
  DreamStorageServerError,
  DreamStorageTimeoutError,
} from '../src/index.js'
import { createClient } from './support/client.js'
import { failure, rejection, thrown } from './support/failure.js'
import { FakeService, hang, json } from './support/fake-service.js'
import { fakeTime, pass } from './support/fake-time.js'
import { sendFile, startLiveService } from './support/live-service.js'
import { until } from './support/moment.js'
import { json as send, startServer } from './support/server.js'

const SECRET = 'hunter2-correct-horse'
const base = { baseUrl: 'http://dcs.test', email: 'a@b.c', password: SECRET }

/** The input error of a client with these options, beside valid ones. */
function refusal(options: object): DreamStorageInputError {
  const make = (): unknown => new DreamCentralStorageClient({ ...base, ...options } as never)
  return thrown(make, DreamStorageInputError)
}

describe('an option that is not known is an input error that names it and what there is', () => {
  test.each([
    [{ baseURL: 'http://dcs.test' }, 'baseURL', 'baseUrl'],
    [{ retries: 3 }, 'retries', 'retry'],
    [{ timeouts: { totalMs: 1 } }, 'timeouts.totalMs', 'requestMs'],
    [{ retry: { max: 1 } }, 'retry.max', 'maxRetries'],
    [{ circuitBreaker: { threshold: 1 } }, 'circuitBreaker.threshold', 'failureThreshold'],
    [{ cache: { ttlMs: 1 } }, 'cache.ttlMs', 'booksTtlMs'],
    [{ cache: { constructor: 1 } }, 'cache.constructor', 'maxEntries'],
    [{ valueOf: 1 }, 'valueOf', 'baseUrl'],
    [{ debug: undefined }, 'debug', 'logger'],
  ])('%j', (options, name, known) => {
    const { message } = refusal(options)
    expect(message).toContain(name)
    expect(message).toContain(known)
  })

  test('and its value is not told, as it may be a misspelled secret', () => {
    const { message } = refusal({ pasword: SECRET })
    expect(message).toContain('pasword')
    expect(message).not.toContain(SECRET)
  })
})

const MILLISECONDS = [0, -1, Number.NaN, Number.POSITIVE_INFINITY, '1000', true, null, {}, [1], 1n]
const FROM_ZERO = MILLISECONDS.filter((value) => value !== 0)
const COUNT = [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '5', null, {}, 2 ** 53]
const COUNT_FROM_ZERO = COUNT.filter((value) => value !== 0)
const NO_OBJECT = [null, true, 0, 7, '', 'on', Symbol('x')]

/** How a message shows a value, when it can be shown as it is. */
function shown(value: unknown): string {
  return typeof value === 'object' && value !== null ? 'object' : String(value)
}

describe('an option of the wrong type is an input error that names it and its value', () => {
  test.each<[name: string, values: readonly unknown[], options: (value: unknown) => object]>([
    ['tokenLifetimeMs', MILLISECONDS, (tokenLifetimeMs) => ({ tokenLifetimeMs })],
    ['refreshMarginMs', FROM_ZERO, (refreshMarginMs) => ({ refreshMarginMs })],
    ['timeouts', [...NO_OBJECT, false], (timeouts) => ({ timeouts })],
    ['timeouts.connectMs', MILLISECONDS, (connectMs) => ({ timeouts: { connectMs } })],
    ['timeouts.requestMs', MILLISECONDS, (requestMs) => ({ timeouts: { requestMs } })],
    ['timeouts.downloadMs', MILLISECONDS, (downloadMs) => ({ timeouts: { downloadMs } })],
    ['timeouts.queueMs', MILLISECONDS, (queueMs) => ({ timeouts: { queueMs } })],
    ['maxConnections', COUNT, (maxConnections) => ({ maxConnections })],
    ['retry', NO_OBJECT, (retry) => ({ retry })],
    ['retry.maxRetries', COUNT_FROM_ZERO, (maxRetries) => ({ retry: { maxRetries } })],
    ['retry.baseDelayMs', FROM_ZERO, (baseDelayMs) => ({ retry: { baseDelayMs } })],
    ['retry.maxDelayMs', FROM_ZERO, (maxDelayMs) => ({ retry: { maxDelayMs } })],
    ['retry.jitter', [0, 1, 'true', null, {}], (jitter) => ({ retry: { jitter } })],
    ['retry.maxRetryAfterMs', FROM_ZERO, (maxRetryAfterMs) => ({ retry: { maxRetryAfterMs } })],
    ['circuitBreaker', NO_OBJECT, (circuitBreaker) => ({ circuitBreaker })],
    [
      'circuitBreaker.failureThreshold',
      COUNT,
      (failureThreshold) => ({ circuitBreaker: { failureThreshold } }),
    ],
    ['circuitBreaker.resetAfterMs', MILLISECONDS, (resetAfterMs) => ({ circuitBreaker: { resetAfterMs } })],
    [
      'circuitBreaker.maxResetAfterMs',
      MILLISECONDS,
      (maxResetAfterMs) => ({ circuitBreaker: { maxResetAfterMs } }),
    ],
    ['cache', NO_OBJECT, (cache) => ({ cache })],
    ['cache.booksTtlMs', MILLISECONDS, (booksTtlMs) => ({ cache: { booksTtlMs } })],
    ['cache.configTtlMs', MILLISECONDS, (configTtlMs) => ({ cache: { configTtlMs } })],
    ['cache.maxEntries', COUNT, (maxEntries) => ({ cache: { maxEntries } })],
    ['logger', [null, true, 'info', {}, console.log, { debug() {} }], (logger) => ({ logger })],
    ['fetch', [null, true, 'fetch', {}], (fetch) => ({ fetch })],
  ])('%s', (name, values, options) => {
    for (const value of values) {
      const { message } = refusal(options(value))
      expect(message).toMatch(new RegExp(`^${name} `))
      if (value !== undefined && typeof value !== 'object' && typeof value !== 'function') {
        expect(message).toContain(shown(value))
      }
    }
  })

  test.each([[undefined], [null], [`http://dcs.test/${SECRET}`], [42], [true]])('options: %j', (options) => {
    const make = (): unknown => new DreamCentralStorageClient(options as never)
    const { message } = thrown(make, DreamStorageInputError)
    expect(message).toMatch(/^options must be an object, got a value of type /)
    expect(message).not.toContain(SECRET)
  })

  test.each([
    ['baseUrl', { baseUrl: 42 }],
    ['baseUrl', { baseUrl: '' }],
    ['baseUrl', { baseUrl: null }],
    ['baseUrl', { baseUrl: [SECRET] }],
    ['baseUrl', { baseUrl: new URL(`http://admin:${SECRET}@dcs.test`) }],
    ['email', { email: 42 }],
    ['email', { email: '' }],
    ['email', { email: null }],
    ['email', { email: { user: 'admin', password: SECRET } }],
    ['email', { email: () => SECRET }],
    ['headers', { headers: SECRET }],
    ['headers', { headers: [['x-key', SECRET]] }],
    ['headers', { headers: { 'x-key': [SECRET] } }],
    ['headers', { headers: { 'x-key': `${SECRET}\n` } }],
    ['headers', { headers: { [`Bearer ${SECRET}`]: '' } }],
    ['password', { password: 42 }],
    ['password', { password: '' }],
    ['password', { password: { secret: SECRET } }],
    ['token', { email: undefined, password: undefined, token: `${SECRET} with a space` }],
    ['token', { email: undefined, password: undefined, token: `${SECRET}\n` }],
    ['token', { email: undefined, password: undefined, token: `${SECRET}ğ` }],
    ['token', { email: undefined, password: undefined, token: '' }],
    ['token', { email: undefined, password: undefined, token: 42 }],
    ['token', { email: undefined, password: undefined, token: { secret: SECRET } }],
    ['token', { email: undefined, password: undefined, token: null }],
  ])('%s, whose value is never told: %j', (name, options) => {
    const error = refusal(options)
    expect(error.message).toMatch(new RegExp(`^${name} must be `))
    const told = error.message + inspect(error, { depth: 10 }) + JSON.stringify(error)
    expect(told).not.toContain(SECRET)
    expect(error.message).not.toContain('42')
  })
})

describe('options that contradict each other are an input error', () => {
  test.each([
    ['token beside email', { password: undefined, token: SECRET }, ['token', 'email']],
    ['token beside password', { email: undefined, token: SECRET }, ['token', 'password']],
    ['token beside both', { token: () => SECRET }, ['token', 'email']],
    ['email without password', { password: undefined }, ['password']],
    ['password without email', { email: undefined }, ['email']],
    ['no credentials at all', { email: undefined, password: undefined }, ['email', 'password', 'token']],
    [
      'a longest wait below the first',
      { retry: { baseDelayMs: 20, maxDelayMs: 10 } },
      ['maxDelayMs', '10', '20'],
    ],
    [
      'a longest opening below the first',
      { circuitBreaker: { resetAfterMs: 20, maxResetAfterMs: 10 } },
      ['maxResetAfterMs', '10', '20'],
    ],
    ['a first wait above the longest by default', { retry: { baseDelayMs: 60_000 } }, ['DelayMs', '60000']],
  ])('%s', (_, options, parts) => {
    const error = refusal(options)
    for (const part of parts) expect(error.message).toContain(part)
    expect(inspect(error, { depth: 10 })).not.toContain(SECRET)
  })

  test('and undefined counts as not given', () => {
    const client = createClient({
      baseUrl: 'http://dcs.test',
      token: undefined,
      email: 'a@b.c',
      password: 'x',
      timeouts: undefined,
      maxConnections: undefined,
      retry: { maxRetries: undefined },
      circuitBreaker: { resetAfterMs: undefined },
      cache: undefined,
      logger: undefined,
      fetch: undefined,
    })
    expect(client).toBeInstanceOf(DreamCentralStorageClient)
  })
})

describe('baseUrl', () => {
  test.each([
    'ftp://dcs.test',
    'file:///etc/passwd',
    'localhost:8081',
    'javascript:alert(1)',
    'books.example.org',
    '/dcs',
    '//dcs.test',
    'http://',
    'http://dcs.test:99999',
  ])('that is no absolute http(s) URL is an input error: %s', (baseUrl) => {
    expect(refusal({ baseUrl }).message).toMatch(/^baseUrl must be an absolute http\(s\) URL/)
  })

  test.each([
    ['a query', `http://dcs.test/v1?key=${SECRET}`],
    ['a fragment', `http://dcs.test/v1#${SECRET}`],
    ['a user and a password', `http://${SECRET}:${SECRET}@dcs.test/v1`],
    ['a user', `http://${SECRET}@dcs.test/v1`],
    ['a password', `http://:${SECRET}@dcs.test/v1`],
  ])('with %s is an input error that shows nothing of it', (_, baseUrl) => {
    const error = refusal({ baseUrl })
    expect(error.message).toContain('baseUrl')
    expect(error.message).not.toContain('dcs.test')
    expect(inspect(error, { depth: 10 })).not.toContain(SECRET)
  })

  test.each([
    `http://user:${SECRET}@dcs.test:99999/`,
    `//user:${SECRET}@dcs.test`,
    `user:${SECRET}@dcs.test?k=${SECRET}`,
    `http://user:${SECRET}`,
    `http://user:${SECRET}@`,
    `http://user:1/${SECRET}@dcs.test?k=1`,
    `http://user:#${SECRET}@dcs.test`,
    `http://:${SECRET}`,
    `${SECRET}:password@dcs.test`,
    `${SECRET}://dcs.test`,
    `dcs.test?token=${SECRET}`,
    `https//user:${SECRET}@dcs.test`,
    `http:// user:${SECRET}@dcs.test`,
    ` ${SECRET}`,
  ])('that is no URL but holds a secret does not tell it (%#)', (baseUrl) => {
    expect(inspect(refusal({ baseUrl }), { depth: 10 })).not.toContain(SECRET)
  })

  test.each([
    ['http://dcs.test', 'http://dcs.test'],
    ['http://dcs.test/', 'http://dcs.test'],
    ['https://dcs.test:443', 'https://dcs.test'],
    ['HTTP://DCS.Test:8081//', 'http://dcs.test:8081'],
    ['http://[::1]:8081', 'http://[::1]:8081'],
    ['https://dcs.test/a/b/', 'https://dcs.test/a/b'],
    ['https://dcs.test/a b/ğ', 'https://dcs.test/a%20b/%C4%9F'],
  ])('%s is taken', (baseUrl, normal) => {
    expect(createClient({ baseUrl }).getAssetUrl('p', 'b', 'a')).toBe(
      `${normal}/storage/books/p/b/object?path=a`,
    )
  })

  test.each(['/dcs', '/dcs/', '/a/b%20c'])(
    'has a path prefix that every method keeps: %s',
    async (prefix) => {
      const service = await startLiveService(({ segments }, response) => {
        if (segments.at(-1) === 'object') sendFile(response, Uint8Array.of(1))
        else send(response, 200, segments.includes('7') ? { id: 7, book_name: 'b' } : [])
      })
      // What it knows for a login has no prefix, so the login is done by hand.
      const client = createClient({ baseUrl: service.url + prefix, token: 'dcs_key' })
      await client.getBooks()
      await client.getBookById(7)
      await client.getBookConfig('p', 'b')
      await client.listBookContents('p', 'b')
      await client.downloadAsset('p', 'b', 'a')
      await fetch(await client.getAssetRequest('p', 'b', 'a'))
      await fetch(client.getAssetUrl('p', 'b', 'a'))
      await client.api.GET('/auth/session')
      await client.api.GET('/health')
      const start = decodeURIComponent(prefix.replace(/\/$/, ''))
      expect(service.asked.map(({ segments }) => `/${segments.join('/')}`)).toEqual([
        `${start}/books/`,
        `${start}/books/7`,
        `${start}/storage/books/p/b/config`,
        `${start}/storage/books/p/b`,
        `${start}/storage/books/p/b/object`,
        `${start}/storage/books/p/b/object`,
        `${start}/storage/books/p/b/object`,
        `${start}/auth/session`,
        `${start}/health`,
      ])
      expect(service.asked.at(0)?.authorization).toBe('Bearer dcs_key')
    },
  )

  test('has a path prefix that the login keeps', async () => {
    const seen: string[] = []
    const fetch = async ({ method, url }: Request): Promise<Response> => {
      seen.push(`${method} ${url}`)
      return json(url.endsWith('/login') ? { access_token: 't', token_type: 'bearer' } : [])
    }
    await createClient({ baseUrl: 'http://dcs.test/dcs/', fetch }).getBooks()
    expect(seen).toEqual(['POST http://dcs.test/dcs/auth/login', 'GET http://dcs.test/dcs/books/'])
  })
})

describe('call options', () => {
  const METHODS: ReadonlyArray<
    readonly [string, (client: DreamCentralStorageClient, options: never) => Promise<unknown>]
  > = [
    ['authenticate', (client, options) => client.authenticate(options)],
    ['getBooks', (client, options) => client.getBooks(options)],
    ['getBookById', (client, options) => client.getBookById(1, options)],
    ['getBookConfig', (client, options) => client.getBookConfig('p', 'b', options)],
    ['listBookContents', (client, options) => client.listBookContents('p', 'b', options)],
    ['getAssetRequest', (client, options) => client.getAssetRequest('p', 'b', 'a', options)],
    ['downloadAsset', (client, options) => client.downloadAsset('p', 'b', 'a', options)],
  ]

  test.each(METHODS)('of %s that are no good are an input error before anything is sent', async (_, act) => {
    const service = new FakeService()
    const client = createClient(service.options)
    const bad: ReadonlyArray<readonly [unknown, ...string[]]> = [
      [{ timeout: 1 }, 'timeout', 'timeoutMs'],
      [{ retry: { maxRetries: 0 } }, 'retry'],
      [{ timeoutMs: 0 }, 'timeoutMs', '0'],
      [{ timeoutMs: -1 }, 'timeoutMs', '-1'],
      [{ timeoutMs: Number.NaN }, 'timeoutMs', 'NaN'],
      [{ timeoutMs: Number.POSITIVE_INFINITY }, 'timeoutMs', 'Infinity'],
      [{ timeoutMs: '100' }, 'timeoutMs', '100'],
      [{ signal: new AbortController() }, 'signal'],
      [{ signal: 'abort' }, 'signal', 'abort'],
      [{ cache: 'no-cache' }, 'cache', 'no-cache', 'no-store'],
      [{ cache: false }, 'cache', 'false'],
      [null, 'callOptions'],
      [1000, 'callOptions', '1000'],
      ['reload', 'callOptions', 'reload'],
    ]
    for (const [options, ...parts] of bad) {
      const { message } = await failure(act(client, options as never), DreamStorageInputError)
      for (const part of parts) expect(message).toContain(part)
    }
    expect(service.seen).toEqual([])
  })

  test.each(METHODS)('of %s may be absent, empty or undefined each', async (name, act) => {
    const service = new FakeService(({ path }) => {
      if (path === '/books/1') return json({ id: 1, book_name: 'b' })
      return json([])
    })
    const client = createClient(service.options)
    for (const options of [undefined, {}, { signal: undefined, timeoutMs: undefined, cache: undefined }]) {
      await act(client, options as never)
    }
    expect(service.seen.length, name).toBeGreaterThan(0)
  })

  test('are refused also when the cache holds the value', async () => {
    const client = createClient(new FakeService().options)
    await client.getBooks()
    for (const options of [null, false, 0, '', { timeoutMs: 0 }, { nonsense: 1 }]) {
      await failure(client.getBooks(options as never), DreamStorageInputError)
    }
  })

  test('take a deadline beyond 2^31 ms without ending at once', async () => {
    fakeTime()
    const service = new FakeService(() => json([]))
    const client = createClient(service.options)
    expect(await client.getBooks({ timeoutMs: 2 ** 40 })).toEqual([])
  })

  test.each(METHODS)(
    'of %s end it by its signal, with the reason of the signal, and nothing is sent',
    async (_, act) => {
      const service = new FakeService()
      const reason = { my: 'own' }
      const options = { signal: AbortSignal.abort(reason) }
      expect(await rejection(act(createClient(service.options), options as never))).toBe(reason)
      expect(service.seen).toEqual([])
    },
  )

  test.each(METHODS)('of %s end it by its deadline', async (_, act) => {
    fakeTime()
    const service = new FakeService((_, signal) => hang(signal))
    service.logIn = (_, signal) => hang(signal)
    const client = createClient(service.options)
    const error = failure(act(client, { timeoutMs: 250 } as never), DreamStorageTimeoutError)
    await pass(250)
    expect(await error).toMatchObject({ phase: 'deadline', code: 'ERR_DREAM_STORAGE_TIMEOUT' })
    expect((await error).message).toContain('250 ms')
  })
})

describe('by default', () => {
  const lifetime = (seconds: number): { service: FakeService; client: DreamCentralStorageClient } => {
    const service = new FakeService()
    service.logIn = () => json({ access_token: 'opaque', token_type: 'bearer' })
    service.tokenLifetimeSeconds = seconds
    return { service, client: createClient({ ...service.options, cache: false }) }
  }

  test('a token that does not tell its life lives 1 800 s and is renewed in its last 300 s', async () => {
    fakeTime()
    const { service, client } = lifetime(0)
    await client.getBooks()
    expect(client.stats().auth.expiresAt).toBe(Date.now() + 1_800_000)
    await pass(1_499_999)
    await client.getBooks()
    expect(client.stats().auth.logins).toBe(1)
    await pass(1)
    await client.getBooks()
    await pass(0)
    expect(client.stats().auth.logins).toBe(2)
    expect(service.count('POST /auth/login')).toBe(2)
  })

  test.each([
    ['a quarter less', 0, [750, 1_500, 3_000]],
    ['exactly', 0.5, [1_000, 2_000, 4_000]],
    ['a quarter more', 1, [1_250, 2_500, 5_000]],
  ])('there are 3 retries, after 1, 2 and 4 s, or as chance wills: %s', async (_, chance, waits) => {
    fakeTime()
    const random = vi.spyOn(Math, 'random').mockReturnValue(chance)
    onTestFinished(() => random.mockRestore())
    const service = new FakeService(() => json({}, 500))
    const client = createClient({ ...service.options, retry: undefined, circuitBreaker: false })
    const call = failure(client.getBooks(), DreamStorageServerError)
    for (const [index, wait] of waits.entries()) {
      await pass(wait - 1)
      expect(service.count('GET')).toBe(index + 1)
      await pass(1)
      expect(service.count('GET')).toBe(index + 2)
    }
    expect((await call).attempts).toBe(4)
  })

  test('waits of retries never exceed 30 s', async () => {
    fakeTime()
    const service = new FakeService(() => json({}, 500))
    const retry = { maxRetries: 6, jitter: false }
    const client = createClient({ ...service.options, retry, circuitBreaker: false })
    const call = failure(client.getBooks(), DreamStorageServerError)
    await pass(1_000 + 2_000 + 4_000 + 8_000 + 16_000)
    expect(service.count('GET')).toBe(6)
    await pass(29_999)
    expect(service.count('GET')).toBe(6)
    await pass(1)
    expect((await call).attempts).toBe(7)
  })

  test('a 429 that asks for 60 s is waited for, one that asks for 61 s is an error at once', async () => {
    fakeTime()
    let retryAfter = '60'
    const service: FakeService = new FakeService(() =>
      service.count('GET') === 1 ? json({}, 429, { 'retry-after': retryAfter }) : json([]),
    )
    const client = createClient({ ...service.options, retry: undefined, cache: false })
    const call = client.getBooks()
    await pass(59_999)
    expect(service.count('GET')).toBe(1)
    await pass(1)
    expect(await call).toEqual([])
    service.seen.length = 0
    retryAfter = '61'
    const error = await failure(client.getBooks(), DreamStorageRateLimitError)
    expect(error).toMatchObject({ retryAfterMs: 61_000, attempts: 1 })
  })

  test('a breaker opens after 5 failures in a row, for 1 s, then 2 s and at most 30 s', async () => {
    fakeTime()
    const service = new FakeService(() => json({}, 500))
    const client = createClient({ ...service.options, retry: { maxRetries: 0 } })
    const fail = (id: number) => failure(client.getBookById(id), DreamStorageServerError)
    for (let id = 1; id < 5; id++) await fail(id)
    expect(client.stats().circuits.catalogue).toBe('closed')
    for (const [index, seconds] of [1, 2, 4, 8, 16, 30, 30].entries()) {
      await fail(10 + index)
      expect(client.stats().circuits.catalogue).toBe('open')
      await pass(seconds * 1_000 - 1)
      expect(client.stats().circuits.catalogue).toBe('open')
      await pass(1)
      expect(client.stats().circuits.catalogue).toBe('half-open')
    }
  })

  test('a breaker is open for at most resetAfterMs if that is more than 30 s', async () => {
    fakeTime()
    const service = new FakeService(() => json({}, 500))
    const circuitBreaker = { failureThreshold: 1, resetAfterMs: 60_000 }
    const client = createClient({ ...service.options, retry: false, circuitBreaker })
    for (const _ of [1, 2]) {
      await failure(client.getBooks(), DreamStorageServerError)
      expect((await failure(client.getBooks(), DreamStorageCircuitOpenError)).retryAfterMs).toBe(60_000)
      await pass(60_000)
    }
  })

  test('10 attempts go on at a time, an eleventh waits for 5 s', async () => {
    fakeTime()
    const service = new FakeService((_, signal) => hang(signal))
    const client = createClient({ ...service.options, token: 't' })
    const calls = Array.from({ length: 11 }, (_, index) =>
      rejection(client.getBookById(index + 1, { timeoutMs: 20_000 })),
    )
    await pass(4_999)
    expect(service.count('GET')).toBe(10)
    await pass(1)
    expect(await calls[10]).toMatchObject({ phase: 'queue', attempts: 0 })
    await pass(15_000)
    await Promise.all(calls)
    expect(service.count('GET')).toBe(10)
  })

  test.each([
    ['30 s', 30_000, (client: DreamCentralStorageClient) => client.getBooks()],
    [
      '60 s for a download',
      60_000,
      (client: DreamCentralStorageClient) => client.downloadAsset('p', 'b', 'a'),
    ],
  ])('an attempt ends after %s', async (_, limitMs, act) => {
    fakeTime()
    const service = new FakeService((_, signal) => hang(signal))
    const client = createClient({ ...service.options, token: 't', retry: { maxRetries: 0 } })
    let error: unknown
    const call = rejection(act(client)).then((reason) => {
      error = reason
    })
    await pass(limitMs - 1)
    expect(error).toBeUndefined()
    await pass(1)
    await call
    expect(error).toMatchObject({ phase: 'headers', name: 'DreamStorageTimeoutError' })
  })

  test('there are 10 connections, kept for less than the 5 s of the service', async () => {
    const idle = vi.spyOn(Socket.prototype, 'setTimeout')
    const held: ServerResponse[] = []
    const service = await startServer((_, response) => void held.push(response))
    const client = createClient({ baseUrl: service.url, token: 't' })
    const calls = Array.from({ length: 30 }, (_, index) => client.getBookById(index + 1))
    for (let answered = 0; answered < calls.length; answered++) {
      await until(() => held.length > 0)
      send(held.shift() as ServerResponse, 200, { id: 1, book_name: 'B' })
    }
    await Promise.all(calls)
    expect(service.sockets.made).toBe(10)
    // The server sets limits of its own, in the same process.
    const isOfClient = (socket: Socket): boolean => String(socket.remotePort) === new URL(service.url).port
    const limits = idle.mock.calls.flatMap(([ms], index) =>
      isOfClient(idle.mock.contexts[index] as Socket) ? ms : [],
    )
    idle.mockRestore()
    expect(limits.length).toBeGreaterThanOrEqual(10)
    expect(Math.max(...limits)).toBeLessThan(5_000)
  })

  test('500 values are held', async () => {
    const client = createClient(new FakeService(() => json({})).options)
    for (let index = 0; index < 501; index++) await client.getBookConfig('p', String(index))
    expect(client.stats().cache.entries).toBe(500)
  })

  test('nothing is written to the console', async () => {
    const service = new FakeService(() => json({}, 500))
    const writes = [process.stdout, process.stderr].map((stream) =>
      vi.spyOn(stream, 'write').mockReturnValue(true),
    )
    await failure(createClient(service.options).getBooks(), DreamStorageServerError)
    const written = writes.flatMap((write) => write.mock.calls)
    for (const write of writes) write.mockRestore()
    expect(written).toEqual([])
  })
})
