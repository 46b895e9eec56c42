import type { ServerResponse } from 'node:http'
import { describe, expect, test } from 'vitest'
import {
  type AssetStream,
  type ByteRange,
  type DreamCentralStorageClient,
  DreamStorageClosedError,
  DreamStorageForbiddenError,
  DreamStorageInputError,
  DreamStorageNetworkError,
  DreamStorageNotFoundError,
  DreamStorageRequestError,
  DreamStorageResponseError,
  DreamStorageServerError,
  DreamStorageTimeoutError,
  type Progress,
  type StreamAssetOptions,
} from '../../src/index.js'
import { html } from '../support/answers.js'
import { createClient, type TestOptions } from '../support/client.js'
import { failure, rejection } from '../support/failure.js'
import { json } from '../support/fake-service.js'
import { pass, settle } from '../support/fake-time.js'
import { down, fetchFailed, invalidToken, LiveBody } from '../support/faults.js'
import { begin, type FileServer, startFileServer } from '../support/file-server.js'
import { Moment, until } from '../support/moment.js'
import { collect } from '../support/process-events.js'
import { type Served, serve, serveInFakeTime } from '../support/serve.js'
import { startServer } from '../support/server.js'
import { type FileReply, noise, replyWith, type StoredFile, slice, tagged } from '../support/stored-file.js'
import { isBuiltIn } from '../support/transport.js'

const BYTES = noise(1_000)
const OF_2025: StoredFile = { bytes: BYTES }
const OF_2026 = tagged(BYTES)
const DIALECTS: ReadonlyArray<[dialect: string, file: StoredFile]> = [
  ['2025', OF_2025],
  ['2026', OF_2026],
]

function toResponse({ status, headers, bytes }: FileReply): Response {
  return new Response(Uint8Array.from(bytes), { status, headers })
}

/** An answer whose body the test gives. */
function toLive({ status, headers }: FileReply, { stream }: LiveBody): Response {
  return new Response(stream, { status, headers })
}

/** A service that answers the first request, the second and so on so; whoever asks for more gets the file. */
function serveFile(
  file: StoredFile,
  answers: ReadonlyArray<(range: string | null) => Response> = [],
  options: Partial<TestOptions> = {},
): Served & { ranges: Array<string | null> } {
  const ranges: Array<string | null> = []
  const served = serve(
    ({ request }) => {
      const range = request.headers.get('range')
      const answer = answers[ranges.push(range) - 1]
      return answer ? answer(range) : toResponse(replyWith(file, range))
    },
    { retry: { baseDelayMs: 1, maxDelayMs: 1 }, ...options },
  )
  return { ...served, ranges }
}

function open(client: DreamCentralStorageClient, options?: StreamAssetOptions): Promise<AssetStream> {
  return client.streamAsset('p', 'b', 'audio/1.mp3', options)
}

async function read({ body }: AssetStream): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** Reads until `count` bytes have come. */
async function readSome(reader: ReadableStreamDefaultReader<Uint8Array>, count: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for (let length = 0; length < count; ) {
    const { value } = await reader.read()
    if (!value) throw new Error(`ended after ${length} bytes`)
    chunks.push(value)
    length += value.byteLength
  }
  return Buffer.concat(chunks)
}

async function readRest(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for (let { value } = await reader.read(); value; { value } = await reader.read()) chunks.push(value)
  return Buffer.concat(chunks)
}

/** A body that brings `count` bytes, and then fails once they have been read. */
function breakAfter(reply: FileReply, count: number): () => Response {
  return () => {
    let hasSent = false
    const pull = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
      if (hasSent) controller.error(fetchFailed())
      else controller.enqueue(Uint8Array.from(reply.bytes.subarray(0, count)))
      hasSent = true
    }
    const { status, headers } = reply
    return new Response(new ReadableStream({ pull }, { highWaterMark: 0 }), { status, headers })
  }
}

/** The same, but the body just ends. */
function endAfter({ status, headers, bytes }: FileReply, count: number): () => Response {
  return () => new Response(Uint8Array.from(bytes.subarray(0, count)), { status, headers })
}

