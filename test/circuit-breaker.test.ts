import { describe, expect, test, vi } from 'vitest'
import {
  type DreamCentralStorageClient,
  DreamStorageCircuitOpenError,
  DreamStorageError,
  DreamStorageNetworkError,
  DreamStorageNotFoundError,
  DreamStorageServerError,
  DreamStorageTimeoutError,
} from '../src/index.js'
import { createClient } from './support/client.js'
import { failure, rejection } from './support/failure.js'
import { type FakeService, hang, json } from './support/fake-service.js'
import { pass, settle } from './support/fake-time.js'
import { down, fetchFailed, invalidToken, LiveBody } from './support/faults.js'
import { Gate } from './support/gate.js'
import { LOGIN } from './support/logins.js'
import { BOOK, calls, ok, type Served, serveInFakeTime } from './support/serve.js'

const RESET_MS = 30_000
const BREAKER = { circuitBreaker: { resetAfterMs: RESET_MS } }
const ONE_ATTEMPT = { retry: { maxRetries: 0 }, ...BREAKER }

let lastId = 1_000

/** One failure after the other, each of one attempt and of a URL of its own. */
async function fail(client: DreamCentralStorageClient, times: number): Promise<void> {
  for (let time = 0; time < times; time++)
    await failure(client.getBookById(++lastId), DreamStorageServerError)
}

/** A client whose breaker of the catalogue has just opened. */
async function opened(options: Parameters<typeof serveInFakeTime>[1] = {}): Promise<Served> {
  const served = serveInFakeTime(() => down(), { ...ONE_ATTEMPT, ...options })
  await fail(served.client, 5)
  return served
}

/** The same when the service may be tried again. */
async function halfOpen(options: Parameters<typeof serveInFakeTime>[1] = {}): Promise<Served> {
  const served = await opened(options)
  await pass(RESET_MS)
  served.times.length = 0
  return served
}

function catalogue(client: DreamCentralStorageClient): string {
  return client.stats().circuits.catalogue
}

describe('the breaker opens', () => {
  test('after five failures in a row, and then calls fail at once with the last failure as cause', async () => {
    const { client, times } = serveInFakeTime(() => down(), ONE_ATTEMPT)
    await fail(client, 4)
    expect(catalogue(client)).toBe('closed')
    await fail(client, 1)
    expect(catalogue(client)).toBe('open')
    const error = await failure(client.getBookById(2), DreamStorageCircuitOpenError)
    expect(error).toMatchObject({
      code: 'ERR_DREAM_STORAGE_CIRCUIT_OPEN',
      retryAfterMs: RESET_MS,
      attempts: 0,
      method: 'GET',
      route: '/books/{book_id}',
    })
    expect(error.cause).toBeInstanceOf(DreamStorageServerError)
    expect(error.cause).toMatchObject({ status: 503 })
    expect(times).toHaveLength(5)
  })

  test('after as many failures as failureThreshold says', async () => {
    const { client, times } = serveInFakeTime(() => down(), {
      ...ONE_ATTEMPT,
      circuitBreaker: { failureThreshold: 2 },
    })
    await fail(client, 2)
    await failure(client.getBookById(1), DreamStorageCircuitOpenError)
    expect(times).toHaveLength(2)
  })

  const FAULTS: ReadonlyArray<
    [string, FakeService['answer'], abstract new (...args: never[]) => DreamStorageError]
  > = [
    ['answers of 5xx', () => down(500), DreamStorageServerError],
    ['lost connections', () => Promise.reject(fetchFailed()), DreamStorageNetworkError],
    ['attempts that take too long', (_, signal) => hang(signal), DreamStorageTimeoutError],
    ['bodies that never end', () => new LiveBody().response(), DreamStorageTimeoutError],
    [
      'bodies that end early',
      () => new Response('half', { headers: { 'content-length': '8' } }),
      DreamStorageNetworkError,
    ],
  ]

  test.each(FAULTS)('for %s', async (_, fault, Class) => {
    const { client, times } = serveInFakeTime(fault, { ...ONE_ATTEMPT, timeouts: { requestMs: 100 } })
    for (let call = 0; call < 5; call++) {
      const error = failure(client.getBookById(1), Class)
      await pass(100)
      await error
    }
    const error = await failure(client.getBookById(1), DreamStorageCircuitOpenError)
    expect(error.cause).toBeInstanceOf(Class)
    expect(times).toHaveLength(5)
  })

  test('for failures of requests that are never repeated, too', async () => {
    const { client, times } = serveInFakeTime(() => down())
    const params = { path: { book_id: 1 } }
    for (let call = 0; call < 5; call++) await client.api.DELETE('/books/{book_id}', { params })
    await failure(client.api.DELETE('/books/{book_id}', { params }), DreamStorageCircuitOpenError)
    expect(times).toHaveLength(5)
  })

  test('for logins that fail', async () => {
    const { client, service } = serveInFakeTime(ok, ONE_ATTEMPT)
    service.logIn = () => down()
    for (let login = 0; login < 5; login++) await failure(client.authenticate(), DreamStorageServerError)
    await failure(client.authenticate(), DreamStorageCircuitOpenError)
    await failure(client.getBookById(1), DreamStorageCircuitOpenError)
    expect(service.seen).toHaveLength(5)
  })

  test('under concurrent failures, once, with the requests that were on their way uncounted', async () => {
    const gate = new Gate()
    const { client } = serveInFakeTime(gate.answer, { ...ONE_ATTEMPT, maxConnections: 20 })
    const outcomes = Promise.all(calls(client, 12).map(rejection))
    await settle()
    for (const held of gate.held) held.answer(down())
    await outcomes
    expect(catalogue(client)).toBe('open')
    await pass(RESET_MS)
    const probe = client.getBookById(1)
    await settle()
    gate.held[12]?.answer(ok())
    expect(await probe).toEqual(BOOK)
    expect(catalogue(client)).toBe('closed')
  })
})

