import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type DreamCentralStorageClient, DreamStorageTimeoutError } from '../../src/index.js'
import { createClient, type TestOptions } from '../support/client.js'
import { failure } from '../support/failure.js'
import { until } from '../support/moment.js'

const LIMIT_MS = 250

/** Shared with the server: requests that arrived, whether they are answered, answers that were sent; and a word to wait on. */
const words = new Int32Array(new SharedArrayBuffer(16))
const [ARRIVED, ANSWERING, ANSWERED, UNUSED] = [0, 1, 2, 3] as const

// A server in the thread of the test would stand still with it.
const SERVER = `
  const { parentPort, workerData: words } = require('node:worker_threads')
  const { gzipSync } = require('node:zlib')
  const book = JSON.stringify({ id: 1, book_name: 'BRAINS', filler: 'x'.repeat(100_000) })
  const server = require('node:http').createServer(async (request, response) => {
    Atomics.add(words, ${ARRIVED}, 1)
    const { async, value } = Atomics.waitAsync(words, ${ANSWERING}, 0)
    if (async) await value
    const isCoded = request.url.endsWith('/2')
    response.setHeader('content-type', 'application/json')
    if (isCoded) response.setHeader('content-encoding', 'gzip')
    response.end(isCoded ? gzipSync(book) : book, () => {
      Atomics.add(words, ${ANSWERED}, 1)
      Atomics.notify(words, ${ANSWERED})
    })
  })
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port))
`
let baseUrl: string

beforeAll(async () => {
  const worker = new Worker(SERVER, { eval: true, workerData: words })
  const [port] = await once(worker, 'message')
  baseUrl = `http://127.0.0.1:${port}`
  return () => worker.terminate()
})

beforeEach(() => words.fill(0))

function setUp(options: Partial<TestOptions> = {}): DreamCentralStorageClient {
  const circuitBreaker = { failureThreshold: 1 }
  return createClient({ baseUrl, token: 'key', retry: { maxRetries: 0 }, circuitBreaker, ...options })
}

/** Lets nothing run in this thread, as SIGSTOP or a long computation would, until the answers have come and twice the limit is over. */
function block(answers: number): void {
  const startedAt = performance.now()
  Atomics.store(words, ANSWERING, 1)
  Atomics.notify(words, ANSWERING)
  for (let seen = 0; seen < answers; seen = Atomics.load(words, ANSWERED)) Atomics.wait(words, ANSWERED, seen)
  Atomics.wait(words, UNUSED, 0, Math.max(0, startedAt + 2 * LIMIT_MS - performance.now()))
}

/** The names of these books, after a block of the process while so many of them were on their way. */
async function namesAfterBlock(
  books: ReadonlyArray<Promise<{ readonly book_name: string } | null>>,
  answers: number,
): Promise<Array<string | undefined>> {
  const all = Promise.all(books)
  all.catch(() => {})
  await until(() => Atomics.load(words, ARRIVED) === answers)
  block(answers)
  return (await all).map((book) => book?.book_name)
}

describe.each([
  [1, 'as they are'],
  [2, 'compressed'],
])('the answers (book %i, %s) that came while the process was blocked for longer than', (id) => {
  test.each<[string, number, Partial<TestOptions>]>([
    ['timeouts.requestMs', 8, { timeouts: { requestMs: LIMIT_MS } }],
    ['timeouts.queueMs', 2, { timeouts: { queueMs: LIMIT_MS }, maxConnections: 2 }],
  ])('%s are books, and no failures for the circuit', async (_, answers, options) => {
    const client = setUp(options)
    const books = Array.from({ length: answers * (options.maxConnections ? 2 : 1) }, () =>
      client.getBookById(id),
    )
    expect(await namesAfterBlock(books, answers)).toEqual(books.map(() => 'BRAINS'))
    expect(client.stats().requests.attempts).toBe(books.length)
    expect(client.stats().circuits.catalogue).toBe('closed')
  })

  test('timeoutMs are books', async () => {
    const client = setUp()
    const books = Array.from({ length: 8 }, () => client.getBookById(id, { timeoutMs: LIMIT_MS }))
    expect(await namesAfterBlock(books, 8)).toEqual(books.map(() => 'BRAINS'))
  })
})

test('a connection that was made while the process was blocked for longer than timeouts.connectMs is used', async () => {
  const observers = [{ 'attempt.start': () => setImmediate(() => block(0)) }]
  const client = setUp({ timeouts: { connectMs: LIMIT_MS }, observers })
  expect(await client.getBookById(1)).toMatchObject({ book_name: 'BRAINS' })
})

test('a service that does not answer is a timeout all the same, of one attempt', async () => {
  const client = setUp({ timeouts: { requestMs: LIMIT_MS } })
  const error = failure(client.getBookById(1), DreamStorageTimeoutError)
  await until(() => Atomics.load(words, ARRIVED) === 1)
  // It goes on to hold its answer.
  Atomics.wait(words, UNUSED, 0, 2 * LIMIT_MS)
  expect(await error).toMatchObject({ phase: 'headers', attempts: 1 })
})