const WHOLE_2025 = replyWith(OF_2025, null)
const WHOLE_2026 = replyWith(OF_2026, null)

describe.each(DIALECTS)('a file of the service of %s', (dialect, file) => {
  test('is streamed byte by byte, with what is known of it', async () => {
    const { client, ranges } = serveFile(file)
    const stream = await open(client)
    const { body, ...facts } = stream
    expect(facts).toEqual({
      status: 200,
      size: 1_000,
      contentType: dialect === '2025' ? 'application/octet-stream' : 'audio/mpeg',
      fileName: '1.mp3',
      ...(dialect === '2026' && { etag: file.etag }),
    })
    expect(await read(stream)).toEqual(BYTES)
    expect(ranges).toEqual([null])
  })

  const RANGES: ReadonlyArray<[ByteRange, from: number, to: number]> = [
    [{ start: 0 }, 0, 999],
    [{ start: 0, end: 0 }, 0, 0],
    [{ start: 0, end: 999 }, 0, 999],
    [{ start: 100, end: 299 }, 100, 299],
    [{ start: 400 }, 400, 999],
    [{ start: 999, end: 999 }, 999, 999],
    [{ start: 900, end: 1_000 }, 900, 999],
    [{ start: 0, end: 5_000 }, 0, 999],
    [{ start: 999, end: Number.MAX_SAFE_INTEGER }, 999, 999],
  ]

  test.each(RANGES)('is given from %o as asked for, clamped to its end', async (range, from, to) => {
    const { client } = serveFile(file)
    const stream = await open(client, { range })
    expect(stream).toMatchObject({ status: 206, size: 1_000, range: { start: from, end: to } })
    expect(await read(stream)).toEqual(BYTES.subarray(from, to + 1))
  })

  test.each([{ start: 1_000 }, { start: 1_000, end: 1_000 }, { start: 5_000, end: 6_000 }])(
    'has nothing from %o on: a request error with status 416, and the connection is free',
    async (range) => {
      const { client } = serveFile(file, [], { maxConnections: 1 })
      const error = await failure(open(client, { range }), DreamStorageRequestError)
      expect(error).toMatchObject({ status: 416, detail: undefined })
      const what = `the range starts at ${range.start}, and the file ends after 1000 bytes`
      expect(error.message).toBe(`GET /storage/books/{publisher}/{book_name}/object: ${what}`)
      expect(await read(await open(client))).toEqual(BYTES)
    },
  )

  test.each([undefined, { start: 0 }, { start: 0, end: 0 }, { start: 0, end: 99 }])(
    'that is empty is an empty stream with status 200 for the range %o',
    async (range) => {
      const empty = dialect === '2025' ? { bytes: Buffer.alloc(0) } : tagged(Buffer.alloc(0))
      const { client } = serveFile(empty, [], { maxConnections: 1 })
      const seen: Progress[] = []
      const onProgress = (progress: Progress): void => void seen.push(progress)
      const stream = await open(client, { ...(range && { range }), onProgress })
      expect(stream).toMatchObject({ status: 200, size: 0 })
      expect(stream).not.toHaveProperty('range')
      expect(await read(stream)).toEqual(Buffer.alloc(0))
      expect(seen).toEqual([{ transferred: 0, total: 0 }])
      expect(await read(await open(client))).toEqual(Buffer.alloc(0))
    },
  )

  test('that is empty has nothing behind its start: a request error with status 416', async () => {
    const empty = dialect === '2025' ? { bytes: Buffer.alloc(0) } : tagged(Buffer.alloc(0))
    const { client } = serveFile(empty)
    const error = await failure(open(client, { range: { start: 1 } }), DreamStorageRequestError)
    expect(error.status).toBe(416)
  })

  test.each<[string, () => Response]>([
    ['a 503', () => down()],
    ['an answer that ends before the first byte', endAfter(replyWith(file, null), 0)],
    ['a body that breaks before the first byte', breakAfter(replyWith(file, null), 0)],
    ['a refused token', invalidToken],
  ])('is not disturbed by %s', async (_, answer) => {
    const { client, ranges } = serveFile(file, [answer])
    expect(await read(await open(client))).toEqual(BYTES)
    expect(ranges).toHaveLength(2)
  })

  test('that changes its size before the first byte came is never given with the wrong size', async () => {
    const { client, service } = serveFile(file, [endAfter(replyWith(file, null), 0)])
    const stream = await open(client)
    service.answer = () => toResponse(replyWith(tagged(noise(2_000, 2)), null))
    await failure(read(stream), DreamStorageResponseError)
  })
})

