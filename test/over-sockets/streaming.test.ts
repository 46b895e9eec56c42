import { getEventListeners } from 'node:events'
import { describe, expect, test } from 'vitest'
import {
  type DreamCentralStorageClient,
  DreamStorageAuthError,
  DreamStorageInputError,
  DreamStorageNetworkError,
  DreamStorageTimeoutError,
} from '../../src/index.js'
import { file } from '../support/answers.js'
import { createClient } from '../support/client.js'
import { failure, rejection } from '../support/failure.js'
import { pass, settle } from '../support/fake-time.js'
import { down, fetchFailed, inTurn, invalidToken, LiveBody } from '../support/faults.js'
import { collect } from '../support/process-events.js'
import { BOOK, ok, type Served, serveInFakeTime } from '../support/serve.js'
import { startServer } from '../support/server.js'

type Bytes = ReadableStream<Uint8Array>

const OBJECT = '/storage/books/{publisher}/{book_name}/object'

/** One connection only, so that a stream that keeps it is seen. */
function serveBody(body: LiveBody, options: object = {}, length?: number): Served {
  return serveInFakeTime(({ path }) => (path.startsWith('/storage') ? body.response(length) : ok()), {
    maxConnections: 1,
    retry: { maxRetries: 0 },
    ...options,
  })
}

/** The body of a file as it arrives. */
async function open(client: DreamCentralStorageClient, signal?: AbortSignal): Promise<Bytes> {
  const params = { path: { publisher: 'p', book_name: 'b' }, query: { path: 'a.mp3' } }
  const { data } = await client.api.GET(OBJECT, { params, parseAs: 'stream', ...(signal && { signal }) })
  if (!data) throw new Error('no body')
  return data
}

async function text(stream: Bytes): Promise<string> {
  return new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).text()
}

/** Whether another call gets a connection. */
async function isFree(client: DreamCentralStorageClient): Promise<boolean> {
  const controller = new AbortController()
  const call = client.getBookById(1, { signal: controller.signal }).then(
    () => true,
    () => false,
  )
  await settle()
  controller.abort()
  return call
}

describe('a streamed body', () => {
  test('is given while it still arrives', async () => {
    const body = new LiveBody()
    const { client } = serveBody(body)
    const reader = (await open(client)).getReader()
    for (const chunk of ['one', 'two']) {
      body.send(chunk)
      const { value } = await reader.read()
      expect(Buffer.from(value ?? []).toString()).toBe(chunk)
    }
    body.end()
    expect(await reader.read()).toEqual({ done: true, value: undefined })
  })

  test('holds its connection until it has been read to its end', async () => {
    const body = new LiveBody()
    const { client } = serveBody(body)
    const whole = text(await open(client))
    body.send('all of it')
    expect(await isFree(client)).toBe(false)
    body.end()
    expect(await whole).toBe('all of it')
    expect(await isFree(client)).toBe(true)
  })

  test('frees its connection when it is cancelled, and tells the transport', async () => {
    const body = new LiveBody()
    const { client } = serveBody(body)
    const stream = await open(client)
    await stream.cancel('enough')
    expect(await isFree(client)).toBe(true)
    expect(body.cancelled).toBe(true)
  })

  test('frees its connection when its reader cancels in the middle', async () => {
    const body = new LiveBody()
    const { client } = serveBody(body)
    const reader = (await open(client)).getReader()
    body.send('some')
    await reader.read()
    await reader.cancel()
    expect(await isFree(client)).toBe(true)
    expect(body.cancelled).toBe(true)
  })

  test('frees its connection when a loop over it is left', async () => {
    const body = new LiveBody()
    const { client } = serveBody(body)
    const stream = await open(client)
    body.send('some')
    for await (const chunk of stream) {
      expect(Buffer.from(chunk).toString()).toBe('some')
      break
    }
    expect(await isFree(client)).toBe(true)
  })

  test('frees its connection when the response is cancelled instead of the data', async () => {
    const body = new LiveBody()
    const { client } = serveBody(body)
    const params = { path: { publisher: 'p', book_name: 'b' }, query: { path: 'a.mp3' } }
    const { response } = await client.api.GET(OBJECT, { params, parseAs: 'stream' })
    await response.body?.cancel()
    expect(await isFree(client)).toBe(true)
  })

  test('of an empty file frees its connection though there is nothing to read', async () => {
    const { client } = serveInFakeTime(
      ({ path }) => (path.startsWith('/storage') ? file(new Uint8Array()) : ok()),
      {
        maxConnections: 1,
      },
    )
    const params = { path: { publisher: 'p', book_name: 'b' }, query: { path: 'empty.txt' } }
    const { response } = await client.api.GET(OBJECT, { params, parseAs: 'stream' })
    expect(response.status).toBe(200)
    expect(await isFree(client)).toBe(true)
  })

  test('frees its connection when a middleware drops the answer', async () => {
    const body = new LiveBody()
    const { client } = serveBody(body)
    const drop = {
      onResponse: ({ schemaPath }: { schemaPath: string }) => {
        if (schemaPath === OBJECT) throw new Error('not this one')
        return undefined
      },
    }
    client.api.use(drop)
    expect(await rejection(open(client))).toEqual(new Error('not this one'))
    expect(await isFree(client)).toBe(true)
  })

  test('is counted as an answer that is good', async () => {
    const body = new LiveBody()
    const { client, service } = serveBody(body, { circuitBreaker: { failureThreshold: 2 } })
    service.answer = inTurn(down, () => body.response(), down)
    await client.api.GET('/storage/trash')
    await (await open(client)).cancel()
    await client.api.GET('/storage/trash')
    expect(client.stats().circuits.storage).toBe('closed')
  })
})

