import { describe, expect, test } from 'vitest'
import { DreamStorageInputError, DreamStorageTimeoutError } from '../src/index.js'
import { file } from './support/answers.js'
import { createClient } from './support/client.js'
import { failure, thrown } from './support/failure.js'
import { FakeService, json } from './support/fake-service.js'
import { fakeTime, pass, settle } from './support/fake-time.js'
import { LiveBody } from './support/faults.js'
import { Gate } from './support/gate.js'
import { until } from './support/moment.js'
import { BOOK } from './support/serve.js'

/** A service whose files never end and whose JSON is answered at once. */
function endlessFiles(): { service: FakeService; bodies: LiveBody[] } {
  const bodies: LiveBody[] = []
  const service = new FakeService(({ path }) => {
    if (!path.includes('/object')) return json(BOOK)
    const body = new LiveBody()
    bodies.push(body)
    return body.response()
  })
  return { service, bodies }
}

/** Answers the requests one by one as they come. Resolves to what each of them asked for, in order. */
async function answerInTurn(gate: Gate, calls: ReadonlyArray<Promise<unknown>>): Promise<string[]> {
  const order: string[] = []
  for (let index = 0; index < calls.length; index++) {
    await settle()
    const held = gate.held[index]
    order.push(held?.seen.path.replace(/.*(?:=|\/)/, '') ?? '')
    held?.answer(held.seen.path.includes('/object') ? file(Uint8Array.of(1)) : json(BOOK))
  }
  await Promise.all(calls)
  return order
}

describe('open files', () => {
  test('leave two connections to the rest, logins too', async () => {
    fakeTime()
    const { service, bodies } = endlessFiles()
    const client = createClient({
      ...service.options,
      tokenLifetimeMs: 1_000,
      timeouts: { queueMs: 900_000 },
    })
    const opened: Array<Promise<unknown>> = []
    for (let index = 0; index < 30; index++) opened.push(client.streamAsset('p', 'b', String(index)))
    for (const stream of opened) stream.catch(() => {})
    await until(() => client.stats().connections.queued === 22)
    expect(bodies).toHaveLength(8)
    expect(client.stats().connections).toEqual({ active: 8, queued: 22, files: 8 })
    expect(await client.getBookById(1)).toEqual(BOOK)
    await client.authenticate()
    expect(client.stats().auth.logins).toBe(2)
  })

  test('are as many as maxFileConnections', async () => {
    const { service, bodies } = endlessFiles()
    const client = createClient({ ...service.options, token: 't', maxConnections: 5, maxFileConnections: 5 })
    for (let index = 0; index < 8; index++) client.streamAsset('p', 'b', String(index)).catch(() => {})
    await until(() => client.stats().connections.queued === 3)
    expect(bodies).toHaveLength(5)
  })

  test('of which one has ended make room for the next', async () => {
    const { service, bodies } = endlessFiles()
    const client = createClient({ ...service.options, token: 't', maxConnections: 3 })
    const first = await client.streamAsset('p', 'b', '1')
    const second = client.streamAsset('p', 'b', '2')
    await settle()
    expect(bodies).toHaveLength(1)
    await first.body.cancel()
    await (await second).body.cancel()
    expect(client.stats().connections).toEqual({ active: 0, queued: 0, files: 0 })
  })

  test('say in the error of a full queue how many connections they hold', async () => {
    fakeTime()
    const { service } = endlessFiles()
    const client = createClient({ ...service.options, token: 't', maxConnections: 4 })
    for (let index = 0; index < 2; index++) await client.streamAsset('p', 'b', String(index))
    const late = failure(client.downloadAsset('p', 'b', '3'), DreamStorageTimeoutError)
    await pass(5_000)
    const { phase, message } = await late
    expect(phase).toBe('queue')
    expect(message).toContain('2 of 4 are in use, 2 of them by files')
  })
})

describe('calls that wait for a connection', () => {
  test('get it in order of arrival, files only while there is room for one', async () => {
    const gate = new Gate()
    const service = new FakeService(gate.answer)
    const client = createClient({ ...service.options, token: 't', maxConnections: 3, maxFileConnections: 1 })
    const calls = [
      client.downloadAsset('p', 'b', '1'),
      client.getBookById(2),
      client.getBookById(3),
      client.downloadAsset('p', 'b', '4'),
      client.getBookById(5),
      client.getBookById(6),
    ]
    const order = await answerInTurn(gate, calls)
    // The second file waits until the first has ended, and then it is the one that has waited longest.
    expect(order).toEqual(['1', '2', '3', '4', '5', '6'])
  })

  test('get it before files that came later, though there is room for one', async () => {
    const gate = new Gate()
    const service = new FakeService(gate.answer)
    const client = createClient({ ...service.options, token: 't', maxConnections: 2, maxFileConnections: 1 })
    const calls = [
      client.getBookById(1),
      client.getBookById(2),
      client.getBookById(3),
      client.downloadAsset('p', 'b', '4'),
      client.getBookById(5),
    ]
    expect(await answerInTurn(gate, calls)).toEqual(['1', '2', '3', '4', '5'])
  })

  test('get it after a login', async () => {
    const gate = new Gate()
    const service = new FakeService(gate.answer)
    const client = createClient({ ...service.options, maxConnections: 1 })
    await client.authenticate()
    const calls = [client.getBookById(1), client.getBookById(2), client.authenticate()]
    await settle()
    expect(service.seen.map(({ path }) => path)).toEqual(['/auth/login', '/books/1'])
    gate.held[0]?.answer(json(BOOK))
    await settle()
    gate.held[1]?.answer(json(BOOK))
    await Promise.all(calls)
    expect(service.seen.map(({ path }) => path)).toEqual([
      '/auth/login',
      '/books/1',
      '/auth/login',
      '/books/2',
    ])
  })

  test('go before files where there is one connection for all', async () => {
    const gate = new Gate()
    const service = new FakeService(gate.answer)
    const client = createClient({ ...service.options, token: 't', maxConnections: 1 })
    const calls = [
      client.getBookById(1),
      client.downloadAsset('p', 'b', '2'),
      client.downloadAsset('p', 'b', '3'),
      client.getBookById(4),
    ]
    const order = await answerInTurn(gate, calls)
    expect(order).toEqual(['1', '4', '2', '3'])
  })
})

test('maxFileConnections is at most maxConnections', () => {
  const make = (): unknown =>
    createClient({ baseUrl: 'http://dcs.test', token: 't', maxConnections: 2, maxFileConnections: 3 })
  expect(thrown(make, DreamStorageInputError).message).toContain('maxFileConnections')
})