describe('a stream that breaks after some bytes', () => {
  test.each<[string, (reply: FileReply, count: number) => () => Response]>([
    ['breaks', breakAfter],
    ['ends short', endAfter],
  ])('is continued by a range when the body %s and the tag is the same', async (_, fault) => {
    const { client, ranges } = serveFile(OF_2026, [
      fault(WHOLE_2026, 300),
      (range) => fault(replyWith(OF_2026, range), 200)(),
    ])
    expect(await read(await open(client))).toEqual(BYTES)
    expect(ranges).toEqual([null, 'bytes=300-999', 'bytes=500-999'])
  })

  test('is continued within the range that was asked for', async () => {
    const { client, ranges } = serveFile(OF_2026, [breakAfter(slice(OF_2026, 100, 699), 250)])
    const stream = await open(client, { range: { start: 100, end: 699 } })
    expect(await read(stream)).toEqual(BYTES.subarray(100, 700))
    expect(ranges).toEqual(['bytes=100-699', 'bytes=350-699'])
  })

  test('is continued as often as it breaks, as long as bytes come in between', async () => {
    const { client, ranges } = serveFile(
      OF_2026,
      Array.from({ length: 40 }, () => (range: string | null) => breakAfter(replyWith(OF_2026, range), 20)()),
    )
    expect(await read(await open(client))).toEqual(BYTES)
    expect(ranges).toHaveLength(41)
  })

  test('fails after the retries when no more bytes come', async () => {
    const { client, ranges } = serveFile(
      OF_2026,
      [
        breakAfter(WHOLE_2026, 300),
        ...Array.from({ length: 20 }, () => breakAfter(slice(OF_2026, 300, 999), 0)),
      ],
      { circuitBreaker: false, retry: { maxRetries: 2, baseDelayMs: 1 } },
    )
    const reader = (await open(client)).body.getReader()
    expect(await readSome(reader, 300)).toEqual(BYTES.subarray(0, 300))
    await failure(reader.read(), DreamStorageNetworkError)
    expect(ranges).toEqual([null, 'bytes=300-999', 'bytes=300-999'])
  })

  test.each<[string, StoredFile]>([
    ['no tag', OF_2025],
    ['a weak tag', { bytes: BYTES, etag: 'W/"1"' }],
  ])('fails with a network error, without another request, when there is %s', async (_, file) => {
    const { client, ranges } = serveFile(file, [breakAfter(replyWith(file, null), 300)], {
      maxConnections: 1,
    })
    const reader = (await open(client)).body.getReader()
    expect(await readSome(reader, 300)).toEqual(BYTES.subarray(0, 300))
    const error = await failure(reader.read(), DreamStorageNetworkError)
    expect(error).toMatchObject({ method: 'GET', attempts: 1 })
    expect(ranges).toEqual([null])
    expect(await read(await open(client))).toEqual(BYTES)
  })

  const OTHER = tagged(noise(1_000, 2))
  test.each<[string, FileReply]>([
    ['the tag is another one', slice(OTHER, 300, 999)],
    ['the size is another one', slice({ bytes: noise(2_000), etag: OF_2026.etag ?? '' }, 300, 999)],
    ['the range is another one', slice(OF_2026, 299, 999)],
    [
      'the range goes further than asked for',
      slice({ bytes: noise(1_001), etag: OF_2026.etag ?? '' }, 300, 1_000),
    ],
    [
      'there is no tag any more',
      { ...slice(OF_2026, 300, 999), headers: { 'content-range': 'bytes 300-999/1000' } },
    ],
    ['the tag is only weakly the same', slice({ bytes: BYTES, etag: `W/${OF_2026.etag}` }, 300, 999)],
    ['there is no content-range', { ...slice(OF_2026, 300, 999), headers: { etag: OF_2026.etag ?? '' } }],
    ['the unit of the range is not bytes', unit(slice(OF_2026, 300, 999))],
  ])('fails with a response error, and no byte of it, when then %s', async (_, reply) => {
    const { client } = serveFile(OF_2026, [breakAfter(WHOLE_2026, 300), () => toResponse(reply)], {
      maxConnections: 1,
    })
    const reader = (await open(client)).body.getReader()
    expect(await readSome(reader, 300)).toEqual(BYTES.subarray(0, 300))
    await failure(reader.read(), DreamStorageResponseError)
    expect(await read(await open(client))).toEqual(BYTES)
  })

  test('skips what it has when the service then sends the whole file again', async () => {
    const { client, ranges } = serveFile(OF_2026, [breakAfter(WHOLE_2026, 300), () => toResponse(WHOLE_2026)])
    expect(await read(await open(client))).toEqual(BYTES)
    expect(ranges).toHaveLength(2)
  })

  test('is a response error when the file has become shorter than what was read', async () => {
    const { client } = serveFile(tagged(noise(100)), [breakAfter(WHOLE_2026, 300)])
    const reader = (await open(client)).body.getReader()
    await readSome(reader, 300)
    await failure(reader.read(), DreamStorageResponseError)
  })

  test.each<
    [
      string,
      () => Response,
      typeof DreamStorageServerError | typeof DreamStorageNotFoundError | typeof DreamStorageForbiddenError,
    ]
  >([
    ['server', () => down(500), DreamStorageServerError],
    ['not-found', () => json({ detail: 'File not found' }, 404), DreamStorageNotFoundError],
    ['forbidden', () => json({ detail: 'no' }, 403), DreamStorageForbiddenError],
  ])('fails with the %s error that the continuation gets', async (_, answer, Class) => {
    const { client } = serveFile(
      OF_2026,
      [breakAfter(WHOLE_2026, 300), ...Array.from({ length: 9 }, () => answer)],
      { circuitBreaker: false },
    )
    const reader = (await open(client)).body.getReader()
    await readSome(reader, 300)
    await failure(reader.read(), Class)
  })

  test('logs in again when the token was revoked meanwhile', async () => {
    const { client, service } = serveFile(OF_2026, [breakAfter(WHOLE_2026, 300), invalidToken])
    expect(await read(await open(client))).toEqual(BYTES)
    expect(service.count('POST /auth/login')).toBe(2)
  })
})

