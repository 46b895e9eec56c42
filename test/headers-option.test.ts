import { describe, expect, test } from 'vitest'
import { DreamCentralStorageClient, DreamStorageInputError } from '../src/index.js'
import { createClient } from './support/client.js'
import { thrown } from './support/failure.js'
import { type FakeService, json } from './support/fake-service.js'
import { startFileServer } from './support/file-server.js'
import { tempFolder } from './support/folder.js'
import { BOOK, serve } from './support/serve.js'
import { startServer } from './support/server.js'
import { noise, tagged } from './support/stored-file.js'

const VALUE = 'correct-horse-battery'
const HEADERS = { 'X-Tenant': VALUE, 'x-empty': '', 'User-Agent': 'dream-lms/3' }

/** The values of a header in every request, in order. */
function sent({ seen }: FakeService, name: string): Array<string | null> {
  return seen.map(({ request }) => request.headers.get(name))
}

describe('headers of the options', () => {
  test('are on every request, logins, repeated requests and raw calls included', async () => {
    const { client, service } = serve(undefined, { headers: HEADERS })
    const { answer } = service
    let isDown = true
    service.answer = (seen, signal) => {
      if (!isDown) return answer(seen, signal)
      isDown = false
      return json({}, 503)
    }
    await client.getBookById(1)
    await client.authenticate()
    await client.api.GET('/api-keys/')
    expect(service.seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /auth/login',
      'GET /books/1',
      'GET /books/1',
      'POST /auth/login',
      'GET /api-keys/',
    ])
    expect(sent(service, 'x-tenant')).toEqual(Array(5).fill(VALUE))
    expect(sent(service, 'user-agent')).toEqual(Array(5).fill('dream-lms/3'))
    expect(sent(service, 'x-empty')).toEqual(Array(5).fill(''))
  })

  test('are on the wire of the built-in transport, beside those of the client', async () => {
    const headers: Array<Record<string, unknown>> = []
    const server = await startServer((request, response) => {
      request.resume()
      headers.push(request.headers)
      const body = JSON.stringify(request.url === '/auth/login' ? { access_token: 'token' } : BOOK)
      response.writeHead(200, { 'content-type': 'application/json' }).end(body)
    })
    const client = createClient({ baseUrl: server.url, headers: { ...HEADERS, 'x-latin': 'caf\u00e9' } })
    await client.getBookById(1)
    const own = { 'x-tenant': VALUE, 'x-latin': 'caf\u00e9', 'user-agent': 'dream-lms/3', 'x-empty': '' }
    expect(headers).toMatchObject([own, { ...own, authorization: 'Bearer token', accept: '*/*' }])
  })

  test('are on the requests for files, listings and ranges', async () => {
    const values: unknown[] = []
    const server = await startFileServer({ 'a.mp3': tagged(noise(100)) })
    const { client } = serve(undefined, {
      baseUrl: server.url,
      headers: HEADERS,
      fetch: (request: Request, init?: RequestInit) => {
        values.push(request.headers.get('x-tenant'))
        return fetch(request, init)
      },
    })
    await client.mirrorBook('p', 'b', await tempFolder())
    await client.getAssetInfo('p', 'b', 'a.mp3')
    await new Response(
      (await client.streamAsset('p', 'b', 'a.mp3', { range: { start: 9 } })).body,
    ).arrayBuffer()
    expect(values).toEqual(Array(5).fill(VALUE))
  })

  test('yield to a header of the request itself, in any case of its name', async () => {
    const { client, service } = serve(undefined, { token: 'key', headers: HEADERS })
    await client.api.GET('/api-keys/', { headers: { 'X-TENANT': 'of the call' } })
    client.api.use({
      onRequest: ({ request }) => {
        request.headers.set('x-tenant', 'of the middleware')
      },
    })
    await client.getBookById(1)
    expect(sent(service, 'x-tenant')).toEqual(['of the call', 'of the middleware'])
  })

  test('are as they were when the client was made', async () => {
    const headers: Record<string, string> = { ...HEADERS }
    const { client, service } = serve(undefined, { token: 'key', headers })
    headers['X-Tenant'] = 'changed'
    await client.getBookById(1)
    expect(sent(service, 'x-tenant')).toEqual([VALUE])
  })

  test('are on the request of getAssetRequest, with the bearer and the request id of the client', async () => {
    const { client } = serve(undefined, { token: 'key', headers: HEADERS })
    const request = await client.getAssetRequest('p', 'b', 'a.mp3')
    expect(request.headers.get('x-tenant')).toBe(VALUE)
    expect(request.headers.get('user-agent')).toBe('dream-lms/3')
    expect(request.headers.get('authorization')).toBe('Bearer key')
    expect(request.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })
})

const RESERVED = [
  'authorization',
  'host',
  'content-length',
  'content-type',
  'content-encoding',
  'cookie',
  'accept-encoding',
  'x-request-id',
  'connection',
  'expect',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'range',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]

describe('the option headers refuses', () => {
  function refusal(headers: unknown): string {
    const options = { baseUrl: 'http://dcs.test', token: 'key', headers }
    const { message } = thrown(() => new DreamCentralStorageClient(options as never), DreamStorageInputError)
    expect(message).toMatch(/^headers must be /)
    expect(message).not.toContain(VALUE)
    return message
  }

  test.each(RESERVED)('%s, in any case, and does not tell its value', (name) => {
    for (const spelling of [name, name.toUpperCase(), name.replace(/^./, (first) => first.toUpperCase())]) {
      refusal({ 'x-good': VALUE, [spelling]: VALUE })
    }
  })

  test.each(['', 'x tenant', 'x:tenant', 'x-tenant\r\n', 'ş', 'x\u0000', '(x)', 'x,y', ' x'])(
    'the name %j',
    (name) => {
      refusal({ [name]: VALUE })
    },
  )

  test.each([
    `${VALUE}\r\nauthorization: Bearer x`,
    `${VALUE}\n`,
    `${VALUE}\u0000`,
    `${VALUE}\u007f`,
    `${VALUE} ş`,
    [VALUE],
    7,
    null,
    undefined,
    { toString: () => VALUE },
  ])('the value %j', (value) => {
    refusal({ 'x-tenant': value })
  })

  test.each([
    ['null', null],
    ['a text', VALUE],
    ['a list', [VALUE]],
    ['a list of pairs', [['x-tenant', VALUE]]],
    ['an empty list', []],
    ['a map, whose headers would not be sent', new Map([['x-tenant', VALUE]])],
    ['a Headers object, whose headers would not be sent', new Headers({ 'x-tenant': VALUE })],
    ['a function', () => ({ 'x-tenant': VALUE })],
  ])('%s', (_, headers) => {
    refusal(headers)
  })
})

test('an object without a prototype and a frozen one are headers like others', async () => {
  for (const headers of [Object.assign(Object.create(null), HEADERS), Object.freeze({ ...HEADERS })]) {
    const { client, service } = serve(undefined, { token: 'key', headers })
    await client.getBookById(1)
    expect(sent(service, 'x-tenant')).toEqual([VALUE])
  }
})