describe('the count of failures', () => {
  test.each([200, 400, 404, 409, 422, 429])('starts anew with an answer of %i', async (status) => {
    const fine = (): Response => json(status === 200 ? BOOK : { detail: 'no' }, status)
    const { client, service } = serveInFakeTime(() => down(), ONE_ATTEMPT)
    for (let round = 0; round < 3; round++) {
      service.answer = () => down()
      await fail(client, 4)
      service.answer = fine
      await client.getBookById(1).catch(() => {})
    }
    expect(catalogue(client)).toBe('closed')
  })

  test('starts anew with a redirect and with an answer that is not what the contract says', async () => {
    const odd = [() => new Response(null, { status: 307 }), () => new Response('<html>')]
    const { client, service } = serveInFakeTime(() => down(), ONE_ATTEMPT)
    for (const answer of odd) {
      service.answer = () => down()
      await fail(client, 4)
      service.answer = answer
      await rejection(client.getBookById(1))
    }
    expect(catalogue(client)).toBe('closed')
  })

  test('stays as it is when a caller aborts', async () => {
    const { client, service } = serveInFakeTime(() => down(), ONE_ATTEMPT)
    await fail(client, 4)
    service.answer = (_, signal) => hang(signal)
    for (let call = 0; call < 10; call++) {
      const controller = new AbortController()
      const aborted = rejection(client.getBookById(1, { signal: controller.signal }))
      await settle()
      controller.abort('enough')
      expect(await aborted).toBe('enough')
    }
    expect(catalogue(client)).toBe('closed')
    service.answer = () => down()
    await fail(client, 1)
    expect(catalogue(client)).toBe('open')
  })

  test('stays as it is when a deadline passes', async () => {
    const { client, service } = serveInFakeTime(() => down(), ONE_ATTEMPT)
    await fail(client, 4)
    service.answer = (_, signal) => hang(signal)
    for (let call = 0; call < 10; call++) {
      const late = failure(client.getBookById(1, { timeoutMs: 50 }), DreamStorageTimeoutError)
      await pass(50)
      expect((await late).phase).toBe('deadline')
    }
    expect(catalogue(client)).toBe('closed')
    service.answer = () => down()
    await fail(client, 1)
    expect(catalogue(client)).toBe('open')
  })

  test('stays as it is when no connection becomes free', async () => {
    const { client, service } = serveInFakeTime((_, signal) => hang(signal), {
      ...ONE_ATTEMPT,
      maxConnections: 1,
      timeouts: { queueMs: 100 },
    })
    await client.authenticate()
    service.answer = (_, signal) => hang(signal)
    const holder = rejection(client.getBookById(1))
    await settle()
    const waiting = Promise.all(calls(client, 20).map((call) => failure(call, DreamStorageTimeoutError)))
    await pass(100)
    expect(new Set((await waiting).map(({ phase }) => phase))).toEqual(new Set(['queue']))
    expect(catalogue(client)).toBe('closed')
    await client.close()
    await holder
  })
})

