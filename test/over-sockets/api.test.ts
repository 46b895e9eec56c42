import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import {
  type DreamCentralStorageClient,
  DreamStorageAuthError,
  DreamStorageCircuitOpenError,
  DreamStorageClosedError,
  DreamStorageInputError,
  DreamStorageNetworkError,
  DreamStorageResponseError,
  DreamStorageTimeoutError,
} from '../../src/index.js'
import { empty, file, html, raw } from '../support/answers.js'
import { createClient, type TestOptions } from '../support/client.js'
import { failure, rejection, thrown } from '../support/failure.js'
import { FakeService, hang, json } from '../support/fake-service.js'
import { fakeTime, pass, settle } from '../support/fake-time.js'
import { sendFile, startLiveService } from '../support/live-service.js'

function setUp(
  answer: FakeService['answer'] = () => json([]),
  options: Partial<TestOptions> = {},
): { service: FakeService; client: DreamCentralStorageClient; api: DreamCentralStorageClient['api'] } {
  const service = new FakeService(answer)
  const client = createClient({ ...service.options, ...options })
  return { service, client, api: client.api }
}

const UNAUTHORIZED = { detail: 'Invalid token' }

/** Answers the first request 401 and the rest as given. */
function revokedOnce(answer: FakeService['answer']): FakeService['answer'] {
  let isFirst = true
  return (seen, signal) => {
    if (!isFirst) return answer(seen, signal)
    isFirst = false
    return json(UNAUTHORIZED, 401)
  }
}

const BOOK = { path: { publisher: 'p', book_name: 'b' } }
const OBJECT = '/storage/books/{publisher}/{book_name}/object'
const objectParams = { ...BOOK, query: { path: 'a.mp3' } }

