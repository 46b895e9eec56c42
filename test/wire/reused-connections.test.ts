import type { Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import {
  type DreamCentralStorageClient,
  DreamStorageNetworkError,
  DreamStorageServerError,
} from '../../src/index.js'
import { failure } from '../support/failure.js'
import { until } from '../support/moment.js'
import { httpJson, type RawServer, startRawServer } from '../support/raw-server.js'
import { BOOK, calls } from '../support/serve.js'
import { json, startServer } from '../support/server.js'
import { createWireClient, type WireOptions } from '../support/wire-client.js'

type End = (socket: Socket) => void

const ENDS: ReadonlyArray<[string, End]> = [
  ['ends it', (socket) => socket.end()],
  ['destroys it', (socket) => socket.destroy()],
  ['resets it', (socket) => socket.resetAndDestroy()],
]

/** One failure opens a circuit, and every request goes over the connection that was kept. */
const COUNTING = { circuitBreaker: { failureThreshold: 1 }, maxConnections: 1 }

/** Answers the first request of each connection and ends the connection at the second one. */
async function startClosingServer(
  end: End,
  options: Partial<WireOptions> = {},
): Promise<{ service: RawServer; client: DreamCentralStorageClient }> {
  const used = new WeakSet<Socket>()
  const service = await startRawServer((socket) => {
    if (used.has(socket)) end(socket)
    else socket.write(httpJson(BOOK))
    used.add(socket)
  })
  const baseUrl = `http://127.0.0.1:${service.port}`
  return { service, client: createWireClient({ baseUrl, ...COUNTING, ...options }) }
}

describe.each(ENDS)('a kept connection whose server %s when a request arrives', (_, end) => {
  test('costs a GET neither a retry nor a failure: it is sent again over a new connection', async () => {
    const { service, client } = await startClosingServer(end)
    await client.getBookById(1)
    expect(await client.getBookById(2)).toEqual(BOOK)
    expect(client.stats()).toMatchObject({
      requests: { calls: 2, retries: 0 },
      circuits: { catalogue: 'closed' },
    })
    expect(service.sockets).toHaveLength(2)
    expect(service.requests).toHaveLength(3)
  })

  test('costs a download neither a retry nor a failure', async () => {
    const { client } = await startClosingServer(end)
    const expected = Buffer.from(JSON.stringify(BOOK))
    await client.downloadAsset('p', 'b', 'a')
    expect(Buffer.compare(await client.downloadAsset('p', 'b', 'a'), expected)).toBe(0)
    const { body } = await client.streamAsset('p', 'b', 'a')
    expect(await new Response(body).text()).toBe(expected.toString())
    expect(client.stats()).toMatchObject({ requests: { retries: 0 }, circuits: { storage: 'closed' } })
  })

  test('is an error for a POST, which is not sent again', async () => {
    const { service, client } = await startClosingServer(end)
    await client.getBookById(1)
    await failure(client.api.POST('/books/batch', { body: { ids: [1] } }), DreamStorageNetworkError)
    expect(service.requests.filter((line) => line.startsWith('POST'))).toHaveLength(1)
  })

  test('costs a call nothing when every kept connection is like that', async () => {
    const { service, client } = await startClosingServer(end, { maxConnections: 5 })
    await Promise.all(calls(client, 5))
    const kept = service.sockets.length
    expect(await Promise.all(calls(client, 5))).toEqual(Array(5).fill(BOOK))
    expect(client.stats().requests.retries).toBe(0)
    expect(service.sockets.length).toBeGreaterThan(kept)
  })
})

describe('a kept connection that breaks', () => {
  test('and the new one too is one failure, after one more request', async () => {
    const service = await startRawServer((socket, count) => {
      if (count === 1) socket.write(httpJson(BOOK))
      else socket.resetAndDestroy()
    })
    const client = createWireClient({ baseUrl: `http://127.0.0.1:${service.port}`, ...COUNTING })
    await client.getBookById(1)
    const error = await failure(client.getBookById(2), DreamStorageNetworkError)
    expect(error.attempts).toBe(1)
    expect(client.stats().circuits.catalogue).toBe('open')
    expect(service.requests).toHaveLength(3)
  })

  test.each([
    ['the first bytes of an answer', 'HTTP/1.1 200 OK\r\ncontent-ty'],
    ['the headers of an answer', httpJson(BOOK).slice(0, httpJson(BOOK).indexOf('{'))],
  ])('after %s is a failure like any other', async (_, begun) => {
    const { service, client } = await startClosingServer((socket) => socket.end(begun))
    await client.getBookById(1)
    await failure(client.getBookById(2), DreamStorageNetworkError)
    expect(service.requests).toHaveLength(2)
  })

  test('does not end a login, which is safe to repeat', async () => {
    const used = new WeakSet<Socket>()
    const service = await startServer((request, response) => {
      request.resume()
      const isLogin = request.url === '/auth/login'
      if (isLogin && used.has(request.socket)) return void request.socket.destroy()
      used.add(request.socket)
      json(response, 200, isLogin ? { access_token: 'good', token_type: 'bearer' } : BOOK)
    })
    const options = { token: undefined, email: 'a@b.c', password: 'x' }
    const client = createWireClient({ baseUrl: service.url, maxConnections: 1, ...options })
    await client.getBookById(1)
    await client.authenticate()
    expect(client.stats()).toMatchObject({ auth: { logins: 2, failedLogins: 0 }, requests: { retries: 0 } })
  })
})

describe('the connection of an answer', () => {
  const STATUSES: ReadonlyArray<[number, number]> = [
    [200, 1],
    [404, 1],
    [422, 1],
    [500, 2],
    [502, 2],
    [503, 2],
  ]

  test.each(STATUSES)('of %i is followed by the next request over connection %i', async (status, made) => {
    const service = await startServer(({ url }, response) => {
      json(response, url === '/books/1' ? status : 200, url === '/books/1' ? { ...BOOK, detail: 'x' } : BOOK)
    })
    const client = createWireClient({ baseUrl: service.url, circuitBreaker: false, maxConnections: 1 })
    await client.getBookById(1).catch(() => {})
    expect(await client.getBookById(2)).toEqual(BOOK)
    expect(service.sockets.made).toBe(made)
  })

  test('of 500 is not used for the uploads that follow', async () => {
    const dead = new WeakSet<Socket>()
    const service = await startServer((request, response) => {
      if (dead.has(request.socket)) return void request.socket.resetAndDestroy()
      request.resume()
      if (request.method === 'POST') return json(response, 200, [])
      // Like the service: it closes the connection without announcing it.
      dead.add(request.socket)
      json(response, 500, { detail: 'crash' })
    })
    const client = createWireClient({ baseUrl: service.url, circuitBreaker: false, maxConnections: 1 })
    for (let round = 0; round < 20; round++) {
      await failure(client.getBookById(1), DreamStorageServerError)
      const { response } = await client.api.POST('/books/batch', { body: { ids: [1] } })
      expect(response.status).toBe(200)
    }
  })

  test('of 500 is closed at once', async () => {
    const service = await startServer((_, response) => json(response, 500, { detail: 'crash' }))
    const client = createWireClient({ baseUrl: service.url, circuitBreaker: false, maxConnections: 1 })
    await failure(client.getBookById(1), DreamStorageServerError)
    const failedAt = performance.now()
    await until(() => service.sockets.open.size === 0)
    // An idle connection would be kept for longer.
    expect(performance.now() - failedAt).toBeLessThan(2_000)
  })
})