function unit(reply: FileReply): FileReply {
  const headers = { ...reply.headers, 'content-range': 'items 300-999/1000' }
  return { ...reply, headers }
}

describe('a 206', () => {
  test.each<[string, ByteRange | undefined, FileReply]>([
    ['of another start', { start: 100, end: 199 }, slice(OF_2026, 101, 199)],
    ['of another end', { start: 100, end: 199 }, slice(OF_2026, 100, 200)],
    ['that is shorter than asked for and than the file', { start: 100, end: 199 }, slice(OF_2026, 100, 149)],
    ['that does not go to the end of the file', { start: 100 }, slice(OF_2026, 100, 149)],
    ['that nobody asked for and that is not the whole file', undefined, slice(OF_2026, 0, 149)],
    ['without a content-range', { start: 100, end: 199 }, { ...slice(OF_2026, 100, 199), headers: {} }],
  ])('%s is a response error, and the connection is free', async (_, range, reply) => {
    const { client } = serveFile(OF_2026, [() => toResponse(reply)], { maxConnections: 1 })
    const error = await failure(open(client, range && { range }).then(read), DreamStorageResponseError)
    expect(error.method).toBe('GET')
    expect(await read(await open(client))).toEqual(BYTES)
  })

  test('for an end past the file may be clamped by the service itself', async () => {
    const { client } = serveFile(OF_2026, [() => toResponse(slice(OF_2026, 900, 999))])
    const stream = await open(client, { range: { start: 900, end: 2_000 } })
    expect(stream).toMatchObject({ status: 206, size: 1_000, range: { start: 900, end: 999 } })
    expect(await read(stream)).toEqual(BYTES.subarray(900))
  })

  test('of a file whose size nobody knows has no size', async () => {
    const reply = slice(OF_2026, 100, 199)
    const headers = { ...reply.headers, 'content-range': 'bytes 100-199/*' }
    const { client } = serveFile(OF_2026, [() => toResponse({ ...reply, headers })])
    const stream = await open(client, { range: { start: 100, end: 199 } })
    expect(stream).toMatchObject({ status: 206, range: { start: 100, end: 199 } })
    expect(stream).not.toHaveProperty('size')
    expect(await read(stream)).toEqual(BYTES.subarray(100, 200))
  })
})

