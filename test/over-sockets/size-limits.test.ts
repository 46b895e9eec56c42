import { describe, expect, test } from 'vitest'
import {
  type DreamCentralStorageClient,
  DreamStorageInputError,
  DreamStorageNotFoundError,
  DreamStorageRequestError,
  DreamStorageResponseError,
  DreamStorageServerError,
  DreamStorageTimeoutError,
} from '../../src/index.js'
import { type Endless, sendEndless } from '../support/endless.js'
import { failure, rejection, thrown } from '../support/failure.js'
import { BOOK } from '../support/serve.js'
import { type Handler, json, startServer } from '../support/server.js'
import { createWireClient, type WireOptions } from '../support/wire-client.js'

const MAX_JSON_BYTES = 100_000
const LIMITED = { maxJsonBytes: MAX_JSON_BYTES }
const MAX_ERROR_BYTES = 1_048_576
/** What socket buffers hold beyond what the client reads. */
const BUFFERED_BYTES = 16_000_000

async function live(
  handler: Handler,
  options: Partial<WireOptions> = {},
): Promise<DreamCentralStorageClient> {
  const service = await startServer(handler)
  return createWireClient({ baseUrl: service.url, ...options })
}

/** A client of a service that answers with a body without an end. */
async function endless(
  status: number,
  options: Partial<WireOptions> = {},
): Promise<{ client: DreamCentralStorageClient; sent: Endless[] }> {
  const sent: Endless[] = []
  const client = await live((_, response) => void sent.push(sendEndless(response, status)), options)
  return { client, sent }
}

/** JSON of exactly so many bytes. */
function padded(bytes: number): object {
  const empty = JSON.stringify({ ...BOOK, filler: '' })
  return { ...BOOK, filler: 'x'.repeat(bytes - empty.length) }
}

describe('a JSON answer that is larger than maxJsonBytes', () => {
  const READS: ReadonlyArray<[string, (client: DreamCentralStorageClient) => Promise<unknown>]> = [
    ['getBooks', (client) => client.getBooks()],
    ['getBookById', (client) => client.getBookById(1)],
    ['getBookConfig', (client) => client.getBookConfig('p', 'b')],
    ['listBookContents', (client) => client.listBookContents('p', 'b')],
    ['client.api', (client) => client.api.GET('/books/')],
  ]

  test.each(READS)('is a …ResponseError of %s, and its connection is dropped', async (_, read) => {
    const { client, sent } = await endless(200, LIMITED)
    await failure(read(client), DreamStorageResponseError)
    await sent[0]?.dropped
    expect(sent).toHaveLength(1)
    expect(sent[0]?.sentBytes).toBeLessThan(MAX_JSON_BYTES + BUFFERED_BYTES)
  })

  test('is refused before its body when it announces its length', async () => {
    const client = await live((_, response) => {
      const headers = { 'content-type': 'application/json', 'content-length': MAX_JSON_BYTES + 1 }
      response.writeHead(200, headers).flushHeaders()
    }, LIMITED)
    await failure(client.getBookById(1), DreamStorageResponseError)
  })

  test('by one byte is refused, and one of that size is read', async () => {
    const client = await live(({ url }, response) => {
      json(response, 200, padded(url === '/books/1' ? MAX_JSON_BYTES : MAX_JSON_BYTES + 1))
    }, LIMITED)
    expect(await client.getBookById(1)).toMatchObject(BOOK)
    await failure(client.getBookById(2), DreamStorageResponseError)
  })

  test('is no failure of the service, and is not asked for again', async () => {
    let asked = 0
    const options = {
      ...LIMITED,
      retry: { maxRetries: 3, baseDelayMs: 1 },
      circuitBreaker: { failureThreshold: 1 },
    }
    const client = await live((_, response) => {
      asked++
      json(response, 200, padded(MAX_JSON_BYTES + 1))
    }, options)
    await failure(client.getBookById(1), DreamStorageResponseError)
    expect(asked).toBe(1)
    expect(client.stats().circuits.catalogue).toBe('closed')
  })

  test('is larger than 64 MiB where the option is not given; files have no limit', async () => {
    const client = await live((_, response) => {
      const headers = { 'content-type': 'application/json', 'content-length': 67_108_865 }
      response.writeHead(200, headers).flushHeaders()
    })
    await failure(client.getBookById(1), DreamStorageResponseError)
    const { size, body } = await client.streamAsset('p', 'b', 'a')
    expect(size).toBe(67_108_865)
    await body.cancel()
  })
})

