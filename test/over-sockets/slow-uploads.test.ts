import type { Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { DreamStorageTimeoutError } from '../../src/index.js'
import { createClient } from '../support/client.js'
import { failure } from '../support/failure.js'
import { fakeTime, pass, settle } from '../support/fake-time.js'
import { Moment, until } from '../support/moment.js'
import { startRawServer } from '../support/raw-server.js'
import { isBuiltIn } from '../support/transport.js'

/** More than the buffers of the system hold. */
const BYTES = 24_000_000
const STEP = 1_000_000
const REQUEST_MS = 1_000

function stream(): ReadableStream<Uint8Array> {
  let left = BYTES
  return new ReadableStream({
    pull: (controller) => {
      const size = Math.min(left, 65_536)
      if (size > 0) controller.enqueue(new Uint8Array(size))
      else controller.close()
      left -= size
    },
  })
}

function form(): FormData {
  const data = new FormData()
  data.set('file', new Blob([new Uint8Array(BYTES)]), 'a.zip')
  return data
}

const BODIES: Array<[string, () => unknown]> = [
  ['a stream', stream],
  ['a Blob', () => new Blob([new Uint8Array(BYTES)])],
  ['an ArrayBuffer', () => new ArrayBuffer(BYTES)],
  ['a view of bytes', () => new Uint8Array(BYTES)],
  ['a form', form],
  ['a text', () => 'x'.repeat(BYTES)],
]

/** Waits until the buffers of the system are full: there are more turns of the event loop than pieces of a body. */
async function full(): Promise<void> {
  for (let turn = 0; turn < 1_000; turn++) await new Promise(setImmediate)
}

/** A server that reads no more of an upload than the test allows. */
class SlowServer {
  readonly arrived = new Moment()
  socket: Socket | undefined
  #allowed = 0

  readonly onPiece = (socket: Socket): void => {
    this.socket = socket
    this.arrived.happen()
    if (socket.bytesRead >= this.#allowed) socket.pause()
  }

  async read(bytes: number): Promise<void> {
    this.#allowed += bytes
    this.socket?.resume()
    await until(() => (this.socket?.bytesRead ?? 0) >= this.#allowed)
    await settle()
  }

  async readAll(): Promise<void> {
    this.#allowed = Number.POSITIVE_INFINITY
    this.socket?.resume()
    await until(() => (this.socket?.bytesRead ?? 0) >= BYTES)
    await settle()
  }

  answer(): void {
    this.socket?.write(
      'HTTP/1.1 201 Created\r\ncontent-length: 2\r\ncontent-type: application/json\r\n\r\n{}',
    )
  }
}

async function upload(body: unknown): Promise<{ server: SlowServer; status: Promise<number> }> {
  fakeTime()
  const server = new SlowServer()
  const { port } = await startRawServer(server.onPiece)
  const baseUrl = `http://127.0.0.1:${port}`
  const client = createClient({
    baseUrl,
    token: 'key',
    timeouts: { requestMs: REQUEST_MS, downloadMs: REQUEST_MS, uploadAnswerMs: REQUEST_MS },
  })
  const init = { body: { file: new Blob([]) }, bodySerializer: () => body, duplex: 'half' } as const
  const status = client.api.POST('/books/upload', init).then(({ response }) => response.status)
  status.catch(() => {})
  await server.arrived.passed
  return { server, status }
}

describe.each(BODIES)('an upload of %s', (_, body) => {
  test('that moves is not cut by requestMs', async () => {
    const { server, status } = await upload(body())
    for (let step = 0; step < 20; step++) {
      await pass(REQUEST_MS * 0.15)
      await server.read(STEP)
    }
    await server.readAll()
    server.answer()
    expect(await status).toBe(201)
  })

  test('of which nothing more goes out for requestMs ends in the phase send', async () => {
    const { server, status } = await upload(body())
    await server.read(STEP)
    await full()
    await pass(REQUEST_MS * 0.5)
    await server.read(STEP)
    await full()
    await pass(REQUEST_MS * 1.2)
    const error = await failure(status, DreamStorageTimeoutError)
    expect(error).toMatchObject({ phase: 'send', attempts: 1 })
    expect(error.message).toContain('no more of the request was sent within 1000 ms')
    // A paused socket is not told of the end.
    server.socket?.removeAllListeners('data').resume()
    await until(() => server.socket?.destroyed === true)
  })

  test('that has been sent has requestMs for its response, in the phase headers', async () => {
    const { server, status } = await upload(body())
    await pass(REQUEST_MS * 0.9)
    await server.readAll()
    await pass(REQUEST_MS * 0.9)
    server.answer()
    expect(await status).toBe(201)
    const other = await upload(body())
    await other.server.readAll()
    await pass(REQUEST_MS * 1.01)
    expect(await failure(other.status, DreamStorageTimeoutError)).toMatchObject({ phase: 'headers' })
  })

  test('that is answered before it has been sent has requestMs for the rest of the response', async () => {
    const { server, status } = await upload(body())
    await pass(REQUEST_MS * 0.9)
    server.socket?.write('HTTP/1.1 413 Too Large\r\ncontent-length: 2\r\n\r\n')
    await settle()
    await pass(REQUEST_MS * 0.9)
    server.socket?.write('{}')
    expect(await status).toBe(413)
    const other = await upload(body())
    other.server.socket?.write('HTTP/1.1 413 Too Large\r\ncontent-length: 2\r\n\r\n')
    await settle()
    await pass(REQUEST_MS * 1.01)
    expect(await failure(other.status, DreamStorageTimeoutError)).toMatchObject({ phase: 'body' })
  })
})

test('a stream that yields nothing more for requestMs ends in the phase send, and is cancelled', async () => {
  let cancelled: unknown
  const { server, status } = await upload(
    new ReadableStream({
      start: (controller) => controller.enqueue(new Uint8Array(10)),
      cancel: (reason) => {
        cancelled = reason ?? 'cancelled'
      },
    }),
  )
  await pass(REQUEST_MS * 1.2)
  expect(await failure(status, DreamStorageTimeoutError)).toMatchObject({ phase: 'send', attempts: 1 })
  server.socket?.resume()
  // fetch of Node 20 leaves a stream alone that it waits for.
  if (isBuiltIn) await until(() => cancelled !== undefined)
})

test('a short body has requestMs for its response, in the phase headers', async () => {
  const { status } = await upload('{}')
  await pass(REQUEST_MS * 1.01)
  expect(await failure(status, DreamStorageTimeoutError)).toMatchObject({ phase: 'headers', attempts: 1 })
})
