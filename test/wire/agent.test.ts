import { get, Agent as HttpAgent, type ServerResponse } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { TLSSocket } from 'node:tls'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { DreamStorageInputError, DreamStorageNetworkError } from '../../src/index.js'
import { type Authority, createAuthority, startTlsServer, testTls } from '../support/certificates.js'
import { runChild } from '../support/child.js'
import { idleSockets, startConnectProxy, TunnelAgent } from '../support/connect-proxy.js'
import { failure, thrown } from '../support/failure.js'
import { until } from '../support/moment.js'
import { BOOK, calls } from '../support/serve.js'
import { json, startServer } from '../support/server.js'
import { noise } from '../support/stored-file.js'
import { createWireClient } from '../support/wire-client.js'

const FILE = noise(2_000_000)

describe('the option agent, over TLS', () => {
  let authority: Authority
  beforeAll(async () => {
    authority = await createAuthority()
  })
  afterAll(() => authority.remove())

  testTls('trusts a private authority', async () => {
    const server = await startTlsServer(authority.server, (_, response) => json(response, 200, BOOK))
    const agent = new HttpsAgent({ ca: authority.ca })
    expect(await createWireClient({ baseUrl: server.url, agent }).getBookById(1)).toEqual(BOOK)
    await failure(createWireClient({ baseUrl: server.url }).getBookById(1), DreamStorageNetworkError)
  })

  testTls('sends a client certificate', async () => {
    const names: unknown[] = []
    const options = { ...authority.server, ca: authority.ca, requestCert: true, rejectUnauthorized: true }
    const server = await startTlsServer(options, ({ socket }, response) => {
      names.push((socket as TLSSocket).getPeerCertificate().subject.CN)
      json(response, 200, BOOK)
    })
    const agent = new HttpsAgent({ ca: authority.ca, ...authority.client })
    expect(await createWireClient({ baseUrl: server.url, agent }).getBookById(1)).toEqual(BOOK)
    expect(names).toEqual(['client'])
    const nameless = new HttpsAgent({ ca: authority.ca })
    const client = createWireClient({ baseUrl: server.url, agent: nameless })
    await failure(client.getBookById(1), DreamStorageNetworkError)
  })

  testTls('sends requests through a CONNECT proxy', async () => {
    const proxy = await startConnectProxy()
    const server = await startTlsServer(authority.server, ({ url }, response) => {
      if (url?.includes('/object')) response.end(FILE)
      else json(response, 200, BOOK)
    })
    const agent = new TunnelAgent(proxy.port, { ca: authority.ca })
    const client = createWireClient({ baseUrl: server.url, agent })
    expect(await client.getBookById(1)).toEqual(BOOK)
    expect(Buffer.compare(await client.downloadAsset('p', 'b', 'a'), FILE)).toBe(0)
    // The second call used the tunnel of the first.
    expect(proxy.targets).toEqual([`127.0.0.1:${server.port}`])
    agent.destroy()
  })

  testTls('is not needed where Node.js knows the authority (NODE_EXTRA_CA_CERTS)', async () => {
    const server = await startTlsServer(authority.server, (_, response) => json(response, 200, BOOK))
    const env = { NODE_EXTRA_CA_CERTS: authority.caFile }
    const known = await runChild('call-over-tls.ts', [server.url], env)
    expect(JSON.parse(known.stdout)).toEqual(BOOK)
    const unknown = await runChild('call-over-tls.ts', [server.url])
    expect(JSON.parse(unknown.stdout)).toMatch(/certificate .*refused/)
  })
})

