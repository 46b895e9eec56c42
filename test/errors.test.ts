import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import * as entry from '../src/index.js'
import {
  DreamStorageAuthError,
  DreamStorageCircuitOpenError,
  DreamStorageError,
  DreamStorageForbiddenError,
  DreamStorageInputError,
  DreamStorageNetworkError,
  DreamStorageNotFoundError,
  DreamStorageRateLimitError,
  DreamStorageRequestError,
  DreamStorageResponseError,
  DreamStorageServerError,
} from '../src/index.js'
import { empty, html, raw } from './support/answers.js'
import { createClient, type TestOptions } from './support/client.js'
import { failure, rejection } from './support/failure.js'
import { FakeService, json } from './support/fake-service.js'
import { fetchFailed } from './support/faults.js'
import { partsIn } from './support/secrets.js'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** The error of `getBookById(7)` against a service that always answers so, without retries. */
async function answerError(answer: () => Response, options: Partial<TestOptions> = {}): Promise<unknown> {
  const service = new FakeService(answer)
  const client = createClient({ ...service.options, token: 't', retry: { maxRetries: 0 }, ...options })
  return rejection(client.getBookById(7))
}

const TABLE = [
  [400, DreamStorageRequestError],
  [401, DreamStorageAuthError],
  [402, DreamStorageRequestError],
  [403, DreamStorageForbiddenError],
  [404, DreamStorageNotFoundError],
  [405, DreamStorageRequestError],
  [408, DreamStorageRequestError],
  [409, DreamStorageRequestError],
  [413, DreamStorageRequestError],
  [416, DreamStorageRequestError],
  [418, DreamStorageRequestError],
  [422, DreamStorageRequestError],
  [429, DreamStorageRateLimitError],
  [499, DreamStorageRequestError],
  [500, DreamStorageServerError],
  [501, DreamStorageServerError],
  [502, DreamStorageServerError],
  [503, DreamStorageServerError],
  [504, DreamStorageServerError],
  [599, DreamStorageServerError],
  [300, DreamStorageResponseError],
  [301, DreamStorageResponseError],
  [308, DreamStorageResponseError],
] as const

describe('the status decides the class, whatever the body is', () => {
  test.each(TABLE)('%d', async (status, Class) => {
    for (const answer of [() => html(status), () => empty(status), () => raw('{"det', status)]) {
      const error = await answerError(answer)
      expect((error as Error).constructor).toBe(Class)
      expect(error).toMatchObject({
        status,
        method: 'GET',
        route: '/books/{book_id}',
        attempts: 1,
        requestId: expect.stringMatching(UUID),
      })
      expect((error as Error).message).toContain(`GET /books/{book_id}: ${status}`)
    }
  })
})

/** The classes of the family with the code of each, as the README has them. */
const CODES = {
  DreamStorageAuthError: 'ERR_DREAM_STORAGE_AUTH',
  DreamStorageForbiddenError: 'ERR_DREAM_STORAGE_FORBIDDEN',
  DreamStorageNotFoundError: 'ERR_DREAM_STORAGE_NOT_FOUND',
  DreamStorageRateLimitError: 'ERR_DREAM_STORAGE_RATE_LIMIT',
  DreamStorageServerError: 'ERR_DREAM_STORAGE_SERVER',
  DreamStorageRequestError: 'ERR_DREAM_STORAGE_REQUEST',
  DreamStorageNetworkError: 'ERR_DREAM_STORAGE_NETWORK',
  DreamStorageTimeoutError: 'ERR_DREAM_STORAGE_TIMEOUT',
  DreamStorageCircuitOpenError: 'ERR_DREAM_STORAGE_CIRCUIT_OPEN',
  DreamStorageResponseError: 'ERR_DREAM_STORAGE_RESPONSE',
  DreamStorageInputError: 'ERR_DREAM_STORAGE_INPUT',
  DreamStorageFileError: 'ERR_DREAM_STORAGE_FILE',
  DreamStorageClosedError: 'ERR_DREAM_STORAGE_CLOSED',
  DreamStorageWebhookError: 'ERR_DREAM_STORAGE_WEBHOOK',
} as const