describe('client.api goes through the pipeline of the client', () => {
  test('with its bearer, its request id and the path as the contract has it', async () => {
    const { service, api } = setUp(() => json({ id: 7, book_name: 'b' }))
    const { data, error } = await api.GET('/books/{book_id}', { params: { path: { book_id: 7 } } })
    expect(data).toEqual({ id: 7, book_name: 'b' })
    expect(error).toBeUndefined()
    const [, seen] = service.seen
    expect(seen).toMatchObject({ method: 'GET', path: '/books/7' })
    expect(seen?.authorization).toMatch(/^Bearer /)
    expect(seen?.request.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('with query, headers and a body of its own', async () => {
    const { service, api } = setUp(() => json({ id: 1, book_name: 'b' }, 201))
    const body = { publisher: 'Yeşil Elma', book_name: 'Avı' }
    await api.POST('/books/', { body, headers: { 'x-trace': 'mine' } })
    await api.GET('/books/', { params: { query: { publisher_id: 7 } } })
    const [, post, get] = service.seen
    expect(await post?.request.json()).toEqual(body)
    expect(post?.request.headers.get('content-type')).toBe('application/json')
    expect(post?.request.headers.get('x-trace')).toBe('mine')
    expect(get?.path).toBe('/books/?publisher_id=7')
  })

  test('with its retries for what is safe, and none for what may have been carried out', async () => {
    const { service, api, client } = setUp(() => html(503))
    await api.GET('/auth/session')
    expect(service.count('GET')).toBe(4)
    await api.PUT('/books/{book_id}', { params: { path: { book_id: 1 } }, body: {} })
    expect(service.count('PUT')).toBe(1)
    expect(client.stats().requests).toEqual({ calls: 2, attempts: 6, retries: 3 })
  })

  test('with its breaker', async () => {
    const { service, api, client } = setUp(() => html(503), {
      retry: { maxRetries: 0 },
      circuitBreaker: { failureThreshold: 2 },
    })
    await api.GET('/auth/session')
    await api.DELETE('/books/{book_id}', { params: { path: { book_id: 1 } } })
    expect(client.stats().circuits).toEqual({ catalogue: 'open', storage: 'closed' })
    await failure(api.GET('/auth/session'), DreamStorageCircuitOpenError)
    await api.GET('/storage/trash')
    expect(service.seen).toHaveLength(4)
  })

  test('by request() with a method in any case', async () => {
    const { service, api } = setUp(() => json({}, 503))
    await api.request('get', '/auth/session')
    expect(service.count('GET /auth/session')).toBe(4)
  })

  test('with the method that it is called by', async () => {
    const { service, api } = setUp(undefined, { token: 'key' })
    const loose = api as unknown as Record<string, (route: string) => Promise<unknown>>
    const methods = ['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH']
    for (const method of methods) await loose[method]?.('/health')
    expect(service.seen.map(({ method }) => method)).toEqual(methods)
  })

  test('as a call of its own, which a signal ends with its reason', async () => {
    const { api } = setUp((_, signal) => hang(signal))
    const controller = new AbortController()
    const call = rejection(api.GET('/auth/session', { signal: controller.signal }))
    await settle()
    const reason = new Error('enough')
    controller.abort(reason)
    expect(await call).toBe(reason)
  })

  test('as a call of its own, whose deadline covers retries, waits and the body', async () => {
    fakeTime()
    const { service, api } = setUp(() => html(503), { retry: { baseDelayMs: 40, jitter: false } })
    const retried = failure(api.GET('/auth/session', { timeoutMs: 50 }), DreamStorageTimeoutError)
    await pass(50)
    expect(await retried).toMatchObject({ phase: 'deadline', attempts: 2, route: '/auth/session' })
    service.answer = () => new Response(new ReadableStream(), { status: 200 })
    const params = objectParams
    const { data } = await api.GET(OBJECT, { params, parseAs: 'stream', timeoutMs: 50 })
    const streamed = failure(text(data as ReadableStream), DreamStorageTimeoutError)
    await pass(50)
    expect(await streamed).toMatchObject({ phase: 'deadline' })
    service.answer = (_, signal) => hang(signal)
    const posted = failure(
      api.request('post', '/books/batch', { body: { ids: [1] }, timeoutMs: 50 }),
      DreamStorageTimeoutError,
    )
    await pass(50)
    expect(await posted).toMatchObject({ phase: 'deadline', attempts: 1 })
  })

  test('and takes no fetch of a call, which would go past it', async () => {
    const { service, api } = setUp()
    await failure(api.GET('/auth/session', { fetch: async () => json({}) }), DreamStorageInputError)
    expect(service.seen).toEqual([])
  })
})

describe('client.api refuses what no request can be made of, before anything is sent', () => {
  const circular: Record<string, unknown> = {}
  circular['self'] = circular

  test.each([
    ['a header value that no header can carry', { headers: { 'x-name': 'ğ' } }],
    ['a header name that is none', { headers: { 'bad name': 'x' } }],
    ['a body that refers to itself', { body: circular }],
    ['a body with a BigInt', { body: { publisher: 1n } }],
    ['a way of parsing that there is not', { body: {}, parseAs: 'xml' }],
    ['a signal that is none', { body: {}, signal: {} }],
    ['a deadline that is none', { body: {}, timeoutMs: 0 }],
    ['a base URL that is none', { body: {}, baseUrl: 'nonsense' }],
    ['options that are none', 7],
    ['options that are null', null],
  ])('%s, with middleware and without', async (_, init) => {
    const { service, api } = setUp()
    await failure(api.POST('/books/', init as never), DreamStorageInputError)
    api.use({ onRequest: () => undefined })
    await failure(api.POST('/books/', init as never), DreamStorageInputError)
    expect(service.seen).toEqual([])
  })

  test.each(['CONNECT', 'TRACE', 'G T', 'ĞET'])('the method %s', async (method) => {
    const { service, api } = setUp()
    await failure(api.request(method as never, '/health', {} as never), DreamStorageInputError)
    expect(service.seen).toEqual([])
  })

  test.each([undefined, 7, null, {}])('a route or a method that is %o', async (value) => {
    const { service, api } = setUp()
    await failure(api.GET(value as never), DreamStorageInputError)
    await failure(api.request(value as never, '/health'), DreamStorageInputError)
    expect(service.seen).toEqual([])
  })

  test.each([null, { onRequest: () => undefined }])('middleware that is no list: %o', async (middleware) => {
    const { service, api } = setUp()
    await failure(api.GET('/books/', { middleware } as never), DreamStorageInputError)
    expect(service.seen).toEqual([])
  })

  test('a GET with a body', async () => {
    const { service, api } = setUp()
    await failure(api.GET('/health', { body: {} } as never), DreamStorageInputError)
    expect(service.seen).toEqual([])
  })

  test('a body of a middleware that cannot be read', async () => {
    const { service, api } = setUp()
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error('gone')) })
    const onRequest = ({ request }: { request: Request }): Request =>
      new Request(request.url, { method: 'POST', body, duplex: 'half' })
    const init = { body: { email: 'a@b.c', password: 'x' }, middleware: [{ onRequest }] }
    await failure(api.POST('/auth/login', init), DreamStorageInputError)
    expect(service.seen).toEqual([])
  })
})

describe('the public routes ask for no login', () => {
  test.each(['/', '/health'] as const)('%s', async (route) => {
    const { service, api } = setUp(() => json({ status: 'ok', service: 's', version: '1' }))
    const { data } = await api.GET(route)
    expect(data).toEqual({ status: 'ok', service: 's', version: '1' })
    expect(service.seen).toMatchObject([{ method: 'GET', path: route, authorization: null }])
  })

  test('/auth/login', async () => {
    const { service, api } = setUp()
    const { data } = await api.POST('/auth/login', { body: { email: 'a@b.c', password: 'x' } })
    expect(data?.token_type).toBe('bearer')
    expect(service.seen).toMatchObject([{ method: 'POST', authorization: null }])
  })

  test('and a 401 of them is no reason to log in', async () => {
    const { service, api } = setUp(() => json(UNAUTHORIZED, 401))
    const { response } = await api.GET('/health')
    expect(response.status).toBe(401)
    expect(service.seen).toHaveLength(1)
  })
})

