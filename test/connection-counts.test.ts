import { expect, test } from 'vitest'
import type { ClientStats } from '../src/index.js'
import { html } from './support/answers.js'
import { json } from './support/fake-service.js'
import { pass, settle } from './support/fake-time.js'
import { down, fetchFailed, inTurn, LiveBody } from './support/faults.js'
import { Gate } from './support/gate.js'
import { BOOK, calls, serve, serveInFakeTime } from './support/serve.js'

type Connections = ClientStats['connections']

const counts = (active: number, queued: number, files: number): Connections => ({ active, queued, files })
const NONE = counts(0, 0, 0)

test('connections are counted while calls hold them and wait for them, files apart', async () => {
  const gate = new Gate()
  const { client } = serve(gate.answer, { token: 'key', maxConnections: 3, maxFileConnections: 3 })
  const stats = (): Connections => client.stats().connections
  expect(stats()).toEqual(NONE)
  const all = [
    client.getBookById(1),
    client.downloadAsset('p', 'b', 'a'),
    client.downloadAsset('p', 'b', 'b'),
    client.downloadAsset('p', 'b', 'c'),
    client.getBookConfig('p', 'b'),
  ]
  await settle()
  expect(stats()).toEqual(counts(3, 2, 2))
  gate.held[0]?.answer(json(BOOK))
  await settle()
  // The configuration, since files may take every connection here.
  expect(stats()).toEqual(counts(3, 1, 2))
  gate.held[1]?.answer(new Response('a'))
  await settle()
  expect(stats()).toEqual(counts(3, 0, 2))
  for (const { answer } of gate.held.slice(2)) answer(json({}))
  await Promise.all(all)
  expect(stats()).toEqual(NONE)
})

test('a login counts like any other attempt, and the calls that wait for it hold nothing', async () => {
  const gate = new Gate()
  const { client, service } = serve()
  service.logIn = gate.answer
  const all = calls(client, 20)
  await settle()
  expect(client.stats().connections).toEqual(counts(1, 0, 0))
  gate.held[0]?.answer(json({ access_token: 'token' }))
  await Promise.all(all)
  expect(client.stats().connections).toEqual(NONE)
})

test('a delay before a retry holds nothing', async () => {
  const { client } = serveInFakeTime(
    inTurn(down, () => json(BOOK)),
    { token: 'key', maxConnections: 1 },
  )
  const book = client.getBookById(1)
  await pass(500)
  expect(client.stats().connections).toEqual(NONE)
  await pass(500)
  await book
  expect(client.stats().connections).toEqual(NONE)
})

test('a stream holds a connection of a file until it is read, cancelled or broken', async () => {
  const bodies = [new LiveBody(), new LiveBody(), new LiveBody()]
  const { client } = serve(inTurn(...bodies.map((body) => () => body.response())), {
    token: 'key',
    retry: { maxRetries: 0 },
  })
  const streams = await Promise.all(['a', 'b', 'c'].map((path) => client.streamAsset('p', 'b', path)))
  expect(client.stats().connections).toEqual(counts(3, 0, 3))
  bodies[0]?.end()
  await new Response(streams[0]?.body).arrayBuffer()
  expect(client.stats().connections).toEqual(counts(2, 0, 2))
  await streams[1]?.body.cancel()
  await settle()
  expect(client.stats().connections).toEqual(counts(1, 0, 1))
  bodies[2]?.fail(fetchFailed())
  await streams[2]?.body
    .getReader()
    .read()
    .catch(() => {})
  expect(client.stats().connections).toEqual(NONE)
})

test.each([
  ['a refusal', () => json({}, 403)],
  ['a failure of the service', () => down()],
  ['a failure of the network', () => Promise.reject(fetchFailed())],
  ['a page of a proxy', () => html(404)],
  ['a redirect', () => new Response(null, { status: 302, headers: { location: '/' } })],
  ['an empty answer', () => new Response(null, { status: 204 })],
  ['no answer at all', () => undefined as never],
])('nothing is held after %s, and the statistics go on', async (_, answer) => {
  const { client } = serve(answer, { maxConnections: 2, circuitBreaker: false, retry: { maxRetries: 0 } })
  const all = [
    ...calls(client, 4),
    client.downloadAsset('p', 'b', 'a'),
    client.streamAsset('p', 'b', 'a'),
    client.getBooks(),
  ]
  const ends = await Promise.allSettled(all)
  expect(ends.map(({ status }) => status)).toEqual(Array(7).fill('rejected'))
  expect(client.stats()).toMatchObject({
    auth: { logins: 1, failedLogins: 0 },
    requests: { calls: 7, attempts: 8, retries: 0 },
    connections: NONE,
  })
})

test('nothing is held after close() amid calls that hold and wait', async () => {
  const gate = new Gate()
  const { client } = serve(gate.answer, { token: 'key', maxConnections: 2 })
  const all = Promise.allSettled([...calls(client, 5), client.downloadAsset('p', 'b', 'a')])
  await settle()
  expect(client.stats().connections).toEqual(counts(2, 4, 0))
  await client.close()
  await all
  expect(client.stats().connections).toEqual(NONE)
})

test('what stats() has returned does not change afterwards', async () => {
  const gate = new Gate()
  const { client } = serve(gate.answer, { token: 'key' })
  const call = client.getBookById(1)
  await settle()
  const before = client.stats()
  gate.held[0]?.answer(json(BOOK))
  await call
  expect(before.connections).toEqual(counts(1, 0, 0))
})