describe('every class of the family', () => {
  test('is exported, and no other', () => {
    const exported = Object.keys(entry).filter((name) => name.endsWith('Error'))
    expect(exported.sort()).toEqual([...Object.keys(CODES), 'DreamStorageError'].sort())
  })

  test.each(Object.entries(CODES))('%s has its name, its code and the common ancestor', (name, code) => {
    const Class = Object.entries(entry).find(
      ([exported]) => exported === name,
    )?.[1] as new () => DreamStorageError
    const error = new Class()
    expect(error).toBeInstanceOf(DreamStorageError)
    expect(error).toBeInstanceOf(Error)
    expect(error.name).toBe(name)
    expect(error.code).toBe(code)
    expect(error.stack).toContain(name)
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({ name, code })
  })
})

describe('an error knows', () => {
  test('its cause, when another error is behind it', async () => {
    const cause = new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ECONNRESET' }) })
    const error = await answerError(() => {
      throw cause
    })
    expect(error).toBeInstanceOf(DreamStorageNetworkError)
    expect(error).toMatchObject({ cause, status: undefined })
    expect((error as Error).message).toContain('ECONNRESET')
  })

  test('its own cause only: an answer of the service has none', async () => {
    expect(await answerError(() => json({ detail: 'no' }, 403))).not.toHaveProperty('cause')
  })

  test('how often the request was sent, 401 and retries included', async () => {
    const service = new FakeService(() => json({ detail: 'Invalid token' }, 401))
    const client = createClient(service.options)
    expect((await failure(client.getBooks(), DreamStorageAuthError)).attempts).toBe(2)
    service.answer = () => json({}, 503)
    const next = createClient(service.options)
    expect((await failure(next.getBooks(), DreamStorageServerError)).attempts).toBe(4)
  })

  test('the last failure when the breaker is open', async () => {
    const service = new FakeService(() => html(503))
    const client = createClient({ ...service.options, circuitBreaker: { failureThreshold: 1 }, token: 't' })
    await failure(client.getBookById(7), DreamStorageCircuitOpenError)
    const error = await failure(client.getBookById(7), DreamStorageCircuitOpenError)
    expect(error.cause).toBeInstanceOf(DreamStorageServerError)
    expect(error.cause).toMatchObject({ status: 503 })
    expect(error).toMatchObject({ attempts: 0, method: 'GET', route: '/books/{book_id}' })
    expect(error.retryAfterMs).toBeGreaterThan(3_000)
    expect(error.retryAfterMs).toBeLessThanOrEqual(4_000)
  })

  test.each([
    ['17', 17_000],
    ['0', 0],
    ['soon', undefined],
    ['-1', undefined],
    ['1.5', undefined],
    [undefined, undefined],
  ])('what a 429 asks to wait: %s', async (value, retryAfterMs) => {
    const headers = value === undefined ? {} : { 'retry-after': value }
    const error = await answerError(() => json({ detail: 'slow down' }, 429, headers))
    expect(error).toBeInstanceOf(DreamStorageRateLimitError)
    expect(error).toMatchObject({ retryAfterMs, status: 429 })
  })
})

describe('the detail of an answer', () => {
  async function requestError(detail: unknown, status = 400): Promise<DreamStorageRequestError> {
    const error = await answerError(() => json({ detail }, status))
    expect(error).toBeInstanceOf(DreamStorageRequestError)
    return error as DreamStorageRequestError
  }

  test('may be a string', async () => {
    const error = await requestError('Book has no version information')
    expect(error.detail).toBe('Book has no version information')
    expect(error.message).toBe('GET /books/{book_id}: 400 Book has no version information')
  })

  test('may be a list, of which what was sent is left out', async () => {
    const issue = { type: 'missing', loc: ['body', 'ids', 0], msg: 'Field required' }
    const secret = { input: 'SENT-BY-US', ctx: { given: 'SENT-BY-US' }, url: 'SENT-BY-US' }
    const error = await requestError(
      [
        { ...issue, ...secret },
        { ...issue, msg: 'Another' },
      ],
      422,
    )
    expect(error.detail).toEqual([issue, { ...issue, msg: 'Another' }])
    expect(error.message).toContain('422 body.ids.0: Field required; body.ids.0: Another')
    expect(inspect(error, { depth: 10 }) + JSON.stringify(error)).not.toContain('SENT-BY-US')
  })

  test('may be an object', async () => {
    const detail = { message: 'Version already exists', code: 'VERSION_EXISTS', version: '1.0.0' }
    const error = await requestError(detail, 409)
    expect(error.detail).toEqual(detail)
    expect(error.message).toContain('409 Version already exists')
  })

  test.each([
    ['null', null],
    ['a number', 7],
    ['an object without message', { code: 'X' }],
    ['an object whose message is no text', { message: { a: 1 } }],
    ['an empty list', []],
    ['a list of texts', ['a', 'b']],
    ['a list of null', [null, null]],
    ['a list of lists', [[1], [2]]],
    ['issues without loc and msg', [{}, { loc: 'body', msg: 7 }]],
    ['an empty string', ''],
  ])('may be %s, which does no harm', async (_, detail) => {
    const error = await requestError(detail)
    expect(error.message).toMatch(/^GET \/books\/\{book_id\}: 400/)
    expect(error.message).not.toContain('undefined')
    expect(error.message).not.toContain('[object')
  })

  test('is cut in the message when it is long', async () => {
    const error = await requestError('x'.repeat(100_000))
    expect(error.message.length).toBeLessThan(500)
  })

  test('of any refusal stands in the message', async () => {
    for (const status of [401, 403, 500, 429]) {
      const error = await answerError(() => json({ detail: 'Not for you' }, status))
      expect((error as Error).message).toContain(`${status} Not for you`)
    }
  })
})

