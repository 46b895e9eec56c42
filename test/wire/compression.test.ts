import type { IncomingHttpHeaders } from 'node:http'
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import {
  type DreamCentralStorageClient,
  DreamStorageError,
  DreamStorageInputError,
  DreamStorageNotFoundError,
  DreamStorageRequestError,
  DreamStorageResponseError,
  DreamStorageServerError,
} from '../../src/index.js'
import { failure, rejection, thrown } from '../support/failure.js'
import { BOOK } from '../support/serve.js'
import { startServer } from '../support/server.js'
import { createWireClient, type WireOptions } from '../support/wire-client.js'

const TEXT = JSON.stringify({ ...BOOK, filler: 'ş'.repeat(50_000) })
const ZEROS = Buffer.alloc(20_000_000)
const LIMITED = { maxJsonBytes: 1_000_000 }
const CODINGS: ReadonlyArray<[string, (bytes: Uint8Array | string) => Buffer]> = [
  ['gzip', gzipSync],
  ['br', (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })],
]

/** What a service answers everything with, in one coding. */
interface Coded {
  readonly bytes: Uint8Array
  readonly coding: string
  readonly status?: number
  readonly isChunked?: boolean
}

/** A client of a service that answers like this, and what it was asked for by path. */
async function live(
  { bytes, coding, status = 200, isChunked = false }: Coded,
  options: Partial<WireOptions> = {},
): Promise<{ client: DreamCentralStorageClient; asked: Map<string, IncomingHttpHeaders> }> {
  const asked = new Map<string, IncomingHttpHeaders>()
  const { url } = await startServer((request, response) => {
    asked.set(`${request.method} ${request.url?.split('?')[0]}`, request.headers)
    const length = isChunked ? {} : { 'content-length': bytes.byteLength }
    response.writeHead(status, { 'content-type': 'application/json', 'content-encoding': coding, ...length })
    response.write(bytes.subarray(0, 100))
    response.end(bytes.subarray(100))
  })
  return { client: createWireClient({ baseUrl: url, circuitBreaker: false, ...options }), asked }
}