describe('when the breaker opens', () => {
  test('a call that waits for a retry fails at once', async () => {
    const { client, times, service } = serveInFakeTime(() => down(), BREAKER)
    const waiting = failure(client.getBookById(1), DreamStorageCircuitOpenError)
    await pass(10)
    const others = Promise.all(calls(client, 4).map(rejection))
    await settle()
    const error = await waiting
    expect(error).toMatchObject({ attempts: 1, retryAfterMs: RESET_MS })
    expect(error.cause).toBeInstanceOf(DreamStorageServerError)
    await pass(20_000)
    await others
    expect(times).toHaveLength(5)
    expect(service.count(LOGIN)).toBe(1)
  })

  test('the call whose failure opened it fails at once rather than wait for a retry', async () => {
    const { client, times } = serveInFakeTime(() => down(), {
      circuitBreaker: { failureThreshold: 1, resetAfterMs: RESET_MS },
    })
    const error = failure(client.getBookById(1), DreamStorageCircuitOpenError)
    await pass(10)
    expect(await error).toMatchObject({ attempts: 1, cause: { status: 503 } })
    expect(times).toHaveLength(1)
  })

  test('calls that wait for a connection fail at once', async () => {
    const gate = new Gate()
    const { client, times } = serveInFakeTime(gate.answer, { ...ONE_ATTEMPT, maxConnections: 5 })
    const outcomes = calls(client, 50).map(rejection)
    await settle()
    expect(times).toHaveLength(5)
    for (const held of gate.held) held.answer(down())
    const errors = await Promise.all(outcomes)
    expect(errors.slice(0, 5).every((error) => error instanceof DreamStorageServerError)).toBe(true)
    expect(errors.slice(5).every((error) => error instanceof DreamStorageCircuitOpenError)).toBe(true)
    expect(times).toHaveLength(5)
  })

  test('calls that wait for a connection fail at once though the one that is freed goes to another', async () => {
    const gate = new Gate()
    const { client } = serveInFakeTime(gate.answer, {
      maxConnections: 1,
      retry: { maxRetries: 0 },
      circuitBreaker: { failureThreshold: 1 },
    })
    const failing = failure(client.getBookById(1), DreamStorageServerError)
    await settle()
    const listing = client.getBookConfig('p', 'b')
    const waiting = failure(client.getBookById(1), DreamStorageCircuitOpenError)
    await settle()
    gate.held[0]?.answer(down())
    await failing
    await waiting
    await settle()
    gate.held[1]?.answer(json({ ok: true }))
    expect(await listing).toEqual({ ok: true })
  })

  test('calls that wait for a connection of the storage go on when it is the catalogue that fails', async () => {
    const gate = new Gate()
    const { client, service } = serveInFakeTime(gate.answer, { ...ONE_ATTEMPT, maxConnections: 5 })
    const failing = calls(client, 5).map(rejection)
    await settle()
    const listing = client.getBookConfig('p', 'b')
    await settle()
    for (const held of gate.held.slice()) held.answer(down())
    await Promise.all(failing)
    await settle()
    gate.held[5]?.answer(json({ ok: true }))
    expect(await listing).toEqual({ ok: true })
    expect(service.count('GET /storage')).toBe(1)
  })

  test('a call that waits out a Retry-After fails at once', async () => {
    const { client, service } = serveInFakeTime(() => json({}, 429, { 'retry-after': '50' }), BREAKER)
    const waiting = failure(client.getBookById(1), DreamStorageCircuitOpenError)
    await pass(1_000)
    service.answer = () => down()
    for (let book_id = 2; book_id < 7; book_id++) {
      await client.api.DELETE('/books/{book_id}', { params: { path: { book_id } } })
    }
    expect((await waiting).cause).toMatchObject({ status: 503 })
    expect(service.count('GET')).toBe(1)
  })
})