describe('a login that is answered 422, which echoes the password,', () => {
  const PASSWORD = 'hunter2-correct-horse'
  const echo = {
    detail: [
      {
        type: 'string_too_long',
        loc: ['body', 'password', PASSWORD],
        msg: `not good: ${PASSWORD}`,
        input: { email: 'a@b.c', password: PASSWORD },
        ctx: { given: PASSWORD },
      },
    ],
  }

  test.each([
    ['as a list', () => json(echo, 422)],
    ['as a string', () => json({ detail: `bad password ${PASSWORD}` }, 422)],
    ['as an object', () => json({ detail: { message: `bad ${PASSWORD}` } }, 400)],
    ['as text', () => new Response(`bad ${PASSWORD}`, { status: 500 })],
    ['as JSON that breaks off', () => raw(`{"detail":"${PASSWORD}`, 422)],
    ['in a success that is none', () => json({ you_sent: PASSWORD })],
    ['in a success that is not JSON', () => raw(`${PASSWORD} is what you sent`)],
    ['in a success that breaks off', () => raw(`{"password":"${PASSWORD}" oops`)],
  ])('tells nothing of it anywhere: %s', async (_, answer) => {
    const service = new FakeService()
    service.logIn = answer
    const client = createClient({
      ...service.options,
      email: 'a@b.c',
      password: PASSWORD,
      retry: { maxRetries: 0 },
    })
    const acts = [
      () => client.authenticate(),
      () => client.getBooks(),
      () => client.getAssetRequest('p', 'b', 'a'),
    ]
    for (const act of acts) {
      const error = await rejection(act())
      expect(error).toBeInstanceOf(DreamStorageError)
      const { message, stack, detail } = error as DreamStorageRequestError
      const told = [
        message,
        stack,
        JSON.stringify(detail),
        JSON.stringify(error),
        inspect(error, { depth: 10 }),
      ]
      for (const text of told) expect(partsIn(text ?? '', PASSWORD)).toEqual([])
    }
  })

  test('is a request error of the login', async () => {
    const service = new FakeService()
    service.logIn = () => json(echo, 422)
    const error = await failure(createClient(service.options).getBooks(), DreamStorageRequestError)
    expect(error).toMatchObject({ status: 422, method: 'POST', route: '/auth/login' })
    expect(service.seen).toHaveLength(1)
  })
})

