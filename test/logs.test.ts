import { randomBytes } from 'node:crypto'
import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import {
  type DreamCentralStorageClient,
  DreamStorageAuthError,
  DreamStorageClosedError,
  DreamStorageError,
  DreamStorageInputError,
  DreamStorageRateLimitError,
  DreamStorageServerError,
  DreamStorageTimeoutError,
} from '../src/index.js'
import { file, html, raw } from './support/answers.js'
import { createClient, type TestOptions } from './support/client.js'
import { failure, rejection } from './support/failure.js'
import { FakeService, hang, json } from './support/fake-service.js'
import { fakeTime, pass, settle } from './support/fake-time.js'
import { fetchFailed, LiveBody } from './support/faults.js'
import { Gate } from './support/gate.js'
import { jwt } from './support/jwt.js'
import { type LogLine, MemoryLog } from './support/memory-log.js'
import { partsIn } from './support/secrets.js'
import { startServer } from './support/server.js'
import { replyWith, tagged } from './support/stored-file.js'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

function setUp(
  answer: FakeService['answer'] = () => json([]),
  options: Partial<TestOptions> = {},
): { service: FakeService; client: DreamCentralStorageClient; log: MemoryLog } {
  const log = new MemoryLog()
  const service = new FakeService(answer)
  return { service, log, client: createClient({ ...service.options, logger: log.logger, ...options }) }
}

/** Level and message of each line. */
function outline(log: MemoryLog): string[] {
  return log.lines.map(({ level, msg }) => `${level} ${msg}`)
}

/** The `X-Request-ID` of every request that began so. */
function sentIds(service: FakeService, start = ''): Array<string | null> {
  return service.seen
    .filter(({ method, path }) => `${method} ${path}`.startsWith(start))
    .map(({ request }) => request.headers.get('x-request-id'))
}

