import { describe, expect, test, vi } from 'vitest'
import { DreamStorageNetworkError, DreamStorageTimeoutError, type TimeoutPhase } from '../src/index.js'
import { failure } from './support/failure.js'
import { type FakeService, hang } from './support/fake-service.js'
import { pass, settle } from './support/fake-time.js'
import { fetchFailed, LiveBody } from './support/faults.js'
import { Gate } from './support/gate.js'
import { BOOK, calls, ok, type Served, serveInFakeTime } from './support/serve.js'

const YEAR_MS = 365 * 86_400_000

/** One attempt a call, so that one limit is seen at a time. */
function once(answer?: FakeService['answer'], timeouts: object = {}): Served {
  return serveInFakeTime(answer, { retry: { maxRetries: 0 }, timeouts, circuitBreaker: false })
}

/** How the promise fails: after how many milliseconds of those, and in what phase. */
async function timedOut(
  promise: Promise<unknown>,
  withinMs = 200_000,
): Promise<{ afterMs: number; phase: TimeoutPhase }> {
  const startedAt = performance.now()
  let afterMs = Number.NaN
  const error = failure(promise, DreamStorageTimeoutError).finally(() => {
    afterMs = performance.now() - startedAt
  })
  error.catch(() => {})
  await pass(withinMs)
  return { phase: (await error).phase, afterMs }
}

/** Sends a chunk every so often, for ever. */
function dripping(everyMs: number): LiveBody {
  const body = new LiveBody()
  const drip = (): void => {
    if (body.cancelled) return
    body.send(' ')
    setTimeout(drip, everyMs)
  }
  drip()
  return body
}

describe('an attempt', () => {
  test('whose headers do not come ends after 30 seconds', async () => {
    const { client } = once((_, signal) => hang(signal))
    expect(await timedOut(client.getBookById(1))).toEqual({ phase: 'headers', afterMs: 30_000 })
  })

  test('whose headers do not come ends after requestMs', async () => {
    const { client } = once((_, signal) => hang(signal), { requestMs: 70 })
    expect(await timedOut(client.getBookById(1))).toEqual({ phase: 'headers', afterMs: 70 })
  })

  test('that ends too late tells the transport, which can close the connection', async () => {
    const reasons: unknown[] = []
    const { client } = once((_, signal) => {
      signal.addEventListener('abort', () => reasons.push(signal.reason))
      return hang(signal)
    })
    const error = failure(client.getBookById(1), DreamStorageTimeoutError)
    await pass(30_000)
    expect(reasons).toEqual([await error])
  })

  test('whose body does not come ends after requestMs from its start', async () => {
    const gate = new Gate()
    const body = new LiveBody()
    const { client } = once(gate.answer, { requestMs: 1_000 })
    await client.authenticate()
    setTimeout(() => gate.held[0]?.answer(body.response()), 600)
    expect(await timedOut(client.getBookById(1))).toEqual({ phase: 'body', afterMs: 1_000 })
    expect(body.cancelled).toBe(true)
  })

  test('whose body drips ends after requestMs all the same', async () => {
    const body = dripping(100)
    const { client } = once(() => body.response(), { requestMs: 1_000 })
    expect(await timedOut(client.getBookById(1))).toEqual({ phase: 'body', afterMs: 1_000 })
    expect(body.cancelled).toBe(true)
  })

  test('that ends in time leaves no timer behind', async () => {
    const { client } = once(ok)
    await client.getBookById(1)
    await settle()
    expect(vi.getTimerCount()).toBe(0)
  })

  test('ends in time though its transport does not obey the signal, whose late answer is released', async () => {
    const gate: Array<(response: Response) => void> = []
    const { client } = once(() => new Promise((resolve) => gate.push(resolve)), { requestMs: 50 })
    expect(await timedOut(client.getBookById(1))).toEqual({ phase: 'headers', afterMs: 50 })
    const late = new LiveBody()
    gate[0]?.(late.response())
    await settle()
    expect(late.cancelled).toBe(true)
  })

  test('gives its connection back when it ends too late', async () => {
    const { client, service } = serveInFakeTime((_, signal) => hang(signal), {
      maxConnections: 1,
      retry: { maxRetries: 0 },
      timeouts: { requestMs: 50 },
    })
    expect((await timedOut(client.getBookById(1))).phase).toBe('headers')
    service.answer = () => new LiveBody().response()
    expect((await timedOut(client.getBookById(1))).phase).toBe('body')
    service.answer = ok
    expect(await client.getBookById(1)).toEqual(BOOK)
  })

  test('has a limit of its own each time: retries are not cut short by the first', async () => {
    const { client, times } = serveInFakeTime((_, signal) => hang(signal), { timeouts: { requestMs: 1_000 } })
    const { phase, afterMs } = await timedOut(client.getBookById(1))
    expect(phase).toBe('headers')
    expect(times).toHaveLength(4)
    expect(Math.round(afterMs / 100)).toBe(110)
  })

  test('may take as long as a year when that is its limit', async () => {
    const gate = new Gate()
    const { client } = once(gate.answer, { requestMs: YEAR_MS, downloadMs: YEAR_MS })
    const call = client.getBookById(1)
    await pass(60_000)
    gate.held[0]?.answer(ok())
    expect(await call).toEqual(BOOK)
  })
})