describe('an open breaker', () => {
  test('lets nothing through until resetAfterMs, and says how long that is', async () => {
    const { client, times } = await opened()
    await pass(RESET_MS - 1)
    const error = await failure(client.getBookById(1), DreamStorageCircuitOpenError)
    expect(error.retryAfterMs).toBeCloseTo(1, 0)
    expect(times).toHaveLength(5)
    await pass(1)
    expect(catalogue(client)).toBe('half-open')
  })

  test.each([-365, 365])('is not moved by a wall clock that jumps by %i days', async (days) => {
    const { client, times } = await opened()
    vi.setSystemTime(Date.now() + days * 86_400_000)
    await failure(client.getBookById(1), DreamStorageCircuitOpenError)
    expect(times).toHaveLength(5)
    await pass(RESET_MS)
    await fail(client, 1)
    expect(times).toHaveLength(6)
  })

  test('of the catalogue leaves the storage alone', async () => {
    const { client, service } = await opened()
    service.answer = () => json({ ok: true })
    expect(await client.getBookConfig('p', 'b')).toEqual({ ok: true })
    expect(client.stats().circuits).toEqual({ catalogue: 'open', storage: 'closed' })
  })

  test('of the storage leaves the catalogue and the logins alone', async () => {
    const { client, service } = serveInFakeTime(() => down(), ONE_ATTEMPT)
    for (let call = 0; call < 5; call++)
      await failure(client.getBookConfig('p', String(call)), DreamStorageServerError)
    await failure(client.listBookContents('p', 'b'), DreamStorageCircuitOpenError)
    await failure(client.downloadAsset('p', 'b', 'a'), DreamStorageCircuitOpenError)
    service.answer = ok
    expect(await client.getBookById(1)).toEqual(BOOK)
    await client.authenticate()
    expect(client.stats().circuits).toEqual({ catalogue: 'closed', storage: 'open' })
  })

  test('belongs to one client', async () => {
    const { service } = await opened()
    service.answer = ok
    expect(await createClient(service.options).getBookById(1)).toEqual(BOOK)
  })

  test('still answers from the cache', async () => {
    const { client, service } = serveInFakeTime(() => json([BOOK]), ONE_ATTEMPT)
    await client.getBooks()
    service.answer = () => down()
    await fail(client, 5)
    expect(await client.getBooks()).toEqual([BOOK])
  })

  test('does not count the answer to a request that set out before', async () => {
    const gate = new Gate()
    const { client, service } = serveInFakeTime(gate.answer, ONE_ATTEMPT)
    const early = client.getBookById(1)
    await settle()
    service.answer = () => down()
    await fail(client, 5)
    gate.held[0]?.answer(ok())
    expect(await early).toEqual(BOOK)
    expect(catalogue(client)).toBe('open')
  })
})

describe('a request that set out before the breaker opened', () => {
  /** The breaker has opened since, and may be tried again. */
  async function late(): Promise<Served & { early: Promise<unknown>; answer: (response: Response) => void }> {
    const gate = new Gate()
    const served = serveInFakeTime(gate.answer, { ...ONE_ATTEMPT, timeouts: { requestMs: 1_000_000 } })
    const early = served.client.getBookById(1).catch((error: unknown) => error)
    await settle()
    served.service.answer = () => down()
    await fail(served.client, 5)
    await pass(RESET_MS)
    return { ...served, early, answer: (response) => gate.held[0]?.answer(response) }
  }

  test('does not count when it fails after the breaker has closed again', async () => {
    const { client, service, early, answer } = await late()
    service.answer = ok
    await client.getBookById(2)
    service.answer = () => down()
    await fail(client, 4)
    answer(down())
    expect(await early).toBeInstanceOf(DreamStorageServerError)
    expect(catalogue(client)).toBe('closed')
    await fail(client, 1)
    expect(catalogue(client)).toBe('open')
  })

  test('does not start the count anew when it succeeds after the breaker has closed again', async () => {
    const { client, service, early, answer } = await late()
    service.answer = ok
    await client.getBookById(2)
    service.answer = () => down()
    await fail(client, 4)
    answer(ok())
    expect(await early).toEqual(BOOK)
    await fail(client, 1)
    expect(catalogue(client)).toBe('open')
  })

  test('does not decide for the call that is let through', async () => {
    const { client, service, early, answer } = await late()
    const gate = new Gate()
    service.answer = gate.answer
    const probe = client.getBookById(2)
    await settle()
    answer(down())
    expect(await early).toBeInstanceOf(DreamStorageServerError)
    expect(catalogue(client)).toBe('half-open')
    gate.held[0]?.answer(ok())
    expect(await probe).toEqual(BOOK)
    expect(catalogue(client)).toBe('closed')
  })
})

