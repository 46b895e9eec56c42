import { describe, expect, test } from 'vitest'
import {
  type DreamCentralStorageClient,
  DreamStorageAuthError,
  DreamStorageCircuitOpenError,
  DreamStorageServerError,
} from '../src/index.js'
import { failure, rejection } from './support/failure.js'
import { type FakeService, json } from './support/fake-service.js'
import { pass, settle } from './support/fake-time.js'
import { down, fetchFailed, invalidToken } from './support/faults.js'
import { Gate } from './support/gate.js'
import { LOGIN } from './support/logins.js'
import { BOOK, calls, ok, serveInFakeTime } from './support/serve.js'

const ONE_ATTEMPT = { retry: { maxRetries: 0 } }

/** Answers 500 for some book ids, and else with a book. */
function broken(...ids: number[]): FakeService['answer'] {
  return ({ path }) => (ids.some((id) => path === `/books/${id}`) ? down(500) : ok())
}

async function fail(client: DreamCentralStorageClient, id: number, times: number): Promise<void> {
  for (let time = 0; time < times; time++) await failure(client.getBookById(id), DreamStorageServerError)
}

describe('a URL that is always answered with 5xx', () => {
  test('blocks no other URL, however often it is called and with its retries', async () => {
    const { client } = serveInFakeTime(broken(1))
    for (let call = 0; call < 10; call++) {
      const failed = rejection(client.getBookById(1))
      await pass(10_000)
      await failed
      expect(await client.getBookById(2)).toEqual(BOOK)
    }
    expect(client.stats().circuits.catalogue).toBe('closed')
  })

  test('blocks no other URL when nothing else was asked in between, not even a login', async () => {
    const { client } = serveInFakeTime(broken(1), { ...ONE_ATTEMPT, token: 'key' })
    await fail(client, 1, 5)
    await rejection(client.getBookById(1))
    expect(await client.getBookById(2)).toEqual(BOOK)
  })

  test('blocks no other URL by ten calls at once', async () => {
    const { client } = serveInFakeTime(broken(1), ONE_ATTEMPT)
    await client.authenticate()
    await Promise.all(Array.from({ length: 10 }, () => rejection(client.getBookById(1))))
    expect(await client.getBookById(2)).toEqual(BOOK)
  })

  test('opens a circuit of its own after five failures, and its error names the URL', async () => {
    const { client, service, times } = serveInFakeTime(broken(1), ONE_ATTEMPT)
    await fail(client, 1, 5)
    const error = await failure(client.getBookById(1), DreamStorageCircuitOpenError)
    expect(error).toMatchObject({ url: `${service.baseUrl}/books/1`, retryAfterMs: 1_000, attempts: 0 })
    expect(error.message).toContain('/books/1')
    expect(error.cause).toMatchObject({ status: 500 })
    expect(times).toHaveLength(5)
  })

  test('is asked again after 1, 2, 4 s and so on, and closes its circuit with the first good answer', async () => {
    const { client, service, times } = serveInFakeTime(broken(1), ONE_ATTEMPT)
    await fail(client, 1, 5)
    for (const wait of [1_000, 2_000]) {
      await pass(wait - 1)
      await failure(client.getBookById(1), DreamStorageCircuitOpenError)
      await pass(1)
      await fail(client, 1, 1)
    }
    service.answer = ok
    await pass(4_000)
    expect(await Promise.all([client.getBookById(1), client.getBookById(2)])).toEqual([BOOK, BOOK])
    expect(await client.getBookById(1)).toEqual(BOOK)
    expect(times).toHaveLength(5 + 2 + 3)
  })

  test('is judged anew after a good answer', async () => {
    const { client, service } = serveInFakeTime(broken(1), ONE_ATTEMPT)
    for (let round = 0; round < 3; round++) {
      service.answer = broken(1)
      await fail(client, 1, 4)
      service.answer = ok
      await client.getBookById(1)
    }
  })

  test('is judged by its 5xx responses only: a lost connection between them changes nothing', async () => {
    const { client, service } = serveInFakeTime(broken(1), ONE_ATTEMPT)
    await fail(client, 1, 4)
    await client.getBookById(2)
    service.answer = () => Promise.reject(fetchFailed())
    await rejection(client.getBookById(1))
    service.answer = broken(1)
    await fail(client, 1, 1)
    const { url } = await failure(client.getBookById(1), DreamStorageCircuitOpenError)
    expect(url).toContain('/books/1')
  })

  test('is a whole service for 200 calls of that URL: at most 14 reach it, besides the probes', async () => {
    const { client, times } = serveInFakeTime(() => down())
    await client.authenticate()
    const outcomes = Promise.all(Array.from({ length: 200 }, () => rejection(client.getBookById(1))))
    await pass(20_000)
    await outcomes
    expect(times.length).toBeLessThanOrEqual(14 + 2)
  })

  test('is not forgotten before 100 other URLs have failed', async () => {
    const { client, service } = serveInFakeTime(broken(1), ONE_ATTEMPT)
    const failOnce = async (id: number): Promise<void> => {
      service.answer = () => down()
      await fail(client, id, 1)
      service.answer = ok
      await client.getBookById(9_999)
    }
    await fail(client, 1, 5)
    for (let id = 2; id <= 100; id++) await failOnce(id)
    await failure(client.getBookById(1), DreamStorageCircuitOpenError)
    await failOnce(101)
    expect(await client.getBookById(1)).toEqual(BOOK)
  })
})