describe('the lines', () => {
  test('of a first call are the miss, the attempt of the login, the login and the attempt', async () => {
    const { client, log } = setUp()
    await client.getBooks()
    expect(outline(log)).toEqual(['debug cache miss', 'debug attempt', 'info logged in', 'debug attempt'])
    const [miss, login, loggedIn, attempt] = log.lines
    expect(miss).toMatchObject({ route: '/books/', requestId: expect.stringMatching(UUID) })
    expect(login).toMatchObject({ method: 'POST', route: '/auth/login', status: 200, attempts: 1 })
    expect(loggedIn).toMatchObject({ durationMs: expect.any(Number), requestId: login?.requestId })
    expect(attempt).toMatchObject({
      method: 'GET',
      route: '/books/',
      status: 200,
      attempts: 1,
      durationMs: expect.any(Number),
    })
    expect(miss).toMatchObject({ method: 'GET', key: 'books' })
    expect(login).toHaveProperty('background', false)
    expect(attempt).not.toHaveProperty('background')
  })

  test('of a hit and of invalidations are debug lines', async () => {
    const { client, log } = setUp()
    await client.getBooks()
    log.lines.length = 0
    await client.getBooks()
    client.invalidateCache()
    client.invalidateCache({ books: true })
    client.invalidateCache({ publisher: 'p', bookName: 'b' })
    expect(outline(log)).toEqual(['debug cache hit', ...Array(3).fill('debug cache invalidated')])
    expect(log.lines.map(({ key }) => key)).toEqual(['books', 'all', 'books', 'config/p/b'])
  })

  test('give the template of a route, never what fills it', async () => {
    const { client, log } = setUp(({ path }) =>
      path.includes('/object') ? file(Uint8Array.of(1)) : json([]),
    )
    await client.downloadAsset('SomePublisher', 'SomeBook', 'some/asset.mp3')
    await client.listBookContents('SomePublisher', 'SomeBook')
    await client.api.GET('/storage/apps/{platform}', { params: { path: { platform: 'SomePlatform' } } })
    expect(log.all({ msg: 'attempt' }).map(({ method, route }) => `${method} ${route}`)).toEqual([
      'POST /auth/login',
      'GET /storage/books/{publisher}/{book_name}/object',
      'GET /storage/books/{publisher}/{book_name}',
      'GET /storage/apps/{platform}',
    ])
    expect(log.texts.join('')).not.toMatch(/SomePublisher|SomeBook|asset\.mp3|SomePlatform/)
  })

  test('of retries are warnings with the number and the wait, and the end of them is an error', async () => {
    fakeTime()
    const { client, log } = setUp(() => html(503), { retry: { jitter: false } })
    const call = failure(client.getBookById(7), DreamStorageServerError)
    await pass(7_000)
    const { requestId } = await call
    expect(log.all({ level: 'warn' })).toMatchObject([
      {
        msg: 'retry',
        retry: 1,
        delayMs: 1_000,
        attempts: 1,
        requestId,
        route: '/books/{book_id}',
        method: 'GET',
      },
      { msg: 'retry', retry: 2, delayMs: 2_000, attempts: 2, requestId },
      { msg: 'retry', retry: 3, delayMs: 4_000, attempts: 3, requestId },
    ])
    expect(log.all({ level: 'error' })).toMatchObject([
      {
        msg: 'call failed',
        error: 'DreamStorageServerError',
        code: 'ERR_DREAM_STORAGE_SERVER',
        status: 503,
        attempts: 4,
        durationMs: 7_000,
        requestId,
        method: 'GET',
        route: '/books/{book_id}',
      },
    ])
    expect(log.all({ msg: 'attempt' }).filter(({ requestId: id }) => id === requestId)).toMatchObject(
      [1, 2, 3, 4].map((attempts) => ({ level: 'debug', attempts, status: 503 })),
    )
  })

  test('of a rate limit is a warning with what it asks for', async () => {
    const { client, log } = setUp(() => json({}, 429, { 'retry-after': '120' }))
    const { requestId } = await failure(client.getBooks(), DreamStorageRateLimitError)
    expect(log.all({ level: 'warn' })).toMatchObject([
      { msg: 'rate limited', retryAfterMs: 120_000, requestId, route: '/books/' },
    ])
  })

  test('of a login that is refused is an error', async () => {
    const { service, client, log } = setUp()
    service.logIn = () => json({ detail: 'Invalid credentials' }, 401)
    const { requestId } = await failure(client.authenticate(), DreamStorageAuthError)
    expect(log.all({ level: 'error' })).toMatchObject([
      { msg: 'login failed', error: 'DreamStorageAuthError', status: 401, requestId },
    ])
    expect(log.all({ level: 'info' })).toEqual([])
  })

  test('of a renewal say that it goes on in the background: info, or error when it fails', async () => {
    fakeTime()
    const { service, client, log } = setUp(undefined, { cache: false })
    await client.getBooks()
    await pass(1_600_000)
    service.logIn = () => html(502)
    await client.getBooks()
    await settle()
    service.logIn = () => json({ access_token: jwt(), token_type: 'bearer' })
    await pass(10_000)
    await client.getBooks()
    await settle()
    const lines = log.lines.filter(({ msg }) => msg === 'logged in' || msg === 'login failed')
    expect(lines).toMatchObject([
      { level: 'info', msg: 'logged in', background: false },
      { level: 'error', msg: 'login failed', background: true, status: 502 },
      { level: 'info', msg: 'logged in', background: true },
    ])
  })

  test("of a caller's abort and of close() are no errors", async () => {
    const { client, log } = setUp((_, signal) => hang(signal))
    const controller = new AbortController()
    const calls = [
      rejection(client.getBooks({ signal: controller.signal })),
      rejection(client.getBookById(7, { signal: controller.signal })),
    ]
    await settle()
    controller.abort()
    await Promise.all(calls)
    const closed = failure(client.getBookById(8), DreamStorageClosedError)
    await settle()
    await client.close()
    await closed
    expect(log.all({ level: 'error' })).toEqual([])
    expect(log.all({ level: 'warn' })).toEqual([])
    expect(new Set(log.all({ msg: 'call cancelled' }).map(({ route }) => route))).toEqual(
      new Set(['/books/', '/books/{book_id}']),
    )
    expect(outline(log)).not.toContain('debug call ended by an error of the caller')
  })

  test('of an error that a middleware throws are debug lines, for the caller knows it', async () => {
    const { client, log } = setUp()
    client.api.use({
      onRequest: () => {
        throw new Error('mine')
      },
    })
    await rejection(client.getBookById(7))
    expect(log.lines).toMatchObject([
      { level: 'debug', msg: 'call ended by an error of the caller', route: '/books/{book_id}', attempts: 0 },
    ])
  })

  test('of a circuit are info lines with its state, its URL and how long it is open', async () => {
    fakeTime()
    const { service, client, log } = setUp(() => html(503), {
      retry: { maxRetries: 0 },
      circuitBreaker: { failureThreshold: 1, resetAfterMs: 999.5 },
    })
    const lines = (): LogLine[] => log.all({ msg: 'circuit breaker' })
    await rejection(client.getBookById(7))
    const facts = { level: 'info', circuit: 'catalogue', url: 'http://dcs.test/books/7' }
    expect(lines()).toMatchObject([{ ...facts, state: 'open', retryAfterMs: 1_000 }])
    await pass(1_000)
    service.answer = () => json({ id: 7, book_name: 'b' })
    await client.getBookById(7)
    expect(lines()).toMatchObject([{}, { ...facts, state: 'half-open' }, { ...facts, state: 'closed' }])
    expect(lines()[2]).not.toHaveProperty('retryAfterMs')
  })

  test('of a file that is continued are warnings with its position and the wait', async () => {
    const stored = tagged(Buffer.from('0123456789'))
    const { service, client, log } = setUp(({ request }) => {
      const { status, headers, bytes } = replyWith(stored, request.headers.get('range'))
      if (service.count('GET') > 1) return new Response(new Uint8Array(bytes), { status, headers })
      const body = new LiveBody()
      body.send('0123')
      setImmediate(() => body.fail(fetchFailed()))
      return new Response(body.stream, { status, headers })
    })
    const { body } = await client.streamAsset('p', 'b', 'a')
    expect(await new Response(body).text()).toBe('0123456789')
    const [line, ...others] = log.all({ level: 'warn' })
    expect(others).toEqual([])
    expect(line).toMatchObject({ msg: 'stream broke', offset: 4, delayMs: 1, attempts: 1, method: 'GET' })
    expect(line?.requestId).toBe(sentIds(service, 'GET')[0])
  })

  test('go to any logger with debug, info, warn and error, and what they return does not matter', async () => {
    const levels: string[] = []
    const method = (level: string) => (): void => void levels.push(level)
    const logger = {
      debug: method('debug'),
      info: method('info'),
      warn: method('warn'),
      error: method('error'),
    }
    const { client } = setUp(() => json({}, 500), { logger })
    await failure(client.getBooks(), DreamStorageServerError)
    expect(new Set(levels)).toEqual(new Set(['debug', 'info', 'warn', 'error']))
  })
})