describe('HTTP errors are answered', () => {
  test.each([
    ['400', () => json({ detail: 'no' }, 400), { detail: 'no' }],
    ['403', () => json({ detail: 'Not authenticated' }, 403), { detail: 'Not authenticated' }],
    ['404 of HTML', () => html(404), expect.stringContaining('<html>')],
    ['409', () => json({ detail: { code: 'EXISTS' } }, 409), { detail: { code: 'EXISTS' } }],
    ['422', () => json({ detail: [{ msg: 'm', input: 'i' }] }, 422), { detail: [{ msg: 'm', input: 'i' }] }],
    [
      '429 that asks for too long',
      () => json({ detail: 'wait' }, 429, { 'retry-after': '900' }),
      { detail: 'wait' },
    ],
    ['500 of text', () => new Response('Internal Server Error', { status: 500 }), 'Internal Server Error'],
    ['502 of HTML', () => html(502), expect.stringContaining('nginx')],
  ])('%s', async (name, answer, expected) => {
    const { api } = setUp(answer)
    const { data, error, response } = await api.GET('/auth/session')
    expect(data).toBeUndefined()
    expect(error).toEqual(expected)
    expect(response.status).toBe(Number.parseInt(name, 10))
    expect(response.ok).toBe(false)
  })

  test('401 after one renewal', async () => {
    const { service, api } = setUp(() => json(UNAUTHORIZED, 401))
    const { error, response } = await api.GET('/auth/session')
    expect(error).toEqual(UNAUTHORIZED)
    expect(response.status).toBe(401)
    expect([service.count('GET'), service.count('POST /auth/login')]).toEqual([2, 2])
  })

  test('an error without a body', async () => {
    const { api } = setUp(() => empty(404))
    const { error, response } = await api.GET('/auth/session')
    expect(error).toBeUndefined()
    expect(response.status).toBe(404)
  })

  test('an error of a call with parseAs too', async () => {
    for (const parseAs of ['text', 'blob', 'arrayBuffer', 'stream'] as const) {
      const { api } = setUp(() => json({ detail: 'Object not found' }, 404))
      const { error, response } = await api.GET(OBJECT, { params: objectParams, parseAs })
      expect(error).toEqual({ detail: 'Object not found' })
      expect(response.status).toBe(404)
    }
  })
})

describe('the rest is thrown', () => {
  test('a failure of the network', async () => {
    const { api } = setUp(() => {
      throw new TypeError('fetch failed')
    })
    const error = await failure(api.GET('/auth/session'), DreamStorageNetworkError)
    expect(error).toMatchObject({ attempts: 4, method: 'GET', route: '/auth/session' })
  })

  test('a timeout', async () => {
    fakeTime()
    const { api } = setUp((_, signal) => hang(signal), {
      timeouts: { requestMs: 50 },
      retry: { maxRetries: 0 },
    })
    const error = failure(api.GET('/auth/session'), DreamStorageTimeoutError)
    await pass(50)
    expect(await error).toMatchObject({ phase: 'headers' })
  })

  test('a login that is refused', async () => {
    const { service, api } = setUp()
    service.logIn = () => json({ detail: 'Invalid credentials' }, 401)
    expect(await failure(api.GET('/auth/session'), DreamStorageAuthError)).toMatchObject({
      route: '/auth/login',
    })
  })

  test.each([
    ['a page of HTML', () => html()],
    ['truncated JSON', () => raw('{"user_id":')],
    ['204', () => empty(204)],
    ['304, unasked', () => empty(304)],
    ['a redirect', () => new Response(null, { status: 307, headers: { location: 'http://dcs.test/x' } })],
  ])('an answer that the contract does not know: %s', async (_, answer) => {
    const { api } = setUp(answer)
    await failure(api.GET('/auth/session'), DreamStorageResponseError)
  })

  test('a closed client', async () => {
    const { client, api } = setUp((_, signal) => hang(signal))
    const open = failure(api.GET('/auth/session'), DreamStorageClosedError)
    await settle()
    await client.close()
    await open
    await failure(api.GET('/health'), DreamStorageClosedError)
  })
})