describe('the circuit of a URL that has opened', () => {
  test('is not closed by the answer to a request that was sent before', async () => {
    const gate = new Gate()
    const { client, service } = serveInFakeTime(gate.answer, ONE_ATTEMPT)
    const early = client.getBookById(1)
    await settle()
    service.answer = broken(1)
    await fail(client, 1, 5)
    gate.held[0]?.answer(ok())
    expect(await early).toEqual(BOOK)
    await failure(client.getBookById(1), DreamStorageCircuitOpenError)
  })
})

describe('the circuit of the group', () => {
  test('opens by 5xx of two URLs without a good answer in between', async () => {
    const { client } = serveInFakeTime(broken(1, 2), ONE_ATTEMPT)
    await fail(client, 1, 4)
    await fail(client, 2, 1)
    const { url } = await failure(client.getBookById(3), DreamStorageCircuitOpenError)
    expect(url).toBeUndefined()
    expect(client.stats().circuits.catalogue).toBe('open')
  })

  test('opens by lost connections of one URL', async () => {
    const { client } = serveInFakeTime(() => Promise.reject(fetchFailed()), ONE_ATTEMPT)
    for (let call = 0; call < 5; call++) await rejection(client.getBookById(1))
    await failure(client.getBookById(2), DreamStorageCircuitOpenError)
  })

  test('does not take the failures of a URL, whose circuit has opened, for those of the next one', async () => {
    const { client } = serveInFakeTime(broken(1, 2), ONE_ATTEMPT)
    await fail(client, 1, 5)
    await fail(client, 2, 1)
    expect(await client.getBookById(3)).toEqual(BOOK)
  })
})

test('the circuit of the group opens by four 5xx of another URL while the probe of a URL is in flight', async () => {
  const gate = new Gate()
  const { client, service } = serveInFakeTime(broken(1), ONE_ATTEMPT)
  await fail(client, 1, 5)
  await pass(1_000)
  service.answer = (seen, signal) => (seen.path === '/books/1' ? gate.answer(seen, signal) : down())
  const probe = client.getBookById(1)
  await settle()
  await fail(client, 2, 4)
  expect(client.stats().circuits.catalogue).toBe('open')
  gate.held[0]?.answer(ok())
  expect(await probe).toEqual(BOOK)
})

// The count of the group is forgotten when a URL opens its circuit, unless something else has failed too.
describe('the circuit of the group, while that of a URL is open, opens by the failed probes of that URL and', () => {
  test.each<readonly [string, number, () => Promise<Response>, number]>([
    ['four 5xx of another URL', 4, async () => down(), 1],
    ['three 5xx of another URL', 3, async () => down(), 2],
    ['three lost connections', 3, () => Promise.reject(fetchFailed()), 2],
  ])('%s', async (_, failures, answer, probes) => {
    const { client, service } = serveInFakeTime(broken(1), ONE_ATTEMPT)
    await fail(client, 1, 5)
    await client.getBookById(2)
    service.answer = answer
    for (let count = 0; count < failures; count++) await rejection(client.getBookById(2))
    service.answer = broken(1)
    for (let probe = 0; probe < probes; probe++) {
      expect(client.stats().circuits.catalogue).toBe('closed')
      await pass(1_000 * 2 ** probe)
      await fail(client, 1, 1)
    }
    expect(client.stats().circuits.catalogue).toBe('open')
  })
})

describe('a login that always fails', () => {
  test('is protected by the circuit of its URL, and calls with a token go on', async () => {
    const { client, service } = serveInFakeTime(ok, ONE_ATTEMPT)
    await client.authenticate()
    service.logIn = () => down()
    for (let login = 0; login < 20; login++) await rejection(client.authenticate())
    expect(service.count(LOGIN)).toBe(1 + 5)
    expect(await Promise.all(calls(client, 20))).toEqual(Array(20).fill(BOOK))
    service.answer = () => invalidToken()
    await rejection(client.getBookById(1))
    const error = await rejection(client.getBookById(1))
    expect(error).toBeInstanceOf(DreamStorageCircuitOpenError)
    expect(error).not.toBeInstanceOf(DreamStorageAuthError)
    expect(service.count(LOGIN)).toBe(1 + 5)
  })
})

describe('a probe of readiness, GET /health', () => {
  test('is sent once, and opens no circuit', async () => {
    const { client, service } = serveInFakeTime(({ path }) => (path === '/health' ? down() : ok()))
    for (let probe = 0; probe < 30; probe++) {
      const { response } = await client.api.GET('/health')
      expect(response.status).toBe(503)
    }
    expect(service.count('GET /health')).toBe(30)
    expect(client.stats()).toMatchObject({ circuits: { catalogue: 'closed' }, requests: { retries: 0 } })
    expect(await client.getBookById(1)).toEqual(BOOK)
  })

  test('is sent while the circuit of the catalogue is open', async () => {
    const { client } = serveInFakeTime(({ path }) => (path === '/health' ? json({ status: 'ok' }) : down()), {
      ...ONE_ATTEMPT,
    })
    for (let id = 1; id <= 5; id++) await fail(client, id, 1)
    expect(client.stats().circuits.catalogue).toBe('open')
    expect((await client.api.GET('/health')).response.status).toBe(200)
    expect(client.stats().circuits.catalogue).toBe('open')
  })
})
