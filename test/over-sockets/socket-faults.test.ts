import { once } from 'node:events'
import type { Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import {
  type DreamCentralStorageClient,
  DreamStorageNetworkError,
  DreamStorageResponseError,
  DreamStorageTimeoutError,
} from '../../src/index.js'
import { testBuiltIn } from '../support/built-in.js'
import { createClient, type TestOptions } from '../support/client.js'
import { failure } from '../support/failure.js'
import { httpJson, type RawServer, startRawServer, unusedPort } from '../support/raw-server.js'
import { BOOK } from '../support/serve.js'
import { json, startServer } from '../support/server.js'

type Fault = (socket: Socket) => void

const RETRY_ONCE = { maxRetries: 1, baseDelayMs: 1 }

/** A client that talks to a raw server. */
async function live(
  onRequest: (socket: Socket, count: number) => void,
  options: Partial<TestOptions> = {},
): Promise<{ service: RawServer; client: DreamCentralStorageClient }> {
  const service = await startRawServer(onRequest)
  const baseUrl = `http://127.0.0.1:${service.port}`
  return { service, client: createClient({ baseUrl, token: 'key', retry: RETRY_ONCE, ...options }) }
}

const HALF = httpJson(BOOK, 1_000)
const CHUNKED = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n'

/** What breaks a connection that the client uses. */
const BREAKS: ReadonlyArray<[string, Fault]> = [
  ['is reset before it answers', (socket) => socket.resetAndDestroy()],
  ['ends before it answers', (socket) => socket.end()],
  ['ends in the middle of the headers', (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-ty')],
  [
    'is reset in the middle of the headers',
    (socket) => socket.write('HTTP/1.1 200', () => socket.resetAndDestroy()),
  ],
  ['ends in the middle of the body', (socket) => socket.end(HALF)],
  ['is reset in the middle of the body', (socket) => socket.write(HALF, () => socket.resetAndDestroy())],
  ['ends between two chunks', (socket) => socket.end(`${CHUNKED}5\r\n{"id"\r\n`)],
  ['ends in the middle of a chunk', (socket) => socket.end(`${CHUNKED}ff\r\n{"id"`)],
  ['speaks no HTTP', (socket) => socket.end('220 mail.test ESMTP\r\n')],
  ['speaks HTTP badly', (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n{}')],
]

describe('a connection that', () => {
  test.each(BREAKS)('%s is an error of the network, after a retry', async (_, fault) => {
    const { service, client } = await live(fault)
    const error = await failure(client.getBookById(1), DreamStorageNetworkError)
    expect(error).toMatchObject({ attempts: 2, code: 'ERR_DREAM_STORAGE_NETWORK', method: 'GET' })
    expect(service.requests).toHaveLength(2)
  })

  test.each(BREAKS)('%s costs the call nothing when the next one is good', async (_, fault) => {
    const { client } = await live((socket, count) =>
      count === 1 ? fault(socket) : socket.write(httpJson(BOOK)),
    )
    expect(await client.getBookById(1)).toEqual(BOOK)
  })

  test.each(BREAKS)('%s is no truncated download', async (_, fault) => {
    const { client } = await live(fault)
    await failure(client.downloadAsset('p', 'b', 'a.mp3'), DreamStorageNetworkError)
  })

  test.each(BREAKS)('%s does not make a POST be sent twice', async (_, fault) => {
    const { service, client } = await live(fault)
    await failure(client.api.POST('/books/batch', { body: { ids: [1] } }), DreamStorageNetworkError)
    expect(service.requests).toEqual(['POST /books/batch HTTP/1.1'])
  })

  test('is refused is an error of the network with the system’s code in its message', async () => {
    const client = createClient({
      baseUrl: `http://127.0.0.1:${await unusedPort()}`,
      token: 'key',
      retry: RETRY_ONCE,
    })
    const error = await failure(client.getBookById(1), DreamStorageNetworkError)
    expect(error.message).toContain('ECONNREFUSED')
    expect(error.attempts).toBe(2)
  })

  testBuiltIn('cannot be made in time is a …TimeoutError of that phase', async () => {
    const service = await startRawServer(() => {})
    // TLS begins with a client that speaks; this server never answers it.
    const baseUrl = `https://127.0.0.1:${service.port}`
    const client = createClient({
      baseUrl,
      token: 'key',
      retry: { maxRetries: 0 },
      timeouts: { connectMs: 20 },
    })
    const error = await failure(client.getBookById(1), DreamStorageTimeoutError)
    expect(error.phase).toBe('connect')
  })

  test('is not safe though TLS was asked for is an error of the network', async () => {
    const service = await startRawServer((socket) => socket.end(httpJson(BOOK)))
    const client = createClient({
      baseUrl: `https://127.0.0.1:${service.port}`,
      token: 'key',
      retry: { maxRetries: 0 },
    })
    await failure(client.getBookById(1), DreamStorageNetworkError)
  })
})

describe('a connection that stalls', () => {
  // Long enough for a loop that is busy with other tests.
  const SHORT = { timeouts: { requestMs: 150, downloadMs: 150 } }
  const STALLS: ReadonlyArray<[string, Fault, 'headers' | 'body']> = [
    ['before the headers', () => {}, 'headers'],
    ['in the headers', (socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-le'), 'headers'],
    ['before the body', (socket) => socket.write(HALF.slice(0, HALF.indexOf('{'))), 'body'],
    ['in the body', (socket) => socket.write(HALF), 'body'],
    ['between two chunks', (socket) => socket.write(`${CHUNKED}5\r\n{"id"\r\n`), 'body'],
  ]

  test.each(STALLS)('%s is a …TimeoutError of that phase', async (_, fault, phase) => {
    const { service, client } = await live(fault, { ...SHORT, retry: { maxRetries: 0 } })
    const error = await failure(client.getBookById(1), DreamStorageTimeoutError)
    expect(error).toMatchObject({ phase, attempts: 1 })
    expect(service.requests).toHaveLength(1)
  })

  test.each(STALLS)('%s is a …TimeoutError of that phase for a download, too', async (_, fault, phase) => {
    const { client } = await live(fault, { ...SHORT, retry: { maxRetries: 0 } })
    const error = await failure(client.downloadAsset('p', 'b', 'a.mp3'), DreamStorageTimeoutError)
    expect(error).toMatchObject({ phase, attempts: 1 })
  })

  test.each(STALLS)('%s is closed, and the request is sent again over another', async (_, fault) => {
    const carriers: Socket[] = []
    const { client } = await live(
      (socket, count) => {
        carriers.push(socket)
        if (count === 1) fault(socket)
        else socket.write(httpJson(BOOK))
      },
      { ...SHORT, maxConnections: 1 },
    )
    expect(await client.getBookById(1)).toEqual(BOOK)
    const [stalled, other] = carriers
    expect(carriers).toHaveLength(2)
    expect(other).not.toBe(stalled)
    if (stalled && !stalled.destroyed) await once(stalled, 'close')
  })
})

describe('a connection that was kept and is reset when it is used again', () => {
  /** Answers the first request of each connection, resets it at the second. */
  function resetAtSecond(): (socket: Socket) => void {
    const used = new WeakSet<Socket>()
    return (socket) => {
      if (used.has(socket)) socket.resetAndDestroy()
      else socket.write(httpJson(BOOK))
      used.add(socket)
    }
  }

  testBuiltIn('does no harm to a GET, which is sent again over a new one', async () => {
    const { service, client } = await live(resetAtSecond(), { maxConnections: 1 })
    expect(await client.getBookById(1)).toEqual(BOOK)
    expect(await client.getBookById(2)).toEqual(BOOK)
    expect(service.requests).toHaveLength(3)
    expect(service.sockets).toHaveLength(2)
  })

  testBuiltIn('is an error for a POST, which may have been carried out', async () => {
    const { service, client } = await live(resetAtSecond(), { maxConnections: 1 })
    await client.getBookById(1)
    await failure(client.api.POST('/books/batch', { body: { ids: [1] } }), DreamStorageNetworkError)
    expect(service.requests.filter((line) => line.startsWith('POST'))).toHaveLength(1)
  })

  test('does no harm to a login, which may be sent again', async () => {
    let logins = 0
    const service = await startServer((request, response) => {
      request.resume()
      if (request.url === '/auth/login' && ++logins === 1) request.socket.resetAndDestroy()
      else if (request.url === '/auth/login')
        json(response, 200, { access_token: 'good', token_type: 'bearer' })
      else json(response, 200, BOOK)
    })
    expect(await createClient({ baseUrl: service.url, retry: RETRY_ONCE }).getBookById(1)).toEqual(BOOK)
    expect(logins).toBe(2)
  })
})

describe('a download over a real connection', () => {
  test('whose body is cut is sent again and gives the whole file', async () => {
    const bytes = Buffer.from(Array.from({ length: 500_000 }, (_, index) => index % 251))
    let asked = 0
    const service = await startServer((_, response) => {
      response.writeHead(200, { 'content-length': bytes.byteLength })
      if (++asked > 1) response.end(bytes)
      else response.write(bytes.subarray(0, 200_000), () => response.destroy())
    })
    const client = createClient({ baseUrl: service.url, token: 'key' })
    const downloaded = await client.downloadAsset('p', 'b', 'a.mp3')
    expect(Buffer.compare(downloaded, bytes)).toBe(0)
    expect(asked).toBe(2)
  })

  test('whose body is longer than announced is not a success', async () => {
    const { client } = await live((socket) => socket.end(httpJson(BOOK, 4)), { retry: { maxRetries: 0 } })
    await failure(client.getBookById(1), DreamStorageResponseError)
  })
})