describe('the message says what was wrong:', () => {
  const refused = (status: number, headers: Record<string, string> = {}) =>
    new Response(null, { status, headers })
  const chunks = (text: string): Response => new Response(new Blob([text]).stream())

  test.each<readonly [string, () => Response]>([
    [
      '307: a redirect to http://dcs.test/login, which is not followed',
      () => refused(307, { location: 'http://dcs.test/login?signature=x#y' }),
    ],
    ['302: a redirect to nowhere, which is not followed', () => refused(302)],
    ['204: a response without content', () => refused(204)],
    ['205: a response without content', () => refused(205)],
    ['304: a response without content', () => refused(304)],
    ['206: a part, and all of it was asked for', () => json({}, 206)],
    ['200 with a body that is not JSON (text/html, 90 bytes)', () => html()],
    ['200 with a body that is not JSON (no content type, 3 bytes)', () => chunks('abc')],
    ['the body ended after 2 of 7 bytes', () => json({}, 200, { 'content-length': '7' })],
    [
      '200 with a body that is too large: 101 bytes are announced, the limit is 100',
      () => raw(' '.repeat(101)),
    ],
    ['200 with a body that is too large: it is longer than 100 bytes', () => chunks(' '.repeat(101))],
    [
      '400 with a body that is too large: it is longer than 100 bytes',
      () => new Response(chunks(' '.repeat(101)).body, { status: 400 }),
    ],
    [
      'the response is not valid HTTP (HPE_INVALID_CONSTANT)',
      () => {
        throw fetchFailed('HPE_INVALID_CONSTANT')
      },
    ],
    [
      'the certificate of the service was refused (CERT_HAS_EXPIRED)',
      () => {
        throw fetchFailed('CERT_HAS_EXPIRED')
      },
    ],
    [
      'a header of the request cannot be sent',
      () => {
        throw fetchFailed('UND_ERR_NOT_SUPPORTED')
      },
    ],
  ])('%s', async (message, answer) => {
    const error = await answerError(answer, { maxJsonBytes: 100 })
    expect((error as Error).message).toBe(`GET /books/{book_id}: ${message}`)
  })

  test.each(['many', '12x', 'x12', '-1', '1, 1'])(
    '200: a content-length that is no number of bytes (%s)',
    async (length) => {
      const answer = (status: number) => answerError(() => json({}, status, { 'content-length': length }))
      expect(await answer(200)).toMatchObject({
        name: 'DreamStorageResponseError',
        message: 'GET /books/{book_id}: 200: a content-length that is no number of bytes',
      })
      // The status says more than the length.
      expect(await answer(400)).toMatchObject({ name: 'DreamStorageRequestError', status: 400 })
    },
  )

  test.each<readonly [string, () => unknown]>([
    ['the token function failed', () => Promise.reject(new Error())],
    ['the token function must return a token of visible ASCII characters', () => 'two words'],
  ])('%s', async (message, token) => {
    const error = await answerError(() => json({}), { token })
    expect((error as Error).message).toBe(`GET /books/{book_id}: ${message}`)
  })

  test('the function fetch must return a Response', async () => {
    for (const nothing of [undefined, { status: 199 }, { status: 600 }]) {
      const error = await answerError(() => nothing as never)
      expect(error).toMatchObject({ cause: { message: 'the function fetch must return a Response' } })
    }
  })

  test.each<readonly [string, RequestInit]>([
    ['the header expect cannot be sent', { headers: { expect: '100-continue' } }],
    ['the header te cannot be sent', { headers: { te: 'trailers' } }],
    [
      'the header content-length says 3, the body has 2 bytes',
      { headers: { 'content-length': '3' }, body: '{}' },
    ],
    ['the request cannot be sent', { headers: { 'x-bell': 'a\u0007b' } }],
  ])('%s', async (message, init) => {
    const client = createClient({ baseUrl: 'http://127.0.0.1:1', token: 't' })
    const call = client.api.POST('/books/', { ...init, bodySerializer: (body: unknown) => body } as never)
    const { message: said, attempts } = await failure(call, DreamStorageInputError)
    expect({ said, attempts }).toEqual({ said: `POST /books/: ${message}`, attempts: 1 })
  })
})

describe('an input error', () => {
  test('has no status and says that nothing was sent', async () => {
    const error = await failure(
      createClient(new FakeService().options).getBookById(0),
      DreamStorageInputError,
    )
    expect(error).toMatchObject({ status: undefined, attempts: 0 })
  })
})

describe('nothing foreign escapes', () => {
  test.each([
    ['a text', 'boom'],
    ['undefined', undefined],
    ['an error', new Error('boom')],
    ['an abort that nobody asked for', new DOMException('This operation was aborted', 'AbortError')],
    ['a timeout that is not ours', new DOMException('timeout', 'TimeoutError')],
    ['an error with a strange code', Object.assign(new Error('boom'), { code: Symbol('x') })],
    ['a thing without a prototype', Object.create(null)],
  ])('when the transport throws %s', async (_, reason) => {
    const error = await answerError(() => {
      throw reason
    })
    expect(error).toBeInstanceOf(DreamStorageNetworkError)
    expect(error).toMatchObject({ attempts: 1 })
    expect((error as Error).message).toMatch(/: the connection failed$/)
  })

  test('when a body breaks while it is read', async () => {
    const error = await answerError(() => {
      const body = new ReadableStream({
        pull: (controller) => controller.error(new TypeError('terminated')),
      })
      return new Response(body)
    })
    expect(error).toBeInstanceOf(DreamStorageNetworkError)
  })
})