describe('the option agent', () => {
  test('is used for every request, and is not destroyed by close()', async () => {
    const server = await startServer((_, response) => json(response, 200, BOOK))
    const agent = new HttpAgent({ keepAlive: true })
    const destroy = vi.spyOn(agent, 'destroy')
    const client = createWireClient({ baseUrl: server.url, agent })
    await client.getBookById(1)
    await client.getBookById(2)
    expect(server.sockets.made).toBe(1)
    await until(() => idleSockets(agent) === 1)
    await client.close()
    expect(destroy).not.toHaveBeenCalled()
    // The idle connection of the agent is still usable.
    await new Promise<void>((resolve, reject) => {
      get(server.url, { agent }, (response) => response.resume().once('end', resolve)).once('error', reject)
    })
    expect(server.sockets.made).toBe(1)
    agent.destroy()
  })

  test('of two clients serves one after the other is closed', async () => {
    const server = await startServer((_, response) => json(response, 200, BOOK))
    const agent = new HttpAgent({ keepAlive: true })
    const client = createWireClient({ baseUrl: server.url, agent })
    const other = createWireClient({ baseUrl: server.url, agent })
    await client.getBookById(1)
    const call = other.getBookById(1)
    await client.close()
    expect(await call).toEqual(BOOK)
    expect(await other.getBookById(2)).toEqual(BOOK)
    agent.destroy()
  })

  test('keeps its idle connections to other hosts when one to the service was stale', async () => {
    const elsewhere = await startServer((_, response) => json(response, 200, {}))
    const used = new WeakSet<object>()
    const server = await startServer(({ socket }, response) => {
      if (used.has(socket)) return void socket.destroy()
      used.add(socket)
      json(response, 200, BOOK)
    })
    const agent = new HttpAgent({ keepAlive: true })
    const ask = (): Promise<void> =>
      new Promise((resolve, reject) => {
        get(elsewhere.url, { agent }, (response) => response.resume().once('end', resolve)).once(
          'error',
          reject,
        )
      })
    await ask()
    const client = createWireClient({ baseUrl: server.url, agent })
    await client.getBookById(1)
    await until(() => idleSockets(agent) === 2)
    expect(await client.getBookById(2)).toEqual(BOOK)
    await ask()
    expect(elsewhere.sockets.made).toBe(1)
    agent.destroy()
  })

  test('whose sockets are all in use makes a request wait, which is no slow connection', async () => {
    const held: ServerResponse[] = []
    const server = await startServer((_, response) => void held.push(response))
    const agent = new HttpAgent({ keepAlive: true, maxSockets: 1 })
    const timeouts = { connectMs: 100 }
    const client = createWireClient({ baseUrl: server.url, agent, timeouts, retry: { maxRetries: 0 } })
    const both = Promise.all(calls(client, 2))
    await until(() => held.length === 1)
    const startedAt = performance.now()
    await until(() => performance.now() > startedAt + 200)
    json(held[0] as ServerResponse, 200, BOOK)
    await until(() => held.length === 2)
    json(held[1] as ServerResponse, 200, BOOK)
    expect(await both).toEqual([BOOK, BOOK])
    expect(client.stats().circuits.catalogue).toBe('closed')
    agent.destroy()
  })

  test('without keep-alive costs a connection for each request', async () => {
    const server = await startServer((_, response) => json(response, 200, BOOK))
    const client = createWireClient({ baseUrl: server.url, agent: new HttpAgent({ keepAlive: false }) })
    for (const call of calls(client, 5)) await call
    expect(server.sockets.made).toBe(5)
    expect(server.sockets.mostOpen).toBeLessThanOrEqual(5)
  })

  test('with sockets fewer than maxConnections serves all calls', async () => {
    const server = await startServer((_, response) => json(response, 200, BOOK))
    const agent = new HttpAgent({ keepAlive: true, maxSockets: 2 })
    const client = createWireClient({ baseUrl: server.url, agent })
    expect(await Promise.all(calls(client, 30))).toEqual(Array(30).fill(BOOK))
    expect(server.sockets.mostOpen).toBeLessThanOrEqual(2)
    agent.destroy()
  })

  const WRONG: ReadonlyArray<[string, Record<string, unknown>]> = [
    ['beside fetch', { agent: new HttpAgent(), fetch: async () => new Response() }],
    ['of https for http', { agent: new HttpsAgent() }],
    ['of http for https', { agent: new HttpAgent(), baseUrl: 'https://dcs.test' }],
    ['that is no agent', { agent: {} }],
    ['that is false', { agent: false }],
    ['that is null', { agent: null }],
  ]

  test.each(WRONG)('%s is an input error', (_, options) => {
    const error = thrown(
      () => createWireClient({ baseUrl: 'http://dcs.test', ...options }),
      DreamStorageInputError,
    )
    expect(error.message).toContain('agent')
  })
})