describe('a stream', () => {
  test.each([
    { start: -1 },
    { start: 1.5 },
    { start: Number.NaN },
    { start: Number.POSITIVE_INFINITY },
    { start: '0' },
    { start: 0, end: -1 },
    { start: 10, end: 9 },
    { start: 0, end: 1.5 },
    { start: 0, end: null },
    { end: 10 },
    {},
    'bytes=0-1',
    null,
    7,
  ])('of the range %o is an input error, and nothing is sent', async (range) => {
    const { client, service } = serveFile(OF_2026)
    await failure(open(client, { range } as StreamAssetOptions), DreamStorageInputError)
    expect(service.seen).toEqual([])
  })

  test.each<[string, object]>([
    ['an unknown option', { ranges: {} }],
    ['a cache mode', { cache: 'reload' }],
    ['a listener that is no function', { onProgress: 'yes' }],
    ['a signal that is none', { signal: {} }],
    ['a timeout of 0', { timeoutMs: 0 }],
  ])('with %s is an input error, and nothing is sent', async (_, options) => {
    const { client, service } = serveFile(OF_2026)
    await failure(open(client, options), DreamStorageInputError)
    expect(service.seen).toEqual([])
  })

  test('of a server that refuses a range that nobody asked for is a request error, and asks once', async () => {
    const headers = { 'content-range': 'bytes */0' }
    let asked = 0
    const { client } = serve(() => new Response(null, { status: ++asked > 9 ? 404 : 416, headers }))
    const error = await failure(open(client), DreamStorageRequestError)
    expect([error.status, asked]).toEqual([416, 1])
  })

  test('of a path that leaves the book is an input error, and nothing is sent', async () => {
    const { client, service } = serveFile(OF_2026)
    await failure(client.streamAsset('p', 'b', '../a'), DreamStorageInputError)
    await failure(client.streamAsset('..', 'b', 'a'), DreamStorageInputError)
    expect(service.seen).toEqual([])
  })

  test('of a file that is not there rejects with a not-found error', async () => {
    const { client } = serveFile(OF_2026, [() => json({ detail: 'File not found' }, 404)])
    await failure(open(client), DreamStorageNotFoundError)
  })

  test('tells when the file was changed, if that is a date', async () => {
    const at = 'Tue, 04 Nov 2025 10:00:00 GMT'
    const withDate = (value: string) => () =>
      toResponse({ ...WHOLE_2026, headers: { ...WHOLE_2026.headers, 'last-modified': value } })
    const { client } = serveFile(OF_2026, [withDate(at), withDate('yesterday')])
    expect((await open(client)).lastModified).toEqual(new Date(at))
    expect(await open(client)).not.toHaveProperty('lastModified')
  })

  test('of unknown length ends where the body ends', async () => {
    const { 'content-length': _, ...headers } = WHOLE_2025.headers
    const { client } = serveFile(OF_2025, [() => toResponse({ ...WHOLE_2025, headers })])
    const seen: Progress[] = []
    const stream = await open(client, { onProgress: (progress) => seen.push(progress) })
    expect(stream).not.toHaveProperty('size')
    expect(await read(stream)).toEqual(BYTES)
    expect(seen.at(-1)).toEqual({ transferred: 1_000 })
  })

  test('ends with the client’s closed error when the client is closed', async () => {
    const body = new LiveBody()
    const { client } = serveFile(OF_2026, [() => toLive(WHOLE_2026, body)])
    const reader = (await open(client)).body.getReader()
    const next = reader.read()
    await client.close()
    await failure(next, DreamStorageClosedError)
    expect(body.cancelled).toBe(true)
  })

  test('whose listener throws frees its connection', async () => {
    const fault = new Error('listener')
    const onProgress = (): never => {
      throw fault
    }
    const body = new LiveBody()
    const { client } = serveFile(OF_2026, [() => toLive(WHOLE_2026, body)], {
      maxConnections: 1,
      timeouts: { queueMs: 1_000 },
    })
    const reader = (await open(client, { onProgress })).body.getReader()
    body.send('x')
    expect(await rejection(reader.read())).toBe(fault)
    expect(await read(await open(client))).toEqual(BYTES)
  })

  test('obeys a signal that was aborted before', async () => {
    const { client, service } = serveFile(OF_2026)
    const reason = new Error('no')
    expect(await rejection(open(client, { signal: AbortSignal.abort(reason) }))).toBe(reason)
    expect(service.seen).toEqual([])
  })
})