test('a file may be larger than maxJsonBytes', async () => {
  const client = await live((_, response) => void response.end(Buffer.alloc(MAX_JSON_BYTES * 2)), LIMITED)
  expect(await client.downloadAsset('p', 'b', 'a')).toHaveLength(MAX_JSON_BYTES * 2)
})

test.each([0, -1, 1.5, '1', Number.NaN, null])('maxJsonBytes cannot be %o', (maxJsonBytes) => {
  const error = thrown(
    () => createWireClient({ baseUrl: 'http://dcs.test', maxJsonBytes }),
    DreamStorageInputError,
  )
  expect(error.message).toContain('maxJsonBytes')
})

describe('an answer with an error that is larger than 1 MiB', () => {
  const CALLS: ReadonlyArray<[string, (client: DreamCentralStorageClient) => Promise<unknown>]> = [
    ['getBooks', (client) => client.getBooks()],
    ['downloadAsset', (client) => client.downloadAsset('p', 'b', 'a')],
    ['streamAsset', (client) => client.streamAsset('p', 'b', 'a')],
  ]

  test.each(CALLS)('is a …ResponseError for 4xx, and its connection is dropped: %s', async (_, call) => {
    const { client, sent } = await endless(422)
    await failure(call(client), DreamStorageResponseError)
    await sent[0]?.dropped
    expect(sent[0]?.sentBytes).toBeLessThan(MAX_ERROR_BYTES + BUFFERED_BYTES)
  })

  test.each(CALLS)('is a …ServerError for 5xx, and its connection is dropped: %s', async (_, call) => {
    const { client, sent } = await endless(503)
    const error = await failure(call(client), DreamStorageServerError)
    expect(error.status).toBe(503)
    expect(error.message).not.toContain('xxx')
    await sent[0]?.dropped
    expect(sent[0]?.sentBytes).toBeLessThan(MAX_ERROR_BYTES + BUFFERED_BYTES)
  })

  test('is one of more than 1 MiB: the detail of a smaller one is read', async () => {
    const detail = 'x'.repeat(MAX_ERROR_BYTES - 100)
    const client = await live((_, response) => json(response, 409, { detail }))
    const error = await failure(client.getBookById(1), DreamStorageRequestError)
    // Cut, like all that messages quote.
    expect(error.detail).toMatch(/^x{299,300}…?$/)
  })
})

describe('an answer with an error that stalls', () => {
  const SHORT = { timeouts: { requestMs: 100, downloadMs: 60_000 } }
  const CALLS: ReadonlyArray<[string, (client: DreamCentralStorageClient) => Promise<unknown>]> = [
    ['getBookById', (client) => client.getBookById(1)],
    ['downloadAsset', (client) => client.downloadAsset('p', 'b', 'a')],
    ['streamAsset', (client) => client.streamAsset('p', 'b', 'a')],
  ]

  test.each(CALLS)('is under requestMs: %s', async (_, call) => {
    const client = await live((_, response) => {
      response.writeHead(404, { 'content-type': 'application/json', 'content-length': 100 })
      response.write('{"detail":"')
    }, SHORT)
    const error = await failure(call(client), DreamStorageTimeoutError)
    expect(error.phase).toBe('body')
  })

  test.each(CALLS)('is under requestMs for 5xx, too: %s', async (_, call) => {
    const client = await live((_, response) => {
      response.writeHead(500, { 'content-type': 'application/json', 'content-length': 100 })
      response.write('{"detail":"')
    }, SHORT)
    const error = await rejection(call(client))
    expect([DreamStorageServerError, DreamStorageTimeoutError]).toContain((error as Error).constructor)
  })

  test('but comes at last is read', async () => {
    const client = await live((_, response) => {
      response.writeHead(404, { 'content-type': 'application/json' })
      response.write('{"detail":"File ')
      setImmediate(() => response.end('not found"}'))
    })
    await failure(client.downloadAsset('p', 'b', 'a'), DreamStorageNotFoundError)
  })
})