describe('an answer without content that was asked for is none of them', () => {
  test('204 of a DELETE', async () => {
    const { api } = setUp(() => empty(204))
    const { data, error, response } = await api.DELETE('/apps/{platform}', {
      params: { path: { platform: 'macos' } },
      body: { path: 'macos/2.0.0/' },
    })
    expect([data, error, response.status]).toEqual([undefined, undefined, 204])
  })

  test('304 of a conditional GET', async () => {
    const { api } = setUp(() => empty(304))
    const { response } = await api.GET(OBJECT, {
      params: objectParams,
      headers: { 'if-none-match': '"x"' },
      parseAs: 'arrayBuffer',
    })
    expect(response.status).toBe(304)
  })

  test('206 of a range', async () => {
    const headers = { 'content-range': 'bytes 0-1/3' }
    const { service, api } = setUp(() => new Response(Uint8Array.of(1, 2), { status: 206, headers }))
    const { data, response } = await api.GET(OBJECT, {
      params: objectParams,
      headers: { range: 'bytes=0-1' },
      parseAs: 'arrayBuffer',
    })
    expect(new Uint8Array(data as ArrayBuffer)).toEqual(Uint8Array.of(1, 2))
    expect(response.status).toBe(206)
    expect(response.headers.get('content-range')).toBe('bytes 0-1/3')
    expect(service.seen.at(-1)?.request.headers.get('range')).toBe('bytes=0-1')
  })
})