describe('an answer with JSON', () => {
  test('is asked for compressed, a file is not', async () => {
    const { client, asked } = await live({ bytes: Buffer.from(TEXT), coding: 'identity' })
    await client.getBookById(1)
    await client.getBookConfig('p', 'b')
    await client.downloadAsset('p', 'b', 'a')
    await client.api.POST('/books/batch', { body: { ids: [1] } })
    const accepted = [...asked].map(([path, headers]) => [path, headers['accept-encoding']])
    expect(accepted).toEqual([
      ['GET /books/1', expect.stringMatching(/^(gzip, ?br|br, ?gzip)$/)],
      ['GET /storage/books/p/b/config', expect.stringMatching(/^(gzip, ?br|br, ?gzip)$/)],
      ['GET /storage/books/p/b/object', 'identity'],
      ['POST /books/batch', expect.stringMatching(/^(gzip, ?br|br, ?gzip)$/)],
    ])
  })

  test('is not asked for compressed with compression: false', async () => {
    const { client, asked } = await live({ bytes: Buffer.from(TEXT), coding: '' }, { compression: false })
    await client.getBookById(1)
    expect(asked.get('GET /books/1')?.['accept-encoding']).toBe('identity')
  })

  test.each(CODINGS)('in %s is decoded', async (coding, compress) => {
    const { client } = await live({ bytes: compress(TEXT), coding })
    expect(await client.getBookById(1)).toEqual(JSON.parse(TEXT))
    expect(await client.getBookConfig('p', 'b')).toEqual(JSON.parse(TEXT))
    const { data } = await client.api.GET('/books/{book_id}', { params: { path: { book_id: 1 } } })
    expect(data).toEqual(JSON.parse(TEXT))
  })

  test.each(['GZIP', ' gzip ', 'X-GZip'])('in gzip is decoded when it is called %j', async (coding) => {
    const { client } = await live({ bytes: gzipSync(TEXT), coding })
    expect(await client.getBookById(1)).toEqual(JSON.parse(TEXT))
  })

  test.each(CODINGS)('in %s is decoded when it comes in chunks', async (coding, compress) => {
    const { client } = await live({ bytes: compress(TEXT), coding, isChunked: true })
    expect(await client.getBookById(1)).toEqual(JSON.parse(TEXT))
  })

  test.each(CODINGS)('in %s of a login is decoded', async (coding, compress) => {
    const login = JSON.stringify({ ...BOOK, access_token: 'good', token_type: 'bearer' })
    const options = { token: undefined, email: 'a@b.c', password: 'x' }
    const { client, asked } = await live({ bytes: compress(login), coding }, options)
    await client.getBookById(1)
    expect(asked.get('GET /books/1')?.authorization).toBe('Bearer good')
  })

  test.each(CODINGS)(
    'in %s that is larger than maxJsonBytes once decoded is refused',
    async (coding, compress) => {
      const { client } = await live({ bytes: compress(ZEROS), coding }, LIMITED)
      const before = process.memoryUsage().arrayBuffers
      await failure(client.getBookById(1), DreamStorageResponseError)
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(ZEROS.byteLength / 2)
    },
  )

  test.each(CODINGS)('in %s that is larger than 64 MiB once decoded is refused', async (coding, compress) => {
    const { client } = await live({ bytes: compress(Buffer.alloc(67_108_865, ' ')), coding })
    await failure(client.getBookById(1), DreamStorageResponseError)
  })

  test.each(CODINGS)('in %s that is broken is an error of the family', async (coding, compress) => {
    const whole = compress(TEXT)
    const flipped = Buffer.from(whole)
    for (let at = 20; at < flipped.byteLength; at += 7) flipped[at] = (flipped[at] ?? 0) ^ 0x55
    for (const bytes of [
      whole.subarray(0, whole.byteLength >> 1),
      flipped,
      Buffer.from(TEXT),
      Buffer.alloc(0),
    ]) {
      const { client } = await live({ bytes, coding })
      expect(await rejection(client.getBookById(1))).toBeInstanceOf(DreamStorageError)
    }
  })

  test.each(CODINGS)('in %s that is cut on the wire is no success', async (coding, compress) => {
    const bytes = compress(TEXT)
    const { url } = await startServer((_, response) => {
      response.writeHead(200, { 'content-encoding': coding, 'content-length': bytes.byteLength })
      response.write(bytes.subarray(0, -10), () => response.destroy())
    })
    expect(await rejection(createWireClient({ baseUrl: url }).getBookById(1))).toBeInstanceOf(
      DreamStorageError,
    )
  })

  test.each([
    ['deflate', deflateSync(TEXT)],
    ['zstd', Buffer.from(TEXT)],
    ['x-unknown', Buffer.from(TEXT)],
  ])('in %s was not asked for', async (coding, bytes) => {
    const { client } = await live({ bytes, coding })
    await failure(client.getBookById(1), DreamStorageResponseError)
  })
})

describe('an answer with an error', () => {
  const detail = { detail: [{ type: 'missing', loc: ['body'], msg: 'x' }] }

  test.each(CODINGS)('in %s has its detail', async (coding, compress) => {
    const refused = await live({ bytes: compress(JSON.stringify(detail)), coding, status: 422 })
    const error = await failure(refused.client.getBookById(1), DreamStorageRequestError)
    expect(error.detail).toEqual(detail.detail)
    const unknown = await live({ bytes: compress('{"detail":"File not found"}'), coding, status: 404 })
    await failure(unknown.client.downloadAsset('p', 'b', 'a'), DreamStorageNotFoundError)
  })

  test.each(CODINGS)('in %s that is larger than 1 MiB once decoded is not read', async (coding, compress) => {
    const bytes = compress(ZEROS)
    const refused = await live({ bytes, coding, status: 422 })
    await failure(refused.client.getBookById(1), DreamStorageResponseError)
    const failed = await live({ bytes, coding, status: 500 })
    await failure(failed.client.getBookById(1), DreamStorageServerError)
  })
})

test.each(CODINGS)('a file that comes in %s, unasked, is refused', async (coding, compress) => {
  const { client } = await live({ bytes: compress(TEXT), coding })
  await failure(client.downloadAsset('p', 'b', 'a'), DreamStorageResponseError)
  await failure(client.streamAsset('p', 'b', 'a'), DreamStorageResponseError)
})

test.each([0, 'gzip', null])('compression cannot be %j', (compression) => {
  const error = thrown(
    () => createWireClient({ baseUrl: 'http://dcs.test', compression }),
    DreamStorageInputError,
  )
  expect(error.message).toContain('compression')
})