describe('a half-open breaker', () => {
  test('lets one call through; the others fail at once', async () => {
    const { client, service, times } = await halfOpen()
    const gate = new Gate()
    service.answer = gate.answer
    const outcomes = calls(client, 20).map((call) => call.catch((error: unknown) => error))
    await settle()
    expect(gate.held).toHaveLength(1)
    const failed = await Promise.all(outcomes.slice(1))
    expect(failed.every((error) => error instanceof DreamStorageCircuitOpenError)).toBe(true)
    gate.held[0]?.answer(ok())
    expect(await outcomes[0]).toEqual(BOOK)
    expect(times).toHaveLength(1)
  })

  test('closes when that call succeeds, with a count of failures that starts anew', async () => {
    const { client, service } = await halfOpen()
    service.answer = ok
    expect(await client.getBookById(1)).toEqual(BOOK)
    expect(catalogue(client)).toBe('closed')
    service.answer = () => down()
    await fail(client, 4)
    expect(catalogue(client)).toBe('closed')
    await fail(client, 1)
    expect(catalogue(client)).toBe('open')
  })

  test('closes when that call is answered with 404', async () => {
    const { client, service } = await halfOpen()
    service.answer = () => new Response('', { status: 404 })
    await failure(client.getBookById(1), DreamStorageNotFoundError)
    expect(catalogue(client)).toBe('closed')
  })

  test('opens again, for as long as before if that is the longest time, when that call fails', async () => {
    const { client, times } = await halfOpen()
    await fail(client, 1)
    expect(catalogue(client)).toBe('open')
    const error = await failure(client.getBookById(1), DreamStorageCircuitOpenError)
    expect(error.retryAfterMs).toBe(RESET_MS)
    await pass(RESET_MS - 1)
    await failure(client.getBookById(1), DreamStorageCircuitOpenError)
    expect(times).toHaveLength(1)
    await pass(1)
    await fail(client, 1)
    expect(times).toHaveLength(2)
  })

  test('opens for 1, 2, 4 s and so on up to 30 s while that call fails, and for 1 s again after a success', async () => {
    const { client, service } = await opened({ circuitBreaker: {} })
    const waits: number[] = []
    for (let probe = 0; probe < 7; probe++) {
      const { retryAfterMs } = await failure(client.getBookById(1), DreamStorageCircuitOpenError)
      waits.push(retryAfterMs)
      await pass(retryAfterMs)
      await fail(client, 1)
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000])
    await pass(30_000)
    service.answer = ok
    await client.getBookById(1)
    service.answer = () => down()
    await fail(client, 5)
    expect((await failure(client.getBookById(1), DreamStorageCircuitOpenError)).retryAfterMs).toBe(1_000)
  })

  test('does not repeat a call that fails: it has opened again', async () => {
    const { client, times } = serveInFakeTime(() => down(), {
      circuitBreaker: { failureThreshold: 1, resetAfterMs: RESET_MS },
    })
    for (const _ of ['opens', 'tries']) {
      times.length = 0
      const error = failure(client.getBookById(1), DreamStorageCircuitOpenError)
      await pass(RESET_MS)
      await error
      expect(times).toHaveLength(1)
    }
  })

  test('lets the next call through when that call is aborted', async () => {
    const { client, service } = await halfOpen()
    const gate = new Gate()
    service.answer = gate.answer
    const controller = new AbortController()
    const probe = rejection(client.getBookById(1, { signal: controller.signal }))
    await settle()
    controller.abort('enough')
    expect(await probe).toBe('enough')
    expect(catalogue(client)).toBe('half-open')
    const next = client.getBookById(2)
    await settle()
    gate.held[1]?.answer(ok())
    expect(await next).toEqual(BOOK)
    expect(catalogue(client)).toBe('closed')
  })

  test('lets the next call through when the deadline of that call passes', async () => {
    const { client, service } = await halfOpen()
    service.answer = (_, signal) => hang(signal)
    const probe = failure(client.getBookById(1, { timeoutMs: 100 }), DreamStorageTimeoutError)
    await pass(100)
    await probe
    service.answer = ok
    expect(await client.getBookById(2)).toEqual(BOOK)
  })

  test('opens again when that call is not answered in time', async () => {
    const { client, service } = await halfOpen({ timeouts: { requestMs: 100 } })
    service.answer = (_, signal) => hang(signal)
    const probe = failure(client.getBookById(1), DreamStorageTimeoutError)
    await pass(100)
    expect((await probe).phase).toBe('headers')
    expect(catalogue(client)).toBe('open')
  })

  test('closes by a login when the call needs one first', async () => {
    const { client, service } = serveInFakeTime(ok, ONE_ATTEMPT)
    const logIn = service.logIn
    service.logIn = () => down()
    for (let login = 0; login < 5; login++) await failure(client.authenticate(), DreamStorageServerError)
    await pass(RESET_MS)
    service.logIn = logIn
    expect(await Promise.all(calls(client, 20))).toEqual(Array(20).fill(BOOK))
    expect(service.count(LOGIN)).toBe(6)
  })

  test('closes by a 401, whose login and second attempt then go through', async () => {
    const { client, service } = await halfOpen()
    let asked = 0
    service.answer = () => (++asked === 1 ? invalidToken() : ok())
    expect(await client.getBookById(1)).toEqual(BOOK)
    expect(service.count(LOGIN)).toBe(2)
  })
})