type Act = (client: DreamCentralStorageClient) => Promise<unknown>

const ACTS: ReadonlyArray<readonly [name: string, act: Act]> = [
  ['getBooks', (client) => client.getBooks()],
  ['getBookById', (client) => client.getBookById(7)],
  ['getBookConfig', (client) => client.getBookConfig('p', 'b')],
  ['listBookContents', (client) => client.listBookContents('p', 'b')],
  ['downloadAsset', (client) => client.downloadAsset('p', 'b', 'a')],
  ['client.api', (client) => client.api.GET('/auth/session')],
]

describe('one request id', () => {
  test.each(ACTS)(
    'of a call to %s is on every line of it and on every request, a login has its own',
    async (_, act) => {
      const { service, client, log } = setUp(() => {
        if (service.count('GET') === 1) return json({ detail: 'Invalid token' }, 401)
        if (service.count('GET') === 2) return json({}, 503)
        if (service.count('GET') === 3) return json({}, 429, { 'retry-after': '0' })
        return json({ id: 7, book_name: 'b' }, 404)
      })
      await act(client).catch(() => {})
      const ids = new Set(sentIds(service, 'GET'))
      expect(ids.size).toBe(1)
      const [id] = ids
      expect(id).toMatch(UUID)
      const logins = sentIds(service, 'POST /auth/login')
      expect(new Set(logins).size).toBe(2)
      expect(logins).not.toContain(id)
      for (const line of log.lines) {
        expect(line.requestId).toMatch(UUID)
        const isLogin = line.route === '/auth/login' || line.msg === 'logged in'
        if (isLogin) expect(logins).toContain(line.requestId)
        else expect(line.requestId).toBe(id)
      }
      expect(sentIds(service, 'GET')).toHaveLength(4)
    },
  )

  test.each(ACTS.slice(0, -1))('of a call to %s is in its error', async (_, act) => {
    const { service, client } = setUp(() => json({}, 503))
    const error = await failure(act(client), DreamStorageServerError)
    expect(sentIds(service, 'GET')).toEqual(Array(4).fill(error.requestId))
  })

  test('of a login is in the error of the call that needed it', async () => {
    const { service, client } = setUp()
    service.logIn = () => json({ detail: 'Invalid credentials' }, 401)
    const error = await failure(client.getBooks(), DreamStorageAuthError)
    expect(sentIds(service)).toEqual([error.requestId])
  })

  test('belongs to one call only', async () => {
    const { service, client } = setUp(undefined, { cache: false })
    await Promise.all(Array.from({ length: 20 }, () => client.getBooks()))
    expect(new Set(sentIds(service)).size).toBe(21)
  })

  test('of a hit is on its line, too', async () => {
    const { client, log } = setUp()
    await client.getBooks()
    await client.getBooks()
    await client.getBooks()
    const ids = log.all({ msg: 'cache hit' }).map(({ requestId }) => requestId)
    expect(ids).toEqual([expect.stringMatching(UUID), expect.stringMatching(UUID)])
    expect(ids[0]).not.toBe(ids[1])
  })

  test('of a listing is on the warnings of what was left out', async () => {
    const { service, client, log } = setUp(() => json(['../x', 'a.mp3']))
    await client.listBookContents('p', 'b')
    expect(log.all({ level: 'warn' }).map(({ requestId }) => requestId)).toEqual(sentIds(service, 'GET'))
  })

  test('is on the request of getAssetRequest', async () => {
    const { client } = setUp()
    const request = await client.getAssetRequest('p', 'b', 'a')
    expect(request.headers.get('x-request-id')).toMatch(UUID)
  })
})

