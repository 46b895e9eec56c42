import { spawn } from 'node:child_process'
import { getEventListeners } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { describe, expect, test, vi } from 'vitest'
import { type DreamCentralStorageClient, DreamStorageClosedError } from '../../src/index.js'
import { testBuiltIn } from '../support/built-in.js'
import { createClient } from '../support/client.js'
import { failure, rejection } from '../support/failure.js'
import { hang, json } from '../support/fake-service.js'
import { pass, settle } from '../support/fake-time.js'
import { down, LiveBody } from '../support/faults.js'
import { Gate } from '../support/gate.js'
import { LOGIN } from '../support/logins.js'
import { collect } from '../support/process-events.js'
import { BOOK, calls, ok, serve, serveInFakeTime } from '../support/serve.js'
import * as server from '../support/server.js'

type Start = (client: DreamCentralStorageClient) => Promise<unknown>

const METHODS: ReadonlyArray<[string, Start]> = [
  ['authenticate', (client) => client.authenticate()],
  ['getBooks', (client) => client.getBooks()],
  ['getBookById', (client) => client.getBookById(1)],
  ['getBookConfig', (client) => client.getBookConfig('p', 'b')],
  ['listBookContents', (client) => client.listBookContents('p', 'b')],
  ['getAssetRequest', (client) => client.getAssetRequest('p', 'b', 'a')],
  ['downloadAsset', (client) => client.downloadAsset('p', 'b', 'a')],
  ['a raw call', (client) => client.api.GET('/books/')],
]

/** Those of them that send a request of their own once there is a token. */
const SENDERS = METHODS.filter(([name]) => name !== 'authenticate' && name !== 'getAssetRequest')