describe('circuitBreaker: false', () => {
  test('never opens', async () => {
    const { client, times } = serveInFakeTime(() => down(), { ...ONE_ATTEMPT, circuitBreaker: false })
    await fail(client, 100)
    expect(times).toHaveLength(100)
    expect(client.stats().circuits).toEqual({ catalogue: 'closed', storage: 'closed' })
  })
})

describe('with the service down, 200 calls', () => {
  const MOST = 10 + 5 - 1
  // Retries wait for the probes after 1 and 2 s; before the third they are told.
  const PROBES = 2

  /** Runs the calls until all have failed, each with an error of the family. */
  async function storm(outcomes: ReadonlyArray<Promise<unknown>>): Promise<void> {
    const errors = Promise.all(outcomes.map(rejection))
    await pass(29_000)
    for (const error of await errors) expect(error).toBeInstanceOf(DreamStorageError)
  }

  test('at once, without a token, reach it at most 14 times', async () => {
    const { client, service } = serveInFakeTime(() => down())
    service.logIn = () => down()
    await storm(calls(client, 200))
    expect(service.seen.length).toBeLessThanOrEqual(MOST)
  })

  test('at once, with a token, reach it at most 14 times, besides the probes', async () => {
    const { client, service, times } = serveInFakeTime(() => down())
    await client.authenticate()
    await storm(calls(client, 200))
    expect(times.length).toBeLessThanOrEqual(MOST + PROBES)
    expect(service.count(LOGIN)).toBe(1)
  })

  test('at once, after four failures, reach it at most 14 times with those', async () => {
    const { client, times } = serveInFakeTime(() => down(), ONE_ATTEMPT)
    await fail(client, 4)
    await storm(calls(client, 196))
    expect(times.length).toBeLessThanOrEqual(MOST)
  })

  test('at once, whose answers come one by one, reach it at most 14 times, besides the probes', async () => {
    const gate = new Gate()
    const { client, times } = serveInFakeTime(gate.answer)
    const outcomes = calls(client, 200)
    const errors = Promise.all(outcomes.map(rejection))
    for (let time = 0; time < 200; time++) {
      await pass(100)
      gate.held.shift()?.answer(down())
    }
    await errors
    expect(times.length).toBeLessThanOrEqual(MOST + PROBES)
  })

  test('one every 100 ms, reach it at most 5 times, besides the probes', async () => {
    const { client, service } = serveInFakeTime(() => down())
    service.logIn = () => down()
    const outcomes: Array<Promise<unknown>> = []
    for (let call = 0; call < 200; call++) {
      outcomes.push(rejection(client.getBookById(1)))
      await pass(100)
    }
    await Promise.all(outcomes)
    // Within these 20 s, 1 + 2 + 4 + 8 s after the circuit has opened.
    expect(service.seen.length).toBeLessThanOrEqual(5 + 4)
  })

  test('whose connections hang reach it at most 14 times, besides the probes', async () => {
    const { client, times } = serveInFakeTime((_, signal) => hang(signal), {
      timeouts: { requestMs: 1_000 },
    })
    await storm(calls(client, 200))
    expect(times.length).toBeLessThanOrEqual(MOST + PROBES)
  })

  test('within the renewal margin of the token reach it at most 14 times, renewals included, besides the probes', async () => {
    const { client, service } = serveInFakeTime(ok)
    await client.authenticate()
    await pass(26 * 60_000)
    service.answer = () => down()
    service.logIn = () => down()
    service.seen.length = 0
    await storm(calls(client, 200))
    expect(service.seen.length).toBeLessThanOrEqual(MOST + PROBES)
  })

  test('are followed by success as soon as it is up again and resetAfterMs is over', async () => {
    const { client, service } = serveInFakeTime(() => down())
    await storm(calls(client, 200))
    service.answer = ok
    await pass(RESET_MS)
    expect(await client.getBookById(1)).toEqual(BOOK)
    expect(await Promise.all(calls(client, 50))).toEqual(Array(50).fill(BOOK))
    expect(catalogue(client)).toBe('closed')
  })
})
