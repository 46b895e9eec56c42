import { EventEmitter, getEventListeners, once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { describe, expect, test } from 'vitest'
import { DreamStorageServerError, DreamStorageTimeoutError } from '../../src/index.js'
import { testBuiltIn } from '../support/built-in.js'
import { createClient, type TestOptions } from '../support/client.js'
import { failure, rejection } from '../support/failure.js'
import { type FakeService, hang, json } from '../support/fake-service.js'
import { fakeTime, pass, settle } from '../support/fake-time.js'
import { down, fetchFailed, invalidToken, LiveBody } from '../support/faults.js'
import { Gate } from '../support/gate.js'
import { collect } from '../support/process-events.js'
import { BOOK, calls, ok, serve, serveInFakeTime } from '../support/serve.js'
import * as server from '../support/server.js'
import { isBuiltIn } from '../support/transport.js'

/** A server that answers everything with a book, and a client with an API key. */
async function live(options: Partial<TestOptions> = {}, handler: server.Handler = answerBook) {
  const service = await server.startServer(handler)
  return { service, client: createClient({ baseUrl: service.url, token: 'key', ...options }) }
}

function answerBook(_: unknown, response: ServerResponse): void {
  server.json(response, 200, BOOK)
}

describe('the connections of a client', () => {
  testBuiltIn('are 10 at most, for 300 simultaneous calls, which all succeed', async () => {
    const { service, client } = await live({ timeouts: { queueMs: 60_000 } })
    expect(await Promise.all(calls(client, 300))).toEqual(Array(300).fill(BOOK))
    expect(service.requests).toHaveLength(300)
    expect(service.sockets.mostOpen).toBeLessThanOrEqual(10)
  })

  testBuiltIn('are kept and used again', async () => {
    const { service, client } = await live()
    for (let round = 0; round < 10; round++) await Promise.all(calls(client, 10))
    expect(service.sockets.made).toBeLessThanOrEqual(10)
  })

  testBuiltIn('are as many as maxConnections at most', async () => {
    const { service, client } = await live({ maxConnections: 3, timeouts: { queueMs: 60_000 } })
    await Promise.all(calls(client, 60))
    expect(service.sockets.made).toBeLessThanOrEqual(3)
  })

  testBuiltIn('are shared by calls of every kind, logins included', async () => {
    const { service, client } = await live(
      { maxConnections: 1, token: undefined, email: 'a@b.c', password: 'x' },
      (request, response) => {
        request.resume()
        server.json(
          response,
          200,
          request.url === '/auth/login' ? { access_token: 't', token_type: 'bearer' } : [BOOK],
        )
      },
    )
    await Promise.all([
      client.getBooks(),
      client.getBookConfig('p', 'b'),
      client.downloadAsset('p', 'b', 'a'),
      client.api.GET('/api-keys/'),
      client.authenticate(),
    ])
    expect(service.sockets.made).toBe(1)
  })

  testBuiltIn('are not shared by two clients', async () => {
    const { service, client } = await live({ maxConnections: 1 })
    const other = createClient({ baseUrl: service.url, token: 'key', maxConnections: 1 })
    await client.getBookById(1)
    await other.getBookById(1)
    await client.close()
    expect(await other.getBookById(2)).toEqual(BOOK)
    expect(service.sockets.made).toBe(2)
  })

  test('are no more than maxConnections with a transport of the caller, too', async () => {
    let open = 0
    let mostOpen = 0
    const { client } = serve(
      async () => {
        mostOpen = Math.max(mostOpen, ++open)
        await settle()
        open--
        return ok()
      },
      { maxConnections: 4 },
    )
    await Promise.all(calls(client, 40))
    expect(mostOpen).toBe(4)
  })

  testBuiltIn(
    'are closed by the client when they have been idle for less than the 5 seconds of the service',
    async () => {
      fakeTime()
      const { service, client } = await live()
      await client.getBookById(1)
      const [socket] = service.sockets.open
      if (!socket) throw new Error('the connection was not kept')
      const closed = once(socket, 'close')
      await pass(4_999)
      await closed
      expect(await client.getBookById(1)).toEqual(BOOK)
      expect(service.sockets.made).toBe(2)
    },
  )
})

describe('the wait for a free connection', () => {
  test('that takes too long is a …TimeoutError of its own phase, which the breaker does not count', async () => {
    const held: ServerResponse[] = []
    const arrivals = new EventEmitter()
    const options = { maxConnections: 2, timeouts: { queueMs: 20 }, circuitBreaker: { failureThreshold: 1 } }
    const { service, client } = await live(options, (_, response) => {
      if (held.push(response) === 2) arrivals.emit('both')
    })
    const both = once(arrivals, 'both')
    const holders = calls(client, 2)
    await both
    const errors = await Promise.all(calls(client, 20).map((call) => failure(call, DreamStorageTimeoutError)))
    expect(new Set(errors.map(({ phase, attempts }) => `${phase} ${attempts}`))).toEqual(new Set(['queue 0']))
    expect(client.stats().circuits.catalogue).toBe('closed')
    for (const response of held) server.json(response, 200, BOOK)
    expect(await Promise.all(holders)).toEqual([BOOK, BOOK])
    expect(service.requests).toHaveLength(2)
  })

  test('loses none of 200 calls that are aborted or not, in any order', async () => {
    const { client, service } = await live({ maxConnections: 3, timeouts: { queueMs: 60_000 } })
    const outcomes = Array.from({ length: 200 }, (_, index) => {
      const controller = new AbortController()
      const call = client.getBookById(index + 1, { signal: controller.signal }).catch(() => 'aborted')
      if (index % 3 === 0) void settle().then(() => controller.abort())
      return call
    })
    const results = await Promise.all(outcomes)
    for (const [index, result] of results.entries()) if (index % 3 !== 0) expect(result).toEqual(BOOK)
    expect(await Promise.all(calls(client, 30))).toEqual(Array(30).fill(BOOK))
    if (isBuiltIn) expect(service.sockets.mostOpen).toBeLessThanOrEqual(4)
  })
})

describe('a connection is given back', () => {
  const broken = (): Response => {
    const body = new LiveBody()
    body.fail(fetchFailed())
    return body.response()
  }
  const throws: FakeService['answer'] = () => {
    throw new Error('odd')
  }

  test.each<[string, FakeService['answer']]>([
    ['an error of the service', () => down()],
    ['a failure of the network', () => Promise.reject(fetchFailed())],
    ['a transport that throws', throws],
    ['a transport that answers nothing', () => undefined as never],
    ['a redirect', () => new Response('<html>', { status: 307, headers: { location: '/' } })],
    ['an answer without content', () => new Response(null, { status: 204 })],
    ['a 404', () => json({ detail: 'Book not found' }, 404)],
    ['a 401', invalidToken],
    ['a body that breaks', broken],
    ['a body that is short', () => new Response('x', { headers: { 'content-length': '2' } })],
    ['a body that is no JSON', () => new Response('<html>')],
  ])('after %s', async (_, fault) => {
    const options = { maxConnections: 1, circuitBreaker: false, retry: { maxRetries: 0 } }
    const { client, service } = serveInFakeTime(fault, options)
    for (let call = 0; call < 3; call++) await client.getBookById(1).catch(() => {})
    // The logins pause after refused tokens.
    await pass(30_000)
    service.answer = ok
    expect(await client.getBookById(1)).toEqual(BOOK)
  })

  test('when a middleware has spoilt the request', async () => {
    const { client } = serveInFakeTime(ok, { maxConnections: 1, retry: { maxRetries: 0 } })
    const spoil = {
      onRequest: async ({ request }: { request: Request }): Promise<Request> => {
        const copy = new Request(request)
        await copy.text()
        return copy
      },
    }
    await client.authenticate()
    client.api.use(spoil)
    for (let call = 0; call < 3; call++)
      await rejection(client.api.POST('/books/batch', { body: { ids: [1] } }))
    client.api.eject(spoil)
    expect(await client.getBookById(1)).toEqual(BOOK)
  })

  test('between the attempts of one call', async () => {
    const { client } = serveInFakeTime(({ path }) => (path === '/books/1' ? down() : ok()), {
      maxConnections: 1,
    })
    const error = failure(client.getBookById(1), DreamStorageServerError)
    await pass(500)
    expect(await client.getBookById(2)).toEqual(BOOK)
    await pass(20_000)
    await error
  })

  test('after every answer of a real server that is dropped, with its body', async () => {
    const filler = 'x'.repeat(300_000)
    const statuses = [404, 403, 422, 401, 400, 200]
    const options = { maxConnections: 1, retry: { maxRetries: 0 } }
    const { service, client } = await live(options, (_, response) => {
      server.json(response, statuses.shift() ?? 500, { ...BOOK, filler })
    })
    for (let call = 0; call < 5; call++) await client.getBookById(1).catch(() => {})
    expect(await client.getBookById(1)).toMatchObject(BOOK)
    if (isBuiltIn) expect(service.sockets.made).toBe(1)
  })

  test('after a redirect and after an abort in the middle of a body', async () => {
    const { client, service } = await live(
      { maxConnections: 1, retry: { maxRetries: 0 } },
      ({ url }, response) => {
        if (url === '/books/1') response.writeHead(307, { location: '/' }).end('x'.repeat(300_000))
        else if (url === '/books/2')
          response.writeHead(200, { 'content-length': 300_000 }).write('x'.repeat(1_000))
        else server.json(response, 200, BOOK)
      },
    )
    for (let round = 0; round < 3; round++) {
      await rejection(client.getBookById(1))
      const controller = new AbortController()
      const aborted = rejection(client.getBookById(2, { signal: controller.signal }))
      controller.abort('enough')
      expect(await aborted).toBe('enough')
      expect(await client.getBookById(3)).toEqual(BOOK)
    }
    if (isBuiltIn) expect(service.sockets.mostOpen).toBeLessThanOrEqual(2)
  })
})

describe('one signal', () => {
  test('over 50 concurrent calls over sockets causes no warning', async () => {
    const warnings = collect('warning')
    const { client } = await live()
    const { signal } = new AbortController()
    const results = await Promise.all(
      Array.from({ length: 50 }, (_, id) => client.getBookById(id + 1, { signal })),
    )
    expect(results).toEqual(Array(50).fill(BOOK))
    await settle()
    expect(warnings).toEqual([])
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })

  test('over 10 000 calls leaves no listener behind and causes no warning', async () => {
    const warnings = collect('warning')
    const { client } = serve(ok, { maxConnections: 100, timeouts: { queueMs: 60_000 } })
    const { signal } = new AbortController()
    for (let round = 0; round < 100; round++) {
      await Promise.all(Array.from({ length: 100 }, () => client.getBookById(1, { signal })))
    }
    await settle()
    expect(client.stats().requests.calls).toBe(10_000)
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
    expect(warnings).toEqual([])
  })

  test('over calls that fail, that hit the cache and that share a request leaves no listener behind', async () => {
    const warnings = collect('warning')
    const { client, service } = serve(({ path }) => (path === '/books/' ? json([BOOK]) : down()), {
      circuitBreaker: false,
      retry: { maxRetries: 0 },
    })
    const { signal } = new AbortController()
    for (let round = 0; round < 20; round++) {
      client.invalidateCache()
      await Promise.all(Array.from({ length: 20 }, () => client.getBooks({ signal })))
      await rejection(client.getBookById(1, { signal }))
      await client.api.GET('/books/', { signal })
      await client.getAssetRequest('p', 'b', 'a', { signal })
    }
    await settle()
    expect(service.count('GET /books/1')).toBe(20)
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
    expect(warnings).toEqual([])
  })

  test('that aborts 1 000 calls is left without listeners', async () => {
    const gate = new Gate()
    const { client } = serve(gate.answer, { timeouts: { queueMs: 60_000 } })
    const controller = new AbortController()
    const { signal } = controller
    const outcomes = Array.from({ length: 1_000 }, () => rejection(client.getBookById(1, { signal })))
    await settle()
    controller.abort('all')
    expect(new Set(await Promise.all(outcomes))).toEqual(new Set(['all']))
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })

  test('has one listener while its calls are under way', async () => {
    const { client } = serve((_, signal) => hang(signal))
    const controller = new AbortController()
    const outcomes = Array.from({ length: 30 }, () =>
      rejection(client.getBookById(1, { signal: controller.signal })),
    )
    await settle()
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1)
    controller.abort()
    await Promise.all(outcomes)
  })
})