describe('a connection that is not made in time', () => {
  test('is an error that says so', async () => {
    const { client } = once(() => Promise.reject(fetchFailed('UND_ERR_CONNECT_TIMEOUT')), { connectMs: 123 })
    const error = await failure(client.getBookById(1), DreamStorageTimeoutError)
    expect(error).toMatchObject({ phase: 'connect', code: 'ERR_DREAM_STORAGE_TIMEOUT' })
    expect(error.message).toContain('123 ms')
  })
})

describe('a download', () => {
  const download = ({ client }: Served): Promise<Uint8Array> => client.downloadAsset('p', 'b', 'a.mp3')

  test('whose headers do not come ends after 60 seconds', async () => {
    expect(await timedOut(download(once((_, signal) => hang(signal))))).toEqual({
      phase: 'headers',
      afterMs: 60_000,
    })
  })

  test('whose headers do not come ends after downloadMs', async () => {
    const served = once((_, signal) => hang(signal), { downloadMs: 90, requestMs: 10 })
    await served.client.authenticate()
    expect(await timedOut(download(served))).toEqual({ phase: 'headers', afterMs: 90 })
  })

  test('may take far longer than downloadMs as long as it goes on', async () => {
    const body = new LiveBody()
    const served = once(() => body.response(10), { downloadMs: 1_000, requestMs: 1_000 })
    const bytes = download(served)
    for (let chunk = 0; chunk < 10; chunk++) {
      await pass(999)
      body.send(String(chunk))
    }
    await settle()
    body.end()
    expect(Buffer.from(await bytes).toString()).toBe('0123456789')
  })

  test('ends when it is silent for downloadMs', async () => {
    const body = new LiveBody()
    const served = once(() => body.response(), { downloadMs: 1_000 })
    await served.client.authenticate()
    setTimeout(() => body.send('one'), 900)
    setTimeout(() => body.send('two'), 1_800)
    expect(await timedOut(download(served))).toEqual({ phase: 'body', afterMs: 2_800 })
    expect(body.cancelled).toBe(true)
  })

  test('counts the silence from the headers on', async () => {
    const gate = new Gate()
    const served = once(gate.answer, { downloadMs: 1_000 })
    await served.client.authenticate()
    setTimeout(() => gate.held[0]?.answer(new LiveBody().response()), 700)
    const { phase, afterMs } = await timedOut(download(served))
    expect(phase).toBe('body')
    expect(afterMs).toBeLessThanOrEqual(1_700)
  })

  test('of a raw call as a blob or an array buffer has the limits of a download', async () => {
    for (const parseAs of ['blob', 'arrayBuffer'] as const) {
      const body = new LiveBody()
      const { client } = once(() => body.response(), { downloadMs: 1_000, requestMs: 100 })
      await client.authenticate()
      const params = { path: { publisher: 'p', book_name: 'b' }, query: { path: 'a' } }
      const bytes = client.api.GET('/storage/books/{publisher}/{book_name}/object', { params, parseAs })
      await pass(900)
      body.send('x')
      await pass(900)
      body.end()
      expect((await bytes).response.status).toBe(200)
    }
  })

  test('that ends early is a failure of the network', async () => {
    const body = new LiveBody()
    const served = once(() => body.response(100))
    const bytes = failure(download(served), DreamStorageNetworkError)
    body.send('not a hundred bytes')
    body.end()
    expect((await bytes).message).toContain('19 of 100 bytes')
  })
})