describe('in time', () => {
  const live = (file: StoredFile, body: LiveBody, options: Partial<TestOptions> = {}) =>
    serveInFakeTime(({ request }) => toLive(replyWith(file, request.headers.get('range')), body), {
      retry: { maxRetries: 0 },
      timeouts: { downloadMs: 1_000 },
      ...options,
    })

  test('silence longer than downloadMs is a timeout in the body', async () => {
    const body = new LiveBody()
    const { client } = live(OF_2025, body)
    const reader = (await open(client)).body.getReader()
    body.send('abc')
    await reader.read()
    const next = failure(reader.read(), DreamStorageTimeoutError)
    await pass(999)
    expect(body.cancelled).toBe(false)
    await pass(2)
    expect((await next).phase).toBe('body')
    expect(body.cancelled).toBe(true)
  })

  test('the consumer’s own pauses are no silence, as long as they are shorter than consumerMs', async () => {
    const body = new LiveBody()
    const { client } = live({ bytes: BYTES.subarray(0, 6) }, body)
    const reader = (await open(client)).body.getReader()
    body.send('abc')
    expect(await readSome(reader, 3)).toEqual(Buffer.from('abc'))
    await pass(59_000)
    body.send('def')
    body.end()
    expect(await readRest(reader)).toEqual(Buffer.from('def'))
  })

  test('a file may take as long as it takes while bytes come', async () => {
    const body = new LiveBody()
    const { client } = live({ bytes: BYTES.subarray(0, 100) }, body)
    const reading = open(client).then(read)
    for (let second = 0; second < 100; second++) {
      await pass(900)
      body.send('x')
    }
    body.end()
    await settle()
    expect(await reading).toEqual(Buffer.from('x'.repeat(100)))
  })

  test('silence is continued from where it began, with the same tag', async () => {
    const body = new LiveBody()
    const served = serveInFakeTime(undefined, {
      retry: { baseDelayMs: 1_000 },
      timeouts: { downloadMs: 1_000 },
    })
    const ranges: Array<string | null> = []
    served.service.answer = ({ request }) => {
      const range = request.headers.get('range')
      ranges.push(range)
      return range ? toResponse(replyWith(OF_2026, range)) : toLive(WHOLE_2026, body)
    }
    const reader = (await open(served.client)).body.getReader()
    body.send('abc')
    await readSome(reader, 3)
    const rest = readRest(reader)
    await pass(1_999)
    expect(ranges).toEqual([null])
    await pass(2)
    expect(ranges).toEqual([null, 'bytes=3-999'])
    expect(await rest).toEqual(BYTES.subarray(3))
  })

  test('the deadline of the call ends the body too', async () => {
    const body = new LiveBody()
    const { client } = live(OF_2026, body, { timeouts: { downloadMs: 60_000 } })
    const reader = (await open(client, { timeoutMs: 5_000 })).body.getReader()
    const next = failure(reader.read(), DreamStorageTimeoutError)
    await pass(5_000)
    expect((await next).phase).toBe('deadline')
    expect(body.cancelled).toBe(true)
  })

  test('a cancel while a continuation waits sends nothing more', async () => {
    const body = new LiveBody()
    const { client, service } = live(OF_2026, body, { retry: { maxRetries: 3 } })
    const { body: stream } = await open(client)
    const reader = stream.getReader()
    body.send('abc')
    await readSome(reader, 3)
    body.fail(fetchFailed())
    reader.read().catch(() => {})
    await settle()
    await reader.cancel()
    await pass(60_000)
    expect(service.count('GET /storage')).toBe(1)
  })

  test('progress is told at most every 100 ms, and once at the end', async () => {
    const body = new LiveBody()
    const { client } = live({ bytes: BYTES.subarray(0, 50) }, body)
    const seen: Array<Progress & { at: number }> = []
    const startedAt = performance.now()
    const onProgress = (progress: Progress): void =>
      void seen.push({ ...progress, at: performance.now() - startedAt })
    const reading = open(client, { onProgress }).then(read)
    await settle()
    for (let sent = 0; sent < 50; sent++) {
      body.send('x')
      await pass(10)
    }
    await reading
    expect(seen).toEqual([
      { transferred: 1, total: 50, at: 0 },
      { transferred: 11, total: 50, at: 100 },
      { transferred: 21, total: 50, at: 200 },
      { transferred: 31, total: 50, at: 300 },
      { transferred: 41, total: 50, at: 400 },
      { transferred: 50, total: 50, at: 490 },
    ])
  })

  test('progress of a range counts the bytes of the range', async () => {
    const { client } = serveFile(OF_2025)
    const seen: Progress[] = []
    const onProgress = (progress: Progress): void => void seen.push(progress)
    await read(await open(client, { range: { start: 100, end: 149 }, onProgress }))
    expect(seen.at(-1)).toEqual({ transferred: 50, total: 50 })
  })
})