describe('a streamed body that goes wrong', () => {
  test('by silence is a …TimeoutError for its reader', async () => {
    const body = new LiveBody()
    const { client } = serveBody(body, { timeouts: { downloadMs: 1_000 } })
    const reader = (await open(client)).getReader()
    body.send('some')
    await reader.read()
    const error = failure(reader.read(), DreamStorageTimeoutError)
    await pass(1_000)
    expect(await error).toMatchObject({ phase: 'body', method: 'GET', route: OBJECT, attempts: 1 })
    expect(body.cancelled).toBe(true)
    expect(await isFree(client)).toBe(true)
  })

  test('by an early end is a …NetworkError for its reader', async () => {
    const body = new LiveBody()
    const { client } = serveBody(body, {}, 100)
    const whole = failure(text(await open(client)), DreamStorageNetworkError)
    body.send('not a hundred bytes')
    body.end()
    expect((await whole).message).toContain('19 of 100 bytes')
    expect(await isFree(client)).toBe(true)
  })

  test('by a broken connection is a …NetworkError for its reader', async () => {
    const body = new LiveBody()
    const { client } = serveBody(body)
    const whole = failure(text(await open(client)), DreamStorageNetworkError)
    const cause = fetchFailed()
    body.send('some')
    body.fail(cause)
    expect((await whole).cause).toBe(cause)
    expect(await isFree(client)).toBe(true)
  })

  test('does so over a real connection too', async () => {
    const service = await startServer((_, response) => {
      response.writeHead(200, { 'content-length': 1_000 })
      response.write('some', () => response.destroy())
    })
    const client = createClient({ baseUrl: service.url, token: 'key' })
    await failure(text(await open(client)), DreamStorageNetworkError)
    expect(service.requests).toHaveLength(1)
  })

  test('is not the silence of its reader: that may take its time', async () => {
    const body = new LiveBody()
    const { client } = serveBody(body, { timeouts: { downloadMs: 1_000, requestMs: 1_000 } })
    const reader = (await open(client)).getReader()
    await pass(59_000)
    body.send('one')
    await reader.read()
    await pass(59_000)
    body.send('two')
    body.end()
    expect(Buffer.from((await reader.read()).value ?? []).toString()).toBe('two')
    expect((await reader.read()).done).toBe(true)
  })

  test('may be long in coming as long as it goes on', async () => {
    const body = new LiveBody()
    const { client } = serveBody(body, { timeouts: { downloadMs: 1_000, requestMs: 1_000 } })
    const whole = text(await open(client))
    for (let chunk = 0; chunk < 10; chunk++) {
      await pass(999)
      body.send(String(chunk))
    }
    await settle()
    body.end()
    expect(await whole).toBe('0123456789')
  })
})

