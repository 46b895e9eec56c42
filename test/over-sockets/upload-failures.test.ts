import { truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import {
  DreamStorageAuthError,
  type DreamStorageError,
  DreamStorageFileError,
  DreamStorageInputError,
  DreamStorageNetworkError,
  DreamStorageRateLimitError,
  DreamStorageRequestError,
  DreamStorageResponseError,
  DreamStorageServerError,
  DreamStorageTimeoutError,
  type UploadFile,
} from '../../src/index.js'
import { testBuiltIn } from '../support/built-in.js'
import { createClient, type TestOptions } from '../support/client.js'
import { failure, rejection } from '../support/failure.js'
import { fakeTime, pass } from '../support/fake-time.js'
import { tempFolder } from '../support/folder.js'
import { until } from '../support/moment.js'
import { startRawServer } from '../support/raw-server.js'
import { json } from '../support/server.js'
import { type Answer, CREATED, startUploadServer, zip } from '../support/upload-server.js'

/** More than the buffers of the system hold. */
const LARGE = zip(24_000_000)
const SMALL = zip(100)
const file = new File([SMALL], 'B.zip')
const large = new File([LARGE], 'B.zip')
const streamed = (): UploadFile => ({ stream: Readable.from([SMALL]), size: SMALL.length, fileName: 'B.zip' })

async function setUp(answer?: Answer, options: Partial<TestOptions> = { token: 'key' }) {
  const server = await startUploadServer(answer)
  return { server, client: createClient({ baseUrl: server.url, ...options }) }
}

/** Reads the body, then answers. */
async function answering(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
  options?: Partial<TestOptions>,
) {
  const world = await setUp(async (request, response) => {
    await world.server.receive(request)
    json(response, status, body, headers)
  }, options)
  return world
}

describe('a stream that is not of its size is an InputError that drops the connection', () => {
  test.each<[string, number, RegExp]>([
    ['shorter', LARGE.length + 1, /the stream of 24000001 bytes ended after 24000000/],
    ['longer', LARGE.length - 1, /the stream yields more than its 23999999 bytes/],
  ])('%s', async (_, size, message) => {
    const { server, client } = await setUp()
    const chunks = [LARGE.subarray(0, 1_000_000), LARGE.subarray(1_000_000)]
    const stream = Readable.from(chunks)
    const call = client.uploadBook({ stream, size, fileName: 'B.zip' })
    expect((await failure(call, DreamStorageInputError)).message).toMatch(message)
    await until(() => server.sockets.open.size === 0)
    expect(server.arrived).toHaveLength(0)
    expect(stream.destroyed).toBe(true)
    expect(client.stats().circuits.catalogue).toBe('closed')
    expect(client.stats().connections).toEqual({ active: 0, queued: 0, files: 0 })
  })
})

test('a stream that fails, or yields no bytes, in the middle is an InputError with its cause', async () => {
  const { server, client } = await setUp()
  const fault = new Error('disk')
  const failing = async function* (last: unknown) {
    yield SMALL
    if (last instanceof Error) throw last
    yield last
  }
  const size = 10_000
  const first = { stream: Readable.from(failing(fault)), size, fileName: 'B.zip' }
  const error = await failure(client.uploadBookContent(1, first), DreamStorageInputError)
  expect(error.cause).toBe(fault)
  expect(error.message).not.toContain('emptied')
  const second = { stream: Readable.from(failing('text')), size, fileName: 'B.zip' }
  await failure(client.uploadBook(second), DreamStorageInputError)
  await until(() => server.sockets.open.size === 0)
})

test('a file that changes while it is sent is a FileError that drops the connection', async () => {
  const path = join(await tempFolder(), 'B.zip')
  await writeFile(path, LARGE)
  const { server, client } = await setUp(async (request) => {
    await truncate(path, 1_000)
    request.resume()
  })
  const error = await failure(client.uploadBook(path), DreamStorageFileError)
  expect(error.message).toContain('the file changed while it was sent')
  await until(() => server.sockets.open.size === 0)
})

describe('a refusal', () => {
  test('409 has the detail of the service, and says nothing of an emptied book', async () => {
    const detail = { message: "Book 'B' already exists", code: 'BOOK_EXISTS', publisher: 'P', book_name: 'B' }
    const { client } = await answering(409, { detail })
    const error = await failure(client.uploadBook(file, { override: true }), DreamStorageRequestError)
    expect(error).toMatchObject({ status: 409, detail })
    expect(error.message).toContain('already exists')
    expect(error.message).not.toContain('emptied')
  })

  const TOO_LARGE = [
    'HTTP/1.1 413 Request Entity Too Large',
    'content-type: text/html',
    'content-length: 41',
    'connection: close',
    '',
    '<html><h1>413 Request Too Large</h1></html>'.slice(0, 41),
  ].join('\r\n')

  /** Uploads a large file to a server that answers before it has read it. */
  async function refuseEarly(answer: Answer): Promise<void> {
    const { server, client } = await setUp(answer)
    const path = join(await tempFolder(), 'B.zip')
    await writeFile(path, LARGE)
    expect(await failure(client.uploadBook(path), DreamStorageRequestError)).toMatchObject({ status: 413 })
    await until(() => server.sockets.open.size === 0)
    expect(client.stats().connections.active).toBe(0)
  }

  test('413 of nginx, before the end of the request, is a RequestError, and ends the request', async () => {
    // nginx throws away what still arrives.
    await refuseEarly((request) => void request.resume().socket.write(TOO_LARGE))
  })

  testBuiltIn('413 of a server that closes its connection at once is read too', async () => {
    // Each of them is a race of the answer with the next piece.
    for (let round = 0; round < 20; round++) {
      await refuseEarly((request, response) => {
        request.pause()
        response.writeHead(413, { connection: 'close' }).end('too large')
      })
    }
  })

  test('an early answer ends the request: nobody sends the rest', async () => {
    let answered = false
    const server = await startRawServer((socket) => {
      socket.pause()
      if (!answered) socket.write('HTTP/1.1 401 Unauthorized\r\ncontent-length: 2\r\n\r\n{}')
      answered = true
    })
    const client = createClient({ baseUrl: `http://127.0.0.1:${server.port}`, token: 'key' })
    await failure(client.uploadBook(large), DreamStorageAuthError)
    const [socket] = server.sockets
    // A paused socket is not told of the end.
    socket?.removeAllListeners('data').resume()
    await until(() => socket?.destroyed === true)
    expect(socket?.bytesRead).toBeLessThan(LARGE.length)
    expect(client.stats().connections.active).toBe(0)
  })
})

describe('an upload is not repeated', () => {
  test.each([500, 502, 503, 408])('after %i', async (status) => {
    const { server, client } = await answering(status, { detail: 'Failed to upload book archive' })
    const error = (await rejection(client.uploadBook(file))) as DreamStorageError
    expect(error.status).toBe(status)
    expect(server.count('POST')).toBe(1)
  })

  test('after a lost connection', async () => {
    const { server, client } = await setUp((request) => void request.socket.destroy())
    await failure(client.uploadBook(file), DreamStorageNetworkError)
    expect(server.count('POST')).toBe(1)
  })

  test('after 429 or 401 if it is a stream', async () => {
    const limited = await answering(429, {}, { 'retry-after': '0' })
    await failure(limited.client.uploadBook(streamed()), DreamStorageRateLimitError)
    expect(limited.server.count('POST')).toBe(1)
    const refused = await answering(401, { detail: 'Invalid token' }, {}, {})
    await failure(refused.client.uploadBook(streamed()), DreamStorageAuthError)
    expect(refused.server.count('POST /books')).toBe(1)
  })
})

describe('an upload of a path or a Blob is sent again, whole,', () => {
  const path = async (): Promise<string> => {
    const name = join(await tempFolder(), 'B.zip')
    await writeFile(name, SMALL)
    return name
  }
  test.each<[string, number]>([
    ['after 429', 429],
    ['once, after 401 with a new token', 401],
  ])('%s', async (_, status) => {
    for (const each of [file, await path()]) {
      const world = await setUp(async (request, response, index) => {
        await world.server.receive(request)
        if (index === 0) json(response, status, {}, { 'retry-after': '0' })
        else json(response, 201, CREATED)
      }, {})
      expect(await world.client.uploadBook(each)).toEqual(CREATED)
      const { arrived } = world.server
      expect(arrived.map(({ bytes }) => bytes.equals(SMALL))).toEqual([true, true])
      const bearers = new Set(arrived.map(({ headers }) => headers.authorization))
      expect(bearers.size).toBe(status === 401 ? 2 : 1)
    }
  })
})

describe('a failure that may have emptied the book says so, and keeps its class', () => {
  const hint = /; a service of 2026 may have emptied the book before it failed: upload the content again$/

  test.each<[string, number, new (...args: never[]) => DreamStorageError]>([
    ['a ZIP that is none', 400, DreamStorageRequestError],
    ['a failure of the storage', 502, DreamStorageServerError],
  ])('%s', async (_, status, Class) => {
    const { client } = await answering(status, { detail: 'Uploaded file is not a valid ZIP archive' })
    const error = await failure(client.uploadBookContent(7, file), Class as never)
    expect(error).toMatchObject({ status, message: expect.stringMatching(hint) })
    expect((error as Error).stack).toContain('may have emptied')
    const replaced = await failure(client.uploadBook(file, { override: true }), Class as never)
    expect((replaced as Error).message).toMatch(hint)
    const added = await failure(client.uploadBook(file), Class as never)
    expect((added as Error).message).not.toMatch(hint)
  })

  test('a lost connection, after bytes were sent', async () => {
    const { client } = await setUp((request) => void request.once('data', () => request.socket.destroy()))
    const error = await failure(client.uploadBookContent(7, large), DreamStorageNetworkError)
    expect(error.message).toMatch(hint)
  })

  test('not before: the login has failed', async () => {
    const { client } = await setUp(undefined, { apiKey: 'key', email: undefined, password: undefined })
    const error = await failure(client.uploadTeacherMaterial('t', file), DreamStorageAuthError)
    expect(error.message).not.toMatch(hint)
    expect(error.message).toContain('an API key is not accepted here')
  })
})

describe('the cache', () => {
  async function readsAfter(status: number): Promise<number> {
    const { server, client } = await answering(status, status < 300 ? CREATED : { detail: 'x' })
    await client.getBooks()
    await client.uploadBookContent(7, file).catch(() => {})
    await client.getBooks()
    return server.count('GET')
  }

  test.each([201, 500, 400])('forgets what an upload with %i may have changed', async (status) => {
    expect(await readsAfter(status)).toBe(2)
  })

  test.each([403, 409, 422])('keeps what an upload with %i has not changed', async (status) => {
    expect(await readsAfter(status)).toBe(1)
  })
})

test('a success whose book is no book is a ResponseError', async () => {
  const { client } = await answering(201, { book: { id: 1 }, files: [] })
  await failure(client.uploadBook(file), DreamStorageResponseError)
})

describe('time limits', () => {
  const timeouts = { downloadMs: 1_000, uploadAnswerMs: 5_000, requestMs: 100 }

  test('no byte accepted for downloadMs ends in the phase send', async () => {
    fakeTime()
    const { server, client } = await setUp((request) => void request.pause(), { token: 'key', timeouts })
    const call = failure(client.uploadBook(large), DreamStorageTimeoutError)
    let isOver = false
    void call.then(() => {
      isOver = true
    })
    await until(() => server.count('POST') === 1)
    // Until the buffers of the system are full, there is progress.
    while (!isOver) await pass(1_100)
    expect(await call).toMatchObject({ phase: 'send' })
    await until(() => client.stats().connections.active === 0)
  })

  test('the answer has uploadAnswerMs, in the phase headers', async () => {
    fakeTime()
    const { server, client } = await setUp((request) => server.receive(request), { token: 'key', timeouts })
    let isOver = false
    const call = failure(client.uploadBook(file), DreamStorageTimeoutError).finally(() => {
      isOver = true
    })
    await until(() => server.arrived.length === 1)
    await pass(4_900)
    expect(isOver).toBe(false)
    await pass(200)
    expect(await call).toMatchObject({ phase: 'headers' })
  })
})

describe('the token of an upload', () => {
  const bearers = async (waitMs: number): Promise<Array<string | undefined>> => {
    fakeTime()
    const { server, client } = await setUp(undefined, {})
    await client.uploadBook(file)
    await pass(waitMs)
    await client.uploadBook(file)
    return server.arrived.map(({ headers }) => headers.authorization)
  }

  test('is renewed before it begins, if half of its life is over', async () => {
    expect(new Set(await bearers(901_000)).size).toBe(2)
  })

  test('is kept before that', async () => {
    expect(new Set(await bearers(890_000)).size).toBe(1)
  })
})

describe('a listener for progress that fails ends the call with its reason', () => {
  const fault = new Error('listener')
  test.each<[string, () => void | Promise<void>]>([
    [
      'throws',
      () => {
        throw fault
      },
    ],
    ['rejects', () => Promise.reject(fault)],
  ])('%s', async (_, onProgress) => {
    const { server, client } = await setUp()
    expect(await rejection(client.uploadBook(large, { onProgress }))).toBe(fault)
    await until(() => server.sockets.open.size === 0)
  })
})