describe('middleware of the user', () => {
  test('is given a real Request as long as it is in use, however often it was added', async () => {
    const { service, client, api } = setUp()
    const clone = { onRequest: ({ request }: { request: Request }): Request => request.clone() }
    api.use(clone)
    api.use(clone)
    api.eject(clone)
    expect(thrown(() => api.use(clone, {} as never), DreamStorageInputError).message).toContain('middleware')
    api.eject(clone)
    expect(await client.getBooks()).toEqual([])
    api.eject(clone)
    expect(await client.getBooks({ cache: 'reload' })).toEqual([])
    expect(service.count('GET')).toBe(2)
  })

  test('may set headers of the request, which arrive; of a login it sees nothing', async () => {
    const { service, client, api } = setUp()
    api.use({ onRequest: ({ request }) => request.headers.set('x-tenant', 'lms') })
    await api.GET('/auth/session')
    await client.getBooks()
    expect(service.seen.map(({ request }) => request.headers.get('x-tenant'))).toEqual([null, 'lms', 'lms'])
  })

  test('may replace the request, which keeps the bearer and the request id of the client', async () => {
    const { service, api } = setUp()
    api.use({ onRequest: ({ request }) => new Request(`${request.url}?traced=1`, request) })
    await api.GET('/auth/session')
    const seen = service.seen.at(-1)
    expect(seen?.path).toBe('/auth/session?traced=1')
    expect(seen?.authorization).toMatch(/^Bearer /)
    expect(seen?.request.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('may replace a request with a body', async () => {
    const { service, api } = setUp(() => json({ id: 1, book_name: 'b' }, 201))
    api.use({
      onRequest: ({ request, schemaPath }) =>
        schemaPath === '/books/'
          ? new Request(request.url, {
              method: 'POST',
              headers: request.headers,
              body: '{"book_name":"mine"}',
            })
          : undefined,
    })
    const { response } = await api.POST('/books/', { body: { publisher: 'p', book_name: 'b' } })
    expect(response.status).toBe(201)
    expect(await service.seen.at(-1)?.request.text()).toBe('{"book_name":"mine"}')
  })

  test('may replace a request with a body, which is sent again after a 401 and a 429 all the same', async () => {
    const bodies: string[] = []
    const service = await startLiveService(async (_, response, request) => {
      bodies.push(await text(request))
      const status = [401, 429][bodies.length - 1] ?? 201
      response.writeHead(status, { 'content-type': 'application/json', 'retry-after': '0' })
      response.end('{"id":1,"book_name":"b"}')
    })
    const { api } = createClient({ baseUrl: service.url })
    api.use({
      onRequest: ({ request }) => new Request(request, { headers: { 'content-type': 'application/json' } }),
    })
    const { response } = await api.POST('/books/', { body: { publisher: 'p', book_name: 'b' } })
    expect(response.status).toBe(201)
    expect(bodies).toEqual(Array(3).fill('{"publisher":"p","book_name":"b"}'))
  })

  test('may stream a body into the request, and the signal and close() end the call while it comes', async () => {
    const { client, api } = setUp(() => json({}, 201))
    api.use({
      onRequest: ({ request: { url, headers }, schemaPath }) => {
        if (schemaPath === '/auth/login') return undefined
        const init = { method: 'POST', headers, body: new ReadableStream(), duplex: 'half' }
        return new Request(url, init as RequestInit)
      },
    })
    const body = { publisher: 'p', book_name: 'b' }
    const controller = new AbortController()
    const { signal } = controller
    const aborted = rejection(api.POST('/books/', { body, signal }))
    const closed = failure(api.POST('/books/', { body }), DreamStorageClosedError)
    await settle()
    const reason = new Error('enough')
    controller.abort(reason)
    expect(await aborted).toBe(reason)
    await client.close()
    await closed
  })

  test('may not take the request, and with it the bearer, to another origin', async () => {
    const { service, api } = setUp()
    api.use({ onRequest: ({ request }) => new Request('http://evil.test/', request) })
    await failure(api.GET('/health'), DreamStorageInputError)
    expect(service.seen).toEqual([])
  })

  test('does not make redirects be followed by a request of its own', async () => {
    const service = await startLiveService((_, response) =>
      response.writeHead(307, { location: '/health' }).end(),
    )
    const { api } = createClient({ baseUrl: service.url })
    api.use({
      onRequest: ({ request, schemaPath }) => {
        if (schemaPath === '/auth/login') return undefined
        const { method, url, headers } = request
        return new Request(url, { method, headers, ...(method === 'POST' ? { body: '{}' } : {}) })
      },
    })
    await failure(api.GET('/auth/session'), DreamStorageResponseError)
    await failure(
      api.POST('/books/', { body: { publisher: 'p', book_name: 'b' } }),
      DreamStorageResponseError,
    )
    expect(service.asked.map(({ segments }) => segments.join('/'))).toEqual(['auth/session', 'books/'])
  })

  test('may answer by itself, with nothing sent, not even a login', async () => {
    const { service, client, api } = setUp()
    api.use({ onRequest: () => json([{ id: 1, book_name: 'mine' }]) })
    expect((await api.GET('/books/')).data).toEqual([{ id: 1, book_name: 'mine' }])
    expect(await client.getBooks()).toEqual([{ id: 1, book_name: 'mine' }])
    expect(service.seen).toEqual([])
  })

  test('may answer a download by itself', async () => {
    const { service, client, api } = setUp()
    api.use({ onRequest: () => new Response(Uint8Array.of(9)) })
    expect(await client.downloadAsset('p', 'b', 'a')).toEqual(Uint8Array.of(9))
    expect(service.seen).toEqual([])
  })

  test('sees only the final answer after the renewal of a revoked token', async () => {
    const { api } = setUp(revokedOnce(() => json({ user_id: 1 })))
    const answers: string[] = []
    api.use({
      onResponse: ({ schemaPath, response }) => void answers.push(`${schemaPath} ${response.status}`),
    })
    const { data } = await api.GET('/auth/session')
    expect(data).toEqual({ user_id: 1 })
    expect(answers).toEqual(['/auth/session 200'])
  })

  test('sees each call once, retries included', async () => {
    const { service, api } = setUp(() => (service.count('GET') < 3 ? html(503) : json({ user_id: 1 })))
    const seen: string[] = []
    api.use({
      onRequest: ({ schemaPath }) => void seen.push(`> ${schemaPath}`),
      onResponse: ({ schemaPath, response }) => void seen.push(`< ${schemaPath} ${response.status}`),
    })
    await api.GET('/auth/session')
    expect(seen).toEqual(['> /auth/session', '< /auth/session 200'])
  })

  test('may read the answer and leave it as it is', async () => {
    const { api } = setUp(() => json({ user_id: 1 }))
    const read: unknown[] = []
    api.use({
      onResponse: async ({ response }) => {
        read.push(await response.clone().json(), await response.json())
      },
    })
    expect((await api.GET('/auth/session')).data).toEqual({ user_id: 1 })
    expect(read).toEqual([{ user_id: 1 }, { user_id: 1 }])
  })

  test('may replace the answer', async () => {
    const { api } = setUp(() => json({ user_id: 1 }))
    api.use({
      onResponse: async ({ response, schemaPath }) =>
        schemaPath === '/auth/session'
          ? new Response(JSON.stringify({ user_id: 2 }), { headers: response.headers })
          : undefined,
    })
    expect((await api.GET('/auth/session')).data).toEqual({ user_id: 2 })
  })

  test.each([
    ['HTML', () => html()],
    ['truncated JSON', () => raw('[{"id":1,')],
  ])('may wrap the answer without letting a SyntaxError escape for %s', async (_, answer) => {
    const { client, api } = setUp(answer)
    api.use({
      onResponse: ({ response, schemaPath }) =>
        schemaPath === '/auth/login' ? undefined : new Response(response.body, response),
    })
    await failure(api.GET('/auth/session'), DreamStorageResponseError)
    await failure(client.getBooks(), DreamStorageResponseError)
  })

  test('runs in order on the way out and in reverse on the way back', async () => {
    const { api } = setUp()
    const steps: string[] = []
    for (const name of ['a', 'b']) {
      api.use({
        onRequest: () => void steps.push(`${name}>`),
        onResponse: () => void steps.push(`<${name}`),
      })
    }
    await api.GET('/health')
    expect(steps).toEqual(['a>', 'b>', '<b', '<a'])
  })

  test('hears of errors, and may turn them into an answer or another error', async () => {
    const { client, api } = setUp(() => {
      throw new TypeError('fetch failed')
    })
    const heard: unknown[] = []
    const listener = { onError: ({ error }: { error: unknown }) => void heard.push(error) }
    api.use(listener)
    const error = await failure(api.GET('/health'), DreamStorageNetworkError)
    expect(heard).toEqual([error])
    api.eject(listener)
    const rename = { onError: () => new RangeError('mine') }
    api.use(rename)
    expect(await rejection(api.GET('/health'))).toEqual(new RangeError('mine'))
    api.eject(rename)
    api.use({ onError: () => json([{ id: 1, book_name: 'from the drawer' }]) })
    expect((await api.GET('/books/')).data).toHaveLength(1)
    expect(await client.getBooks()).toEqual([{ id: 1, book_name: 'from the drawer' }])
    expect(heard).toHaveLength(1)
  })

  test('may throw, which the caller sees as it is', async () => {
    const { service, api, client } = setUp()
    const reason = new RangeError('mine')
    const thrower = {
      onRequest: () => {
        throw reason
      },
    }
    api.use(thrower)
    expect(await rejection(api.GET('/health'))).toBe(reason)
    expect(await rejection(client.getBooks())).toBe(reason)
    api.eject(thrower)
    await client.getBooks()
    expect(service.count('GET')).toBe(1)
  })

  test('that is ejected is not run any more', async () => {
    const { service, api } = setUp()
    const middleware = {
      onRequest: ({ request }: { request: Request }) => request.headers.set('x-tenant', 'lms'),
    }
    api.use(middleware)
    await api.GET('/health')
    api.eject(middleware)
    await api.GET('/health')
    expect(service.seen.map(({ request }) => request.headers.get('x-tenant'))).toEqual(['lms', null])
  })

  test('of one call is run for that call only', async () => {
    const { service, api } = setUp()
    const middleware = [
      { onRequest: ({ request }: { request: Request }) => request.headers.set('x-one', '1') },
    ]
    await api.GET('/health', { middleware })
    await api.GET('/health')
    expect(service.seen.map(({ request }) => request.headers.get('x-one'))).toEqual(['1', null])
  })

  test('of one client is not run by another', async () => {
    const one = setUp()
    const two = setUp()
    one.api.use({ onRequest: () => json([]) })
    await two.api.GET('/health')
    expect(two.service.seen).toHaveLength(1)
  })

  test('may ask the client itself for something', async () => {
    const { service, client, api } = setUp()
    api.use({
      onRequest: async ({ schemaPath, request }) => {
        if (schemaPath === '/auth/session') {
          request.headers.set('x-books', String((await client.getBooks()).length))
        }
      },
    })
    await api.GET('/auth/session')
    expect(service.seen.at(-1)?.request.headers.get('x-books')).toBe('0')
  })
})

describe('uploads', () => {
  const ZIP = new Blob([Uint8Array.from({ length: 5_000 }, (_, index) => index % 251)], {
    type: 'application/zip',
  })
  const RESULT = { book_id: 1, version: '1.0.0', files: [] }

  function form(body: { file: unknown }): FormData {
    const data = new FormData()
    data.append('file', body.file as Blob, 'BRAINS ığü.zip')
    return data
  }

  async function arrived(request: Request | undefined): Promise<{ name: string; bytes: Uint8Array }> {
    const upload = (await request?.formData())?.get('file')
    if (!(upload instanceof File)) throw new Error('no file arrived')
    return { name: upload.name, bytes: new Uint8Array(await upload.arrayBuffer()) }
  }

  test('of a form arrive with name and bytes', async () => {
    const { service, api } = setUp(() => json(RESULT, 201))
    const { data } = await api.POST('/books/upload', {
      params: { query: { override: true } },
      body: { file: ZIP },
      bodySerializer: form,
    })
    expect(data).toEqual(RESULT)
    const seen = service.seen.at(-1)
    expect(seen).toMatchObject({ method: 'POST', path: '/books/upload?override=true' })
    expect(seen?.request.headers.get('content-type')).toMatch(/^multipart\/form-data; boundary=/)
    expect(await arrived(seen?.request)).toEqual({
      name: 'BRAINS ığü.zip',
      bytes: new Uint8Array(await ZIP.arrayBuffer()),
    })
  })

  test('of a form have the line ends and the escapes of the HTML standard', async () => {
    const { service, api } = setUp(() => json(RESULT, 201))
    let sent = ''
    service.answer = async ({ request }) => {
      sent = await request.text()
      return json(RESULT, 201)
    }
    const odd = new FormData()
    odd.append('a"b\nc', '1\n2\r3\r\n4')
    odd.append('file', new File(['x\ny'], 'd"e\rf\ng.zip'))
    odd.append('typed', new File(['z'], 'z.json', { type: 'application/json' }))
    await api.POST('/books/upload', { body: { file: ZIP }, bodySerializer: () => odd })
    const [boundary] = sent.split('\r\n', 1)
    expect(boundary).toMatch(/^--[\w-]{1,70}$/)
    expect(sent.split(`${boundary}`)).toEqual([
      '',
      '\r\nContent-Disposition: form-data; name="a%22b%0D%0Ac"\r\n\r\n1\r\n2\r\n3\r\n4\r\n',
      '\r\nContent-Disposition: form-data; name="file"; filename="d%22e%0Df%0Ag.zip"\r\n' +
        'Content-Type: application/octet-stream\r\n\r\nx\ny\r\n',
      '\r\nContent-Disposition: form-data; name="typed"; filename="z.json"\r\n' +
        'Content-Type: application/json\r\n\r\nz\r\n',
      '--\r\n',
    ])
  })

  test('of a form are sent again, whole, with a new token after a 401', async () => {
    const { service, api } = setUp(revokedOnce(() => json(RESULT, 201)))
    const { response } = await api.POST('/books/{book_id}/upload', {
      params: { path: { book_id: 1 } },
      body: { file: ZIP },
      bodySerializer: form,
    })
    expect(response.status).toBe(201)
    const uploads = service.seen.filter(({ path }) => path.startsWith('/books/1/upload'))
    expect(uploads).toHaveLength(2)
    expect(new Set(uploads.map(({ authorization }) => authorization)).size).toBe(2)
    for (const { request } of uploads) expect((await arrived(request)).bytes.byteLength).toBe(ZIP.size)
  })

  test('of a form arrive over a socket, also when they are sent again', async () => {
    const received: string[] = []
    const service = await startLiveService((_, response, request) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', async () => {
        const headers = { 'content-type': request.headers['content-type'] ?? '' }
        const body = await new Response(Buffer.concat(chunks), { headers }).formData()
        received.push((body.get('file') as File).name)
        response.writeHead(received.length === 1 ? 401 : 201, { 'content-type': 'application/json' })
        response.end(JSON.stringify(received.length === 1 ? UNAUTHORIZED : RESULT))
      })
    })
    const { api } = createClient({ baseUrl: service.url })
    const { data } = await api.POST('/books/upload', { body: { file: ZIP }, bodySerializer: form })
    expect(data).toEqual(RESULT)
    expect(received).toEqual(['BRAINS ığü.zip', 'BRAINS ığü.zip'])
  })

  test('are not repeated after a failure that may have come after their success', async () => {
    const { service, api } = setUp(() => html(503))
    const { response } = await api.POST('/books/upload', { body: { file: ZIP }, bodySerializer: form })
    expect(response.status).toBe(503)
    expect(service.count('POST /books/upload')).toBe(1)
  })

  test('of a stream, which can be sent once only, are answered 401 as they are', async () => {
    const { service, api } = setUp(async ({ request }) => {
      await request.text()
      return json(UNAUTHORIZED, 401)
    })
    const { response } = await api.POST('/books/upload', {
      body: { file: ZIP },
      bodySerializer: () => ZIP.stream(),
      duplex: 'half',
      headers: { 'content-type': 'application/zip' },
    } as never)
    expect(response.status).toBe(401)
    expect(service.count('POST /books/upload')).toBe(1)
  })
})