describe('every error that a call rejects with is told by one line of the level error', () => {
  /** The lines that tell of this error. */
  async function told(act: Promise<unknown>, log: MemoryLog): Promise<LogLine[]> {
    const error = await rejection(act)
    expect(error).toBeInstanceOf(DreamStorageError)
    const { requestId, code } = error as DreamStorageError
    return log.all({ level: 'error' }).filter((line) => line.requestId === requestId && line['code'] === code)
  }

  test.each(ACTS.slice(0, -1))('by %s, when the service fails', async (_, act) => {
    const { client, log } = setUp(() => json({}, 503))
    expect(await told(act(client), log)).toHaveLength(1)
  })

  test.each(ACTS.slice(0, -1))('by %s, when the login is refused', async (_, act) => {
    const { service, client, log } = setUp()
    service.logIn = () => json({ detail: 'Invalid credentials' }, 401)
    expect(await told(act(client), log)).toHaveLength(1)
  })

  test.each([
    ['getBooks', (client: DreamCentralStorageClient) => client.getBooks({ timeoutMs: 100 })],
    ['getBookById', (client: DreamCentralStorageClient) => client.getBookById(7, { timeoutMs: 100 })],
    [
      'getBookConfig',
      (client: DreamCentralStorageClient) => client.getBookConfig('p', 'b', { timeoutMs: 100 }),
    ],
    [
      'downloadAsset',
      (client: DreamCentralStorageClient) => client.downloadAsset('p', 'b', 'a', { timeoutMs: 100 }),
    ],
  ] as const)('by %s, when its deadline passes', async (_, act) => {
    fakeTime()
    const { client, log } = setUp((_, signal) => hang(signal))
    const lines = told(act(client), log)
    await pass(100)
    expect(await lines).toHaveLength(1)
  })

  test.each([
    ['authenticate', (client: DreamCentralStorageClient) => client.authenticate({ timeoutMs: 100 })],
    [
      'getAssetRequest',
      (client: DreamCentralStorageClient) => client.getAssetRequest('p', 'b', 'a', { timeoutMs: 100 }),
    ],
  ] as const)('by %s, when its deadline passes during the login', async (_, act) => {
    fakeTime()
    const { service, client, log } = setUp()
    service.logIn = (_, signal) => hang(signal)
    const lines = told(act(client), log)
    await pass(100)
    expect(await lines).toHaveLength(1)
  })

  test('by getBooks, when the deadline of one who shares passes', async () => {
    fakeTime()
    const gate = new Gate()
    const { client, log } = setUp(gate.answer)
    const long = client.getBooks()
    const short = told(client.getBooks({ timeoutMs: 100 }), log)
    await pass(100)
    gate.held[0]?.answer(json([]))
    expect(await short).toHaveLength(1)
    expect(await long).toEqual([])
    expect(log.all({ level: 'error' })).toHaveLength(1)
  })

  test('by client.api, whose HTTP errors are answered', async () => {
    const { service, client, log } = setUp(() => json({ detail: 'no' }, 403))
    const { response } = await client.api.GET('/auth/session')
    expect(response.status).toBe(403)
    expect(log.all({ level: 'error' })).toMatchObject([
      { status: 403, error: 'DreamStorageForbiddenError', requestId: sentIds(service, 'GET')[0] },
    ])
  })
})