describe('close()', () => {
  test.each(METHODS)('ends %s that waits for a login', async (_, start) => {
    const { client, service } = serveInFakeTime()
    service.logIn = (_seen, signal) => hang(signal)
    const error = failure(start(client), DreamStorageClosedError)
    await settle()
    await client.close()
    expect((await error).code).toBe('ERR_DREAM_STORAGE_CLOSED')
  })

  test.each(SENDERS)('ends %s that waits for an answer', async (_, start) => {
    const { client, times } = serveInFakeTime((_seen, signal) => hang(signal))
    const error = failure(start(client), DreamStorageClosedError)
    await settle()
    expect(times).toHaveLength(1)
    await client.close()
    await error
  })

  test('ends calls that wait for a body, a connection or a retry', async () => {
    const { client, times } = serveInFakeTime(
      ({ path }) => (path === '/books/1' ? down() : new LiveBody().response()),
      { maxConnections: 2 },
    )
    const errors = calls(client, 8).map((call) => failure(call, DreamStorageClosedError))
    await pass(10)
    const sent = times.length
    await client.close()
    await Promise.all(errors)
    await pass(120_000)
    expect(times).toHaveLength(sent)
  })

  test('ends a raw call whose body is still being read', async () => {
    const { client } = serveInFakeTime(() => new LiveBody().response())
    const { data } = await client.api.GET('/books/', { parseAs: 'stream' })
    const body = failure(new Response(data).text(), DreamStorageClosedError)
    await settle()
    await client.close()
    await body
  })

  test('ends calls whose transport does not obey the signal', async () => {
    const { client } = serveInFakeTime(() => new Promise<never>(() => {}))
    const error = failure(client.getBookById(1), DreamStorageClosedError)
    await settle()
    await client.close()
    await error
  })

  test('ends a renewal in the background without a word', async () => {
    const unhandled = collect('unhandledRejection')
    const { client, service } = serveInFakeTime()
    await client.getBookById(1)
    service.logIn = (_, signal) => hang(signal)
    await pass(26 * 60_000)
    await client.getBookById(1)
    await client.close()
    await settle()
    expect(service.count(LOGIN)).toBe(2)
    expect(unhandled).toEqual([])
  })

  test('leaves no timer behind', async () => {
    const { client } = serveInFakeTime(
      ({ path }) => (path === '/books/1' ? down() : new LiveBody().response()),
      {
        maxConnections: 2,
      },
    )
    const outcomes = Array.from({ length: 8 }, (_, id) =>
      rejection(client.getBookById(id + 1, { timeoutMs: 3_600_000 })),
    )
    await pass(10)
    await client.close()
    await Promise.all(outcomes)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('leaves no listener on the signals of the callers', async () => {
    const { client } = serve((_, signal) => hang(signal))
    const { signal } = new AbortController()
    const error = failure(client.getBookById(1, { signal }), DreamStorageClosedError)
    await settle()
    await client.close()
    await error
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })

  test('does not count for the breaker', async () => {
    const { client } = serve((_, signal) => hang(signal), { circuitBreaker: { failureThreshold: 1 } })
    const error = failure(client.getBookById(1), DreamStorageClosedError)
    await settle()
    await client.close()
    await error
    expect(client.stats().circuits.catalogue).toBe('closed')
  })

  test('may be said again, and while it closes', async () => {
    const service = await server.startServer((_, response) => server.json(response, 200, BOOK))
    const client = createClient({ baseUrl: service.url, token: 'key' })
    await client.getBookById(1)
    await Promise.all([client.close(), client.close()])
    await client.close()
    expect(client.closed).toBe(true)
  })

  test('of a client that was never used resolves', async () => {
    const { client } = serve()
    expect(await client.close()).toBe(undefined)
  })

  test('leaves other clients alone', async () => {
    const gate = new Gate()
    const { client, service } = serve(gate.answer)
    const other = createClient(service.options)
    const call = other.getBookById(1)
    await settle()
    await client.close()
    gate.held[0]?.answer(ok())
    expect(await call).toEqual(BOOK)
  })

  testBuiltIn('closes the connections', async () => {
    const service = await server.startServer((_, response) => server.json(response, 200, BOOK))
    const client = createClient({ baseUrl: service.url, token: 'key' })
    await Promise.all(calls(client, 10))
    const closed = Promise.all(
      [...service.sockets.open].map((socket) => new Promise((resolve) => socket.once('close', resolve))),
    )
    await client.close()
    await closed
    expect(service.sockets.open.size).toBe(0)
  })

  test('closes connections on which an answer is awaited', async () => {
    const arrived: Array<() => void> = []
    const service = await server.startServer(() => arrived.shift()?.())
    const client = createClient({ baseUrl: service.url, token: 'key' })
    const isThere = new Promise<void>((resolve) => arrived.push(resolve))
    const error = failure(client.getBookById(1), DreamStorageClosedError)
    await isThere
    const [socket] = service.sockets.open
    const closed = new Promise((resolve) => socket?.once('close', resolve))
    await client.close()
    await error
    await closed
  })
})

describe('after close()', () => {
  test.each(METHODS)('%s rejects, and nothing is sent', async (_, start) => {
    const { client, service } = serve()
    await client.close()
    await failure(start(client), DreamStorageClosedError)
    expect(service.seen).toHaveLength(0)
  })

  test('not even the cache answers', async () => {
    const { client } = serve(() => json([BOOK]))
    await client.getBooks()
    await client.close()
    await failure(client.getBooks(), DreamStorageClosedError)
  })

  test('what sends nothing still works', async () => {
    const { client } = serve()
    await client.close()
    expect(client.getAssetUrl('p', 'b', 'a')).toBe('http://dcs.test/storage/books/p/b/object?path=a')
    expect(client.stats().requests.calls).toBe(0)
    client.invalidateCache()
  })
})

describe('await using', () => {
  test('closes the client at the end of its block', async () => {
    const { service } = serve()
    let left: DreamCentralStorageClient
    {
      await using client = createClient(service.options)
      await client.getBookById(1)
      left = client
    }
    await failure(left.getBookById(1), DreamStorageClosedError)
  })
})

describe('a process that', () => {
  /** Answers logins and the catalogue, and nothing else. */
  function answerSome({ url }: { url?: string | undefined }, response: Parameters<server.Handler>[1]): void {
    if (url === '/auth/login') server.json(response, 200, { access_token: 'good', token_type: 'bearer' })
    else if (url === '/books/') server.json(response, 200, [BOOK])
  }

  const PROGRAM = fileURLToPath(new URL('../support/use-and-leave.ts', import.meta.url))

  test.each([
    ['used a client and closed it', 'close'],
    ['let its client go out of the scope of await using', 'dispose'],
    ['closed its client under many calls', 'closeUnderWay'],
  ])('%s ends by itself, at once', async (_, way) => {
    const service = await server.startServer((request, response) => {
      request.resume()
      answerSome(request, response)
    })
    const child = spawn(process.execPath, ['--import', 'tsx', PROGRAM, way, service.url], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const exit = new Promise((resolve) => child.once('exit', resolve))
    const [out, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), exit])
    expect({ code, errors }).toEqual({ code: 0, errors: '' })
    const { lingeredMs } = JSON.parse(out)
    // An idle connection would be kept for 4 seconds.
    expect(lingeredMs).toBeLessThan(3_000)
  })
})