describe('parseAs', () => {
  const BYTES = Uint8Array.from({ length: 1_000 }, (_, index) => index % 256)

  test('text', async () => {
    const { api } = setUp(() => raw('{"ğ": 1}'))
    const { data } = await api.GET('/auth/session', { parseAs: 'text' })
    expect(data).toBe('{"ğ": 1}')
  })

  test('json', async () => {
    const { api } = setUp(() => json({ user_id: 1 }))
    expect((await api.GET('/auth/session', { parseAs: 'json' })).data).toEqual({ user_id: 1 })
  })

  test('blob', async () => {
    const { api } = setUp(() => file(BYTES))
    const { data } = await api.GET(OBJECT, { params: objectParams, parseAs: 'blob' })
    const blob = data as Blob
    expect(blob.type).toBe('application/octet-stream')
    expect(new Uint8Array(await blob.arrayBuffer())).toEqual(BYTES)
  })

  test('arrayBuffer', async () => {
    const { api } = setUp(() => file(BYTES))
    const { data } = await api.GET(OBJECT, { params: objectParams, parseAs: 'arrayBuffer' })
    expect(new Uint8Array(data as ArrayBuffer)).toEqual(BYTES)
  })

  test('stream', async () => {
    const { api } = setUp(() => file(BYTES))
    const { data } = await api.GET(OBJECT, { params: objectParams, parseAs: 'stream' })
    expect(new Uint8Array(await new Response(data as ReadableStream).arrayBuffer())).toEqual(BYTES)
  })

  test('of an empty file holds no connection', async () => {
    const service = await startLiveService((_, response) => sendFile(response, new Uint8Array()))
    const { api } = createClient({ baseUrl: service.url, maxConnections: 1, timeouts: { queueMs: 500 } })
    for (const parseAs of ['stream', 'blob', 'arrayBuffer', 'text', 'stream'] as const) {
      const { response } = await api.GET(OBJECT, { params: objectParams, parseAs })
      expect(response.status).toBe(200)
    }
    expect(service.asked).toHaveLength(5)
  })

  test('of a stream that is cut is a network error to its reader, not the end', async () => {
    const service = await startLiveService((_, response) => {
      response.writeHead(200, { 'content-length': 1_000 })
      response.write(BYTES.subarray(0, 500), () => response.destroy())
    })
    const { api } = createClient({ baseUrl: service.url })
    const { data } = await api.GET(OBJECT, { params: objectParams, parseAs: 'stream' })
    await failure(new Response(data as ReadableStream).arrayBuffer(), DreamStorageNetworkError)
  })

  test('of a stream that its reader leaves frees the connection', async () => {
    const service = await startLiveService((_, response) => {
      response.writeHead(200, { 'content-length': 100_000_000 }).write(BYTES)
    })
    const { api } = createClient({ baseUrl: service.url, maxConnections: 1, timeouts: { queueMs: 500 } })
    for (let round = 0; round < 3; round++) {
      const { data } = await api.GET(OBJECT, { params: objectParams, parseAs: 'stream' })
      const reader = (data as ReadableStream<Uint8Array>).getReader()
      expect((await reader.read()).value?.byteLength).toBeGreaterThan(0)
      await reader.cancel()
    }
    expect(service.asked).toHaveLength(3)
  })

  test('of a stream ends with the client, for its reader too', async () => {
    const service = await startLiveService((_, response) => {
      response.writeHead(200, { 'content-length': 100_000_000 }).write(BYTES)
    })
    const client = createClient({ baseUrl: service.url })
    const { data } = await client.api.GET(OBJECT, { params: objectParams, parseAs: 'stream' })
    const whole = failure(new Response(data as ReadableStream).arrayBuffer(), DreamStorageClosedError)
    await client.close()
    await whole
  })

  test('of a stream ends by the signal of its call', async () => {
    const { api } = setUp(
      () => new Response(new ReadableStream({ start: (controller) => controller.enqueue(BYTES) })),
    )
    const controller = new AbortController()
    const { signal } = controller
    const { data } = await api.GET(OBJECT, { params: objectParams, parseAs: 'stream', signal })
    const whole = rejection(new Response(data as ReadableStream).arrayBuffer())
    const reason = new Error('enough')
    controller.abort(reason)
    expect(await whole).toBe(reason)
  })
})