describe('over sockets', () => {
  const BIG = tagged(noise(4_000_000))
  const FILES = { big: BIG, small: OF_2026 }

  /** A client with one connection, of a server whose big file stays open after its first bytes. */
  async function openBig(
    options: StreamAssetOptions = {},
  ): Promise<{ server: FileServer; client: DreamCentralStorageClient; stream: AssetStream }> {
    const server = await startFileServer(FILES, ({ path, range }, response) => {
      if (path !== 'big') return false
      begin(response, replyWith(BIG, range), 1_000)
      return true
    })
    const client = createClient({ baseUrl: server.url, token: 'key', maxConnections: 1 })
    return { server, client, stream: await client.streamAsset('p', 'b', 'big', options) }
  }

  /** That another call gets a connection, and of those that are the client's only one is open at last. */
  async function expectFree(server: FileServer, client: DreamCentralStorageClient): Promise<void> {
    expect(await read(await client.streamAsset('p', 'b', 'small'))).toEqual(BYTES)
    if (!isBuiltIn) return
    await until(() => server.sockets.open.size === 1)
    expect(server.sockets.made).toBe(2)
  }

  test('a cancel frees the connection at once', async () => {
    const unhandled = collect('unhandledRejection')
    const { server, client, stream } = await openBig()
    await stream.body.cancel()
    await expectFree(server, client)
    expect(unhandled).toEqual([])
  })

  test('a cancel in the middle of a read frees the connection at once', async () => {
    const unhandled = collect('unhandledRejection')
    const { server, client, stream } = await openBig()
    const reader = stream.body.getReader()
    await readSome(reader, 1_000)
    const next = reader.read()
    await reader.cancel('enough')
    expect(await next).toEqual({ done: true, value: undefined })
    await expectFree(server, client)
    expect(unhandled).toEqual([])
  })

  test('a break out of the loop frees the connection at once', async () => {
    const { server, client, stream } = await openBig()
    for await (const chunk of stream.body) {
      expect(chunk.byteLength).toBeGreaterThan(0)
      break
    }
    await expectFree(server, client)
  })

  test('an abort ends the stream with its own reason and frees the connection at once', async () => {
    const unhandled = collect('unhandledRejection')
    const controller = new AbortController()
    const { server, client, stream } = await openBig({ signal: controller.signal })
    const reader = stream.body.getReader()
    await readSome(reader, 1_000)
    const next = reader.read()
    const reason = new Error('enough')
    controller.abort(reason)
    expect(await rejection(next)).toBe(reason)
    await expectFree(server, client)
    expect(unhandled).toEqual([])
  })

  test('an abort frees the connection of a stream that nobody reads', async () => {
    const unhandled = collect('unhandledRejection')
    const controller = new AbortController()
    const { server, client, stream } = await openBig({ signal: controller.signal })
    const reason = new Error('enough')
    controller.abort(reason)
    await expectFree(server, client)
    expect(await rejection(stream.body.getReader().read())).toBe(reason)
    expect(unhandled).toEqual([])
  })

  test('a range that the service does not cut frees the connection at its end', async () => {
    const server = await startFileServer({ big: { bytes: BIG.bytes }, small: OF_2026 })
    const client = createClient({ baseUrl: server.url, token: 'key', maxConnections: 1 })
    const stream = await client.streamAsset('p', 'b', 'big', { range: { start: 10, end: 19 } })
    expect(await read(stream)).toEqual(BIG.bytes.subarray(10, 20))
    expect(await read(await client.streamAsset('p', 'b', 'small'))).toEqual(BYTES)
  })

  test('a server is not drained while nobody reads', async () => {
    const size = 64_000_000
    const chunk = noise(100_000)
    let sent = 0
    const full = new Moment()
    const server = await startServer((_, response) => {
      response.writeHead(200, { 'content-length': size })
      const more = (): void => {
        while (sent < size) {
          sent += chunk.byteLength
          if (!response.write(chunk)) {
            response.once('drain', more)
            return
          }
        }
        response.end()
        full.happen()
      }
      more()
    })
    const client = createClient({ baseUrl: server.url, token: 'key' })
    const stream = await client.streamAsset('p', 'b', 'a')
    // Until the buffers between are full: nothing has moved for many turns of the loop.
    for (let before = -1, still = 0; still < 2_000; before = sent) {
      await new Promise(setImmediate)
      still = before === sent ? still + 1 : 0
    }
    expect(sent).toBeLessThan(size / 2)
    const whole = await read(stream)
    await full.passed
    expect(whole.byteLength).toBe(size)
  })

  test.each<[string, (response: ServerResponse) => void]>([
    ['is reset', (response) => response.socket?.resetAndDestroy()],
    ['is closed', (response) => response.socket?.end()],
  ])('a connection that %s in mid-body is continued: one unbroken stream', async (_, fault) => {
    const broken = new Moment()
    const server = await startFileServer(FILES, ({ range, index }, response) => {
      if (index > 0) return false
      begin(response, replyWith(BIG, range), 100_000)
      void broken.passed.then(() => fault(response))
      return true
    })
    const client = createClient({ baseUrl: server.url, token: 'key' })
    const stream = await client.streamAsset('p', 'b', 'big')
    const reader = stream.body.getReader()
    const first = await readSome(reader, 100_000)
    broken.happen()
    const rest = await readRest(reader)
    expect(Buffer.concat([first, rest]).equals(BIG.bytes)).toBe(true)
    expect(server.asked.map(({ range }) => range)).toEqual([undefined, 'bytes=100000-3999999'])
  })

  test('a body that ends short is a network error where it cannot be continued', async () => {
    const broken = new Moment()
    const server = await startFileServer({}, (_, response) => {
      begin(response, WHOLE_2025, 400)
      void broken.passed.then(() => response.socket?.end())
      return true
    })
    const client = createClient({ baseUrl: server.url, token: 'key' })
    const reader = (await client.streamAsset('p', 'b', 'a')).body.getReader()
    expect(await readSome(reader, 400)).toEqual(BYTES.subarray(0, 400))
    broken.happen()
    const error = await failure(reader.read(), DreamStorageNetworkError)
    expect(error.code).toBe('ERR_DREAM_STORAGE_NETWORK')
    expect(server.asked).toHaveLength(1)
  })

  test('an HTML page for a missing file is a not-found error', async () => {
    const { client } = serveFile(OF_2026, [() => html(404)])
    await failure(open(client), DreamStorageNotFoundError)
  })
})