describe('an abort of a streamed call', () => {
  test('is told to the reader that waits, with its own reason', async () => {
    const body = new LiveBody()
    const { client } = serveBody(body)
    const controller = new AbortController()
    const whole = rejection(text(await open(client, controller.signal)))
    await settle()
    controller.abort('enough')
    expect(await whole).toBe('enough')
    expect(body.cancelled).toBe(true)
    expect(await isFree(client)).toBe(true)
  })

  test('frees the connection though nobody reads', async () => {
    const unhandled = collect('unhandledRejection')
    const body = new LiveBody()
    const { client } = serveBody(body)
    const controller = new AbortController()
    await open(client, controller.signal)
    controller.abort('enough')
    expect(await isFree(client)).toBe(true)
    await settle()
    expect(body.cancelled).toBe(true)
    expect(unhandled).toEqual([])
  })

  test('between two reads is told to the next', async () => {
    const unhandled = collect('unhandledRejection')
    const body = new LiveBody()
    const { client } = serveBody(body)
    const controller = new AbortController()
    const reader = (await open(client, controller.signal)).getReader()
    body.send('some')
    await reader.read()
    controller.abort('enough')
    expect(await rejection(reader.read())).toBe('enough')
    await settle()
    expect(unhandled).toEqual([])
  })

  test('after the end changes nothing', async () => {
    const body = new LiveBody()
    const { client } = serveBody(body)
    const controller = new AbortController()
    const stream = await open(client, controller.signal)
    body.send('whole')
    body.end()
    expect(await text(stream)).toBe('whole')
    controller.abort()
    expect(await isFree(client)).toBe(true)
  })

  test('leaves no listener on the signal, whichever way the body ends', async () => {
    const { signal } = new AbortController()
    const endings: ReadonlyArray<(body: LiveBody, stream: Bytes) => Promise<unknown>> = [
      (body, stream) => {
        body.end()
        return text(stream)
      },
      (body, stream) => {
        body.fail(fetchFailed())
        return rejection(text(stream))
      },
      (_, stream) => stream.cancel(),
    ]
    for (const end of endings) {
      const body = new LiveBody()
      const { client } = serveBody(body)
      const stream = await open(client, signal)
      expect(getEventListeners(signal, 'abort')).toHaveLength(1)
      await end(body, stream)
      expect(getEventListeners(signal, 'abort')).toHaveLength(0)
    }
  })
})

describe('a streamed call', () => {
  test('is repeated while there is nothing to stream, and then streams', async () => {
    const body = new LiveBody()
    const { client, service, times } = serveInFakeTime(undefined, { maxConnections: 1 })
    service.answer = inTurn(
      invalidToken,
      down,
      () => Promise.reject(fetchFailed()),
      () => body.response(),
    )
    const opened = open(client)
    await pass(5_000)
    const whole = text(await opened)
    body.send('at-last')
    body.end()
    expect(await whole).toBe('at-last')
    expect(times).toHaveLength(4)
  })

  test('that is answered with an error gives that error and holds no connection', async () => {
    const { client, service } = serveInFakeTime(() => new Response('{"detail":"no"}', { status: 404 }), {
      maxConnections: 1,
    })
    const params = { path: { publisher: 'p', book_name: 'b' }, query: { path: 'a' } }
    const { error, response } = await client.api.GET(OBJECT, { params, parseAs: 'stream' })
    expect({ error, status: response.status }).toEqual({ error: { detail: 'no' }, status: 404 })
    service.answer = ok
    expect(await isFree(client)).toBe(true)
  })

  test('whose login is refused rejects', async () => {
    const { client, service } = serveInFakeTime()
    service.logIn = invalidToken
    await failure(open(client), DreamStorageAuthError)
    expect(service.seen).toHaveLength(1)
  })

  test('with a bad argument rejects and sends nothing', async () => {
    const { client, service } = serveInFakeTime()
    const params = { path: { publisher: '..', book_name: 'b' }, query: { path: 'a' } }
    await failure(client.api.GET(OBJECT, { params, parseAs: 'stream' }), DreamStorageInputError)
    expect(service.seen).toHaveLength(0)
  })

  test('of ten at once holds ten connections, and the eleventh call waits for the first that ends', async () => {
    const bodies = Array.from({ length: 10 }, () => new LiveBody())
    const { client, service } = serveInFakeTime(ok, { maxFileConnections: 10 })
    const answers = inTurn(...bodies.map((body) => () => body.response()))
    service.answer = ({ path }) => (path.startsWith('/storage') ? answers() : ok())
    const streams = await Promise.all(bodies.map(() => open(client)))
    const eleventh = client.getBookById(1)
    expect(await isFree(client)).toBe(false)
    await streams[3]?.cancel()
    expect(await eleventh).toEqual(BOOK)
    for (const stream of streams) await stream.cancel()
  })
})