describe('the response', () => {
  test('can be read, though its body has been read already', async () => {
    const { api } = setUp(() => json({ user_id: 1 }, 200, { etag: '"x"' }))
    const { response } = await api.GET('/auth/session')
    expect(response).toBeInstanceOf(Response)
    expect([response.status, response.ok, response.headers.get('etag')]).toEqual([200, true, '"x"'])
    expect(await response.json()).toEqual({ user_id: 1 })
    expect(await response.text()).toBe('{"user_id":1}')
    expect(await response.clone().json()).toEqual({ user_id: 1 })
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(new TextEncoder().encode('{"user_id":1}'))
    expect(await response.arrayBuffer()).not.toBe(await response.arrayBuffer())
    expect(await (await response.blob()).text()).toBe('{"user_id":1}')
    expect(await new Response(response.body).json()).toEqual({ user_id: 1 })
    // Newer than Node 20, but good there, too.
    const { bytes } = response as Response & { bytes?: () => Promise<Uint8Array> }
    expect(await bytes?.call(response)).toEqual(new TextEncoder().encode('{"user_id":1}'))
  })

  test('knows its URL and its form', async () => {
    const service = await startLiveService((_, response) => {
      response.writeHead(200, { 'content-type': 'application/x-www-form-urlencoded' }).end('a=1&b=2')
    })
    const { response } = await createClient({ baseUrl: service.url }).api.GET('/health', { parseAs: 'text' })
    expect(response.url).toBe(`${service.url}/health`)
    expect((await response.formData()).get('b')).toBe('2')
    expect(response.bodyUsed).toBe(false)
    await response.body?.cancel()
  })
})