const PASSWORD = `pass-${randomBytes(24).toString('base64url')}`
const BODY = 'BODY-TEXT-OF-AN-ANSWER'

/** A token whose every part is random. */
function secretToken(): string {
  const [head, payload] = jwt().split('.')
  return `${head}.${payload}.${randomBytes(32).toString('base64url')}`
}

describe('no secret and no body', () => {
  /** What a log, or whoever prints an error, would show of it. */
  function textsOf(error: unknown): string[] {
    expect(error).toBeInstanceOf(DreamStorageError)
    const { message, stack } = error as DreamStorageError
    const texts = [message, stack ?? '', inspect(error, { depth: 10 }), JSON.stringify(error)]
    const log = new MemoryLog()
    log.logger.error({ err: error }, 'logged by its receiver')
    return [...texts, ...log.texts]
  }

  function expectNothing(texts: readonly string[], secrets: readonly string[]): void {
    for (const text of texts) {
      for (const secret of [...secrets, PASSWORD, BODY]) expect(partsIn(text, secret), text).toEqual([])
      expect(text).not.toMatch(/\bauthorization\b|\bbearer \S/i)
    }
  }

  const ANSWERS: ReadonlyArray<readonly [string, () => Response]> = [
    ['books', () => json([{ id: 1, book_name: BODY }, { book_name: BODY }])],
    ['a book', () => json({ id: 7, book_name: BODY })],
    ['a config', () => json({ book_title: BODY })],
    ['a file', () => file(Buffer.from(BODY))],
    ['null', () => json(null)],
    ['HTML', () => new Response(`<html>${BODY}</html>`, { headers: { 'content-type': 'text/html' } })],
    ['broken JSON', () => raw(`{"title":"${BODY}`)],
    ['broken JSON in its middle', () => raw(`{"title":"${BODY}" ${BODY}}`)],
    ['another broken JSON', () => raw(`[${BODY}]`)],
    ['204', () => new Response(null, { status: 204 })],
    [
      'a redirect',
      () => new Response(BODY, { status: 307, headers: { location: 'http://dcs.test/books/' } }),
    ],
    ['400', () => json({ message: BODY, error: BODY }, 400)],
    ['401', () => new Response(BODY, { status: 401 })],
    ['403', () => new Response(BODY, { status: 403 })],
    ['404', () => new Response(BODY, { status: 404 })],
    ['409', () => json({ errors: [BODY], version: BODY }, 409)],
    [
      '422',
      () => json({ detail: [{ type: 't', loc: ['body'], msg: 'no', input: BODY, ctx: { a: BODY } }] }, 422),
    ],
    ['429', () => new Response(BODY, { status: 429, headers: { 'retry-after': '999' } })],
    ['500', () => new Response(BODY, { status: 500 })],
    ['502', () => html(502)],
    ['503 of JSON', () => json({ message: BODY }, 503)],
  ]

  const CALLS: readonly Act[] = [
    ...ACTS.map(([, act]) => act),
    (client) => client.getAssetRequest('p', 'b', 'a'),
    (client) => client.api.POST('/books/', { body: { publisher: 'p', book_name: 'b', category: BODY } }),
    (client) =>
      client.api.PUT('/books/{book_id}', { params: { path: { book_id: 1 } }, body: { book_name: BODY } }),
    (client) => client.api.POST('/auth/login', { body: { email: 'a@b.c', password: PASSWORD } }),
  ]

  test.each(ANSWERS)('is in any line or any error when the service answers with %s', async (_, answer) => {
    const tokens: string[] = []
    const { service, client, log } = setUp(answer, {
      password: PASSWORD,
      circuitBreaker: { failureThreshold: 20 },
    })
    service.logIn = () => {
      tokens.push(secretToken())
      return json({ access_token: tokens.at(-1), token_type: 'bearer' })
    }
    const errors: unknown[] = []
    for (const act of CALLS) {
      await act(client).catch((error: unknown) => errors.push(error))
      client.invalidateCache()
    }
    expect(tokens.length).toBeGreaterThan(0)
    expect(log.lines.length).toBeGreaterThan(CALLS.length)
    expectNothing([...log.texts, ...errors.flatMap(textsOf)], tokens)
  })

  test.each([
    ['refuses', () => json({ detail: 'Invalid credentials' }, 401)],
    [
      'echoes',
      () =>
        json({ detail: [{ type: 't', loc: ['body'], msg: PASSWORD, input: { password: PASSWORD } }] }, 422),
    ],
    ['echoes as text', () => new Response(PASSWORD, { status: 400 })],
    ['fails', () => new Response(`${BODY} ${PASSWORD}`, { status: 500 })],
    ['asks to wait', () => json({ you: PASSWORD }, 429, { 'retry-after': '999' })],
    ['gives no token', () => json({ password: PASSWORD })],
    [
      'gives a token that no header can carry',
      () => json({ access_token: `${PASSWORD}\n`, token_type: 'bearer' }),
    ],
    ['breaks off', () => raw(`{"access_token":"${PASSWORD}`)],
    ['gives broken JSON', () => raw(`{"access_token":"${PASSWORD}" ${PASSWORD}}`)],
    ['gives a text', () => raw(PASSWORD)],
    [
      'hands the login on',
      () => new Response(PASSWORD, { status: 308, headers: { location: '/auth/login/' } }),
    ],
  ])('is in any line or any error when the login %s', async (_, answer) => {
    const { service, client, log } = setUp(undefined, { password: PASSWORD, circuitBreaker: false })
    service.logIn = answer
    const errors: unknown[] = []
    for (const act of [...CALLS, (the: DreamCentralStorageClient) => the.authenticate()]) {
      await act(client).catch((error: unknown) => errors.push(error))
    }
    expect(errors.length).toBeGreaterThan(5)
    expectNothing([...log.texts, ...errors.flatMap(textsOf)], [])
  })

  test('is in any line or any error when a token is revoked, renewed and refused', async () => {
    fakeTime()
    const tokens: string[] = []
    const revoked = new Set<string | null>()
    const { service, client, log } = setUp(
      ({ authorization }) => (revoked.has(authorization) ? json({ detail: 'Invalid token' }, 401) : json([])),
      { password: PASSWORD, cache: false },
    )
    service.logIn = () => {
      tokens.push(secretToken())
      return json({ access_token: tokens.at(-1), token_type: 'bearer' })
    }
    await client.getBooks()
    revoked.add(`Bearer ${tokens[0]}`)
    await Promise.all([client.getBooks(), client.getBooks(), client.authenticate()])
    await pass(1_600_000)
    await client.getBooks()
    await pass(1_600_000)
    service.logIn = () => json({ detail: 'Invalid credentials' }, 401)
    const error = await rejection(Promise.all([client.getBooks(), pass(0), client.authenticate()]))
    expect(tokens.length).toBeGreaterThan(2)
    expectNothing([...log.texts, ...textsOf(error)], tokens)
  })

  test('is in any line or any error when connections fail', async () => {
    const token = secretToken()
    const log = new MemoryLog()
    const server = await startServer((request, response) => {
      request.resume()
      if (request.url === '/auth/session') response.socket?.destroy()
      else if (request.url === '/health') response.socket?.end(`HTTP/1.1 ${BODY}\r\n\r\n`)
      else response.writeHead(200, { 'content-length': 1000 }).write(BODY, () => response.destroy())
    })
    const options = { logger: log.logger, token, circuitBreaker: { failureThreshold: 4 } }
    const client = createClient({ baseUrl: server.url, ...options })
    const nobody = createClient({ baseUrl: 'http://127.0.0.1:1', ...options })
    const errors: unknown[] = []
    for (const the of [client, nobody]) {
      for (const act of [...CALLS, (some: DreamCentralStorageClient) => some.api.GET('/health')]) {
        await act(the).catch((error: unknown) => errors.push(error))
      }
    }
    expect(errors.length).toBeGreaterThan(10)
    expectNothing([...log.texts, ...errors.flatMap(textsOf)], [token])
  })

  test.each([
    ['a string', (token: string): unknown => token],
    [
      'a function',
      (token: string): unknown =>
        () =>
          token,
    ],
    [
      'a function that gives nonsense',
      (token: string): unknown =>
        () =>
          `${token} \n`,
    ],
    [
      'a function that gives an object',
      (token: string): unknown =>
        () => ({ token }),
    ],
  ])('is in any line or any error when the token is given as %s', async (_, provide) => {
    const token = `dcs_${randomBytes(24).toString('base64url')}`
    const { client, log } = setUp(() => json({ detail: 'Invalid token' }, 401), { token: provide(token) })
    const errors: unknown[] = []
    for (const act of CALLS) await act(client).catch((error: unknown) => errors.push(error))
    expect(errors.length).toBeGreaterThan(3)
    expectNothing([...log.texts, ...errors.flatMap(textsOf)], [token])
  })

  test('is in any line or any error when time runs out', async () => {
    fakeTime()
    const tokens = [secretToken()]
    const { service, client, log } = setUp((_, signal) => hang(signal), {
      password: PASSWORD,
      maxConnections: 1,
      retry: { maxRetries: 0 },
    })
    service.logIn = () => json({ access_token: tokens[0], token_type: 'bearer' })
    const calls = [...ACTS, ...ACTS].map(([, act]) => rejection(act(client)))
    await pass(120_000)
    const errors = await Promise.all(calls)
    expect(errors.some((error) => error instanceof DreamStorageTimeoutError)).toBe(true)
    expectNothing([...log.texts, ...errors.flatMap(textsOf)], tokens)
  })

  test('is in an input error', async () => {
    const { client } = setUp(undefined, { password: PASSWORD })
    const error = await failure(client.getBooks({ password: PASSWORD } as never), DreamStorageInputError)
    expectNothing(textsOf(error), [])
  })
})