describe('the wait for a free connection', () => {
  /** All connections are held by requests that hang. */
  async function full(timeouts: object, maxConnections = 2): Promise<{ served: Served; gate: Gate }> {
    const gate = new Gate()
    const served = serveInFakeTime(gate.answer, { maxConnections, timeouts, retry: { maxRetries: 0 } })
    for (const call of calls(served.client, maxConnections)) call.catch(() => {})
    await settle()
    return { served, gate }
  }

  test('ends after 5 seconds', async () => {
    const { served } = await full({})
    expect(await timedOut(served.client.getBookById(9), 6_000)).toEqual({ phase: 'queue', afterMs: 5_000 })
    expect(served.times).toHaveLength(2)
  })

  test('ends after queueMs, with no attempt made', async () => {
    const { served } = await full({ queueMs: 30 })
    const error = failure(served.client.getBookById(9), DreamStorageTimeoutError)
    await pass(30)
    expect(await error).toMatchObject({ phase: 'queue', attempts: 0 })
    expect(served.times).toHaveLength(2)
  })

  test('does not count for the limit of the attempt', async () => {
    const { served, gate } = await full({ requestMs: 1_000, queueMs: 2_000 })
    const call = served.client.getBookById(9)
    await pass(900)
    gate.held[0]?.answer(ok())
    await pass(900)
    gate.held[2]?.answer(ok())
    expect(await call).toEqual(BOOK)
  })

  test('is in the order of arrival', async () => {
    const { served, gate } = await full({}, 1)
    const waiting = Promise.all([9, 8, 7].map((id) => served.client.getBookById(id)))
    for (let held = 0; held < 4; held++) {
      await settle()
      gate.held[held]?.answer(ok())
    }
    await waiting
    expect(gate.held.map(({ seen }) => seen.path)).toEqual(['/books/1', '/books/9', '/books/8', '/books/7'])
  })

  test('loses no place to a call that has given up', async () => {
    const { served, gate } = await full({}, 1)
    const controller = new AbortController()
    const aborted = failure(served.client.getBookById(8, { timeoutMs: 10 }), DreamStorageTimeoutError)
    const gone = served.client
      .getBookById(7, { signal: controller.signal })
      .catch((reason: unknown) => reason)
    const call = served.client.getBookById(9)
    await pass(10)
    controller.abort('enough')
    expect((await aborted).phase).toBe('deadline')
    expect(await gone).toBe('enough')
    gate.held[0]?.answer(ok())
    await settle()
    gate.held[1]?.answer(ok())
    expect(await call).toEqual(BOOK)
    expect(gate.held).toHaveLength(2)
  })

  test('is not repeated', async () => {
    const gate = new Gate()
    const { client, times } = serveInFakeTime(gate.answer, { maxConnections: 1, timeouts: { queueMs: 50 } })
    client.getBookById(1).catch(() => {})
    await settle()
    expect(await timedOut(client.getBookById(2), 10_000)).toEqual({ phase: 'queue', afterMs: 50 })
    expect(times).toHaveLength(1)
  })
})
