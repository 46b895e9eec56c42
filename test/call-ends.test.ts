import { createServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import type { AssetStream, DreamCentralStorageClient } from '../src/index.js'
import { createClient, type TestOptions } from './support/client.js'
import { EventLog } from './support/event-log.js'
import { hang, json } from './support/fake-service.js'
import { pass, settle } from './support/fake-time.js'
import { down, fetchFailed, inTurn, LiveBody } from './support/faults.js'
import { startFileServer } from './support/file-server.js'
import { tempFolder } from './support/folder.js'
import { until } from './support/moment.js'
import { BOOK, type Served, serve, serveInFakeTime } from './support/serve.js'
import { noise, tagged } from './support/stored-file.js'

type Answer = Parameters<typeof serve>[0]
type Setting = Served & { log: EventLog }

const BOOK_ROUTE = '/books/{book_id}'
const OBJECT = '/storage/books/{publisher}/{book_name}/object'
const STORED = tagged(noise(3_000))

/** A client that has logged in, and the events of what comes then. */
async function setUp(answer: Answer, options: Partial<TestOptions> = {}): Promise<Setting> {
  const log = new EventLog()
  const served = serveInFakeTime(undefined, { observers: [log.observer], ...options })
  await served.client.authenticate()
  if (answer) served.service.answer = answer
  log.recorded.length = 0
  return { ...served, log }
}

/** That the calls ended so, in this order, each once. */
function expectEnds({ log }: { log: EventLog }, ...ends: string[]): void {
  expect(log.ends()).toEqual(ends)
  expect(log.unbalanced()).toEqual({ open: [], excess: [] })
}

describe('a call ends once', () => {
  test('with success', async () => {
    const setting = await setUp(() => json(BOOK))
    await setting.client.getBookById(1)
    expectEnds(setting, `request ${BOOK_ROUTE}: success`)
  })

  test('with success for a book that is not there', async () => {
    const setting = await setUp(() => json({ detail: 'Book not found' }, 404))
    await setting.client.getBookById(1)
    expectEnds(setting, `request ${BOOK_ROUTE}: success`)
  })

  test.each([
    ['a refusal', () => json({ detail: 'no' }, 403), 'DreamStorageForbiddenError'],
    ['a failure of the service', () => down(), 'DreamStorageServerError'],
    ['a failure of the network', () => Promise.reject(fetchFailed()), 'DreamStorageNetworkError'],
    ['an answer that is not in the contract', () => json({ id: 'x' }), 'DreamStorageResponseError'],
  ])('with the error of %s', async (_, answer, name) => {
    const setting = await setUp(answer)
    const call = setting.client.getBookById(1).catch(() => {})
    await pass(30_000)
    await call
    expectEnds(setting, `request ${BOOK_ROUTE}: error ${name}`)
  })

  test('by an abort, as cancelled', async () => {
    const setting = await setUp((_, signal) => hang(signal))
    const controller = new AbortController()
    const call = setting.client.getBookById(1, { signal: controller.signal }).catch(() => {})
    await settle()
    controller.abort()
    await call
    expectEnds(setting, `request ${BOOK_ROUTE}: cancelled`)
  })

  test('by its deadline, with the error of that', async () => {
    const setting = await setUp((_, signal) => hang(signal))
    const call = setting.client.getBookById(1, { timeoutMs: 100 }).catch(() => {})
    await pass(100)
    await call
    expectEnds(setting, `request ${BOOK_ROUTE}: error DreamStorageTimeoutError`)
  })

  test('by close(), as cancelled, and with all of its requests', async () => {
    const setting = await setUp((_, signal) => hang(signal))
    const calls = [setting.client.getBooks(), setting.client.getBooks(), setting.client.getBookById(1)]
    await settle()
    await setting.client.close()
    await Promise.allSettled(calls)
    await settle()
    expect(setting.log.unbalanced()).toEqual({ open: [], excess: [] })
    expect(setting.log.ends().toSorted()).toEqual([
      'operation /books/: cancelled',
      'operation /books/: cancelled',
      'request /books/: cancelled',
      `request ${BOOK_ROUTE}: cancelled`,
    ])
  })
})

describe('what code of the caller throws inside a call is no cancellation, and is not repeated in the event', () => {
  test('a middleware', async () => {
    const setting = await setUp(() => json(BOOK))
    setting.client.api.use({
      onRequest: () => {
        throw new RangeError('of the middleware')
      },
    })
    await setting.client.getBookById(1).catch(() => {})
    expectEnds(setting, `request ${BOOK_ROUTE}: error`)
    expect(setting.log.all('call.end')[0]).not.toHaveProperty('error')
  })

  test('a listener of progress', async () => {
    const setting = await setUp(() => new Response('abc'))
    const onProgress = (): void => {
      throw new RangeError('of the listener')
    }
    const { body } = await setting.client.streamAsset('p', 'b', 'a', { onProgress })
    await new Response(body).text().catch(() => {})
    await settle()
    expect(setting.log.ends()).toContain(`operation ${OBJECT}: cancelled`)
    expect(setting.log.unbalanced()).toEqual({ open: [], excess: [] })
  })
})

describe('no call is made', () => {
  test('by a hit of the cache', async () => {
    const setting = await setUp(() => json([BOOK]))
    await setting.client.getBooks()
    setting.log.recorded.length = 0
    await setting.client.getBooks()
    expectEnds(setting)
  })

  test('after close(), by an aborted signal and by bad arguments', async () => {
    const setting = await setUp(() => json(BOOK))
    const { client } = setting
    const wrong = [
      client.getBookById(0),
      client.getBookById(1, { signal: AbortSignal.abort() }),
      client.getBooks({ timeoutMs: -1 }),
    ]
    await Promise.allSettled(wrong)
    await client.close()
    await Promise.allSettled([client.getBookById(1)])
    expectEnds(setting)
  })
})

describe('a shared request ends once, and each caller for itself', () => {
  test('with success', async () => {
    const setting = await setUp(() => json([BOOK]))
    await Promise.all([setting.client.getBooks(), setting.client.getBooks()])
    expectEnds(
      setting,
      'request /books/: success',
      'operation /books/: success',
      'operation /books/: success',
    )
  })

  test('when one caller aborts, that one only is cancelled', async () => {
    const body = new LiveBody()
    const setting = await setUp(() => body.response())
    const controller = new AbortController()
    const left = setting.client.getBooks({ signal: controller.signal }).catch(() => {})
    const kept = setting.client.getBooks()
    await settle()
    controller.abort()
    await left
    body.send('[]')
    body.end()
    await kept
    expectEnds(
      setting,
      'operation /books/: cancelled',
      'request /books/: success',
      'operation /books/: success',
    )
  })

  test('when all have aborted, it is cancelled too', async () => {
    const setting = await setUp((_, signal) => hang(signal))
    const controller = new AbortController()
    const { signal } = controller
    const calls = [setting.client.getBooks({ signal }), setting.client.getBooks({ signal })]
    await settle()
    controller.abort()
    await Promise.allSettled(calls)
    await settle()
    expect(setting.log.ends().toSorted()).toEqual([
      'operation /books/: cancelled',
      'operation /books/: cancelled',
      'request /books/: cancelled',
    ])
    expect(setting.log.unbalanced()).toEqual({ open: [], excess: [] })
  })
})

describe('a login that is refused is an error of the login and of the call that needed it', () => {
  test('each told once', async () => {
    const log = new EventLog()
    const { client, service } = serve(undefined, { observers: [log.observer] })
    service.logIn = () => json({ detail: 'Invalid credentials' }, 401)
    await client.getBookById(1).catch(() => {})
    expectEnds(
      { log },
      'login /auth/login: error DreamStorageAuthError',
      `request ${BOOK_ROUTE}: error DreamStorageAuthError`,
    )
    const [login, request] = log.all('call.end')
    expect(login?.error).toBe(request?.error)
  })
})

describe('a call of client.api ends once', () => {
  test.each([
    [200, 'success'],
    [404, 'error DreamStorageNotFoundError'],
    [422, 'error DreamStorageRequestError'],
    [503, 'error DreamStorageServerError'],
  ])('with the outcome of %i, though it is answered', async (status, outcome) => {
    const setting = await setUp(() => json({}, status), { retry: { maxRetries: 0 } })
    const { response } = await setting.client.api.GET('/api-keys/')
    expect(response.status).toBe(status)
    expectEnds(setting, `request /api-keys/: ${outcome}`)
  })

  test('with success for a 304 that was asked for', async () => {
    const setting = await setUp(() => new Response(null, { status: 304 }))
    const headers = { 'if-none-match': '"1"' }
    const { response } = await setting.client.api.GET('/books/', { headers })
    expect(response.status).toBe(304)
    expectEnds(setting, 'request /books/: success')
  })

  test('with its body when it is a stream', async () => {
    const body = new LiveBody()
    const setting = await setUp(() => body.response())
    const { data } = await openRaw(setting.client)
    await settle()
    expect(setting.log.ends()).toEqual([])
    body.send('ab')
    body.end()
    for await (const _ of data ?? []);
    expectEnds(setting, `request ${OBJECT}: success`)
  })

  test('as cancelled when the reader of its body cancels', async () => {
    const body = new LiveBody()
    const setting = await setUp(() => body.response())
    const { data } = await openRaw(setting.client)
    await data?.cancel('enough')
    await settle()
    expect(body.cancelled).toBe(true)
    expectEnds(setting, `request ${OBJECT}: cancelled`)
  })

  test('though a middleware drops the stream and answers in its place', async () => {
    const body = new LiveBody()
    const setting = await setUp(() => body.response())
    setting.client.api.use({
      onResponse: async ({ response }) => {
        await response.body?.cancel()
        return new Response('of the middleware')
      },
    })
    const { data } = await openRaw(setting.client)
    expect(await new Response(data).text()).toBe('of the middleware')
    expect(setting.log.unbalanced()).toEqual({ open: [], excess: [] })
    expect(setting.client.stats().connections).toEqual({ active: 0, queued: 0, files: 0 })
  })

  test('with the error of its body when that breaks', async () => {
    const body = new LiveBody()
    const setting = await setUp(() => body.response())
    const { data } = await openRaw(setting.client)
    body.fail(fetchFailed())
    await data
      ?.getReader()
      .read()
      .catch(() => {})
    expectEnds(setting, `request ${OBJECT}: error DreamStorageNetworkError`)
  })
})

function openRaw(client: DreamCentralStorageClient) {
  const params = { path: { publisher: 'p', book_name: 'b' }, query: { path: 'a' } }
  return client.api.GET('/storage/books/{publisher}/{book_name}/object', { params, parseAs: 'stream' })
}

describe('a stream is an operation with a request, which end', () => {
  async function open(
    body: LiveBody,
    options: { signal?: AbortSignal; timeoutMs?: number } = {},
    maxRetries = 3,
  ): Promise<Setting & { stream: AssetStream }> {
    const setting = await setUp(() => body.response(4), { retry: { maxRetries } })
    const stream = await setting.client.streamAsset('p', 'b', 'a.mp3', options)
    await settle()
    expect(setting.log.ends()).toEqual([])
    return { ...setting, stream }
  }

  test('with success when it is read to its end', async () => {
    const body = new LiveBody()
    const setting = await open(body)
    body.send('abcd')
    body.end()
    for await (const _ of setting.stream.body);
    expectEnds(setting, `request ${OBJECT}: success`, `operation ${OBJECT}: success`)
    const [request, operation] = setting.log.all('call.end')
    expect(request?.call.parent).toBe(operation?.call)
    expect(request?.call.requestId).toBe(operation?.call.requestId)
  })

  test('as cancelled when its reader cancels', async () => {
    const setting = await open(new LiveBody())
    await setting.stream.body.cancel()
    await settle()
    expect(setting.log.ends().toSorted()).toEqual([
      `operation ${OBJECT}: cancelled`,
      `request ${OBJECT}: cancelled`,
    ])
    expect(setting.log.unbalanced()).toEqual({ open: [], excess: [] })
  })

  test('with an error when it breaks', async () => {
    const body = new LiveBody()
    const setting = await open(body, {}, 0)
    const reader = setting.stream.body.getReader()
    body.send('ab')
    await reader.read()
    body.fail(fetchFailed())
    await reader.read().catch(() => {})
    expectEnds(
      setting,
      `request ${OBJECT}: error DreamStorageNetworkError`,
      `operation ${OBJECT}: error DreamStorageNetworkError`,
    )
  })

  test('by an abort, whether or not somebody reads', async () => {
    const controller = new AbortController()
    const setting = await open(new LiveBody(), { signal: controller.signal })
    controller.abort()
    await settle()
    expect(setting.log.ends().toSorted()).toEqual([
      `operation ${OBJECT}: cancelled`,
      `request ${OBJECT}: cancelled`,
    ])
  })

  test('by the deadline, after which nothing more is told of it', async () => {
    const setting = await open(new LiveBody(), { timeoutMs: 100 })
    const read = setting.stream.body
      .getReader()
      .read()
      .catch(() => {})
    await pass(10_000)
    await read
    expect(setting.log.ends().toSorted()).toEqual([
      `operation ${OBJECT}: error DreamStorageTimeoutError`,
      `request ${OBJECT}: error DreamStorageTimeoutError`,
    ])
    const last = setting.log.recorded.at(-1)
    expect(last?.name).toBe('call.end')
    expect(setting.log.all('stream')).toEqual([])
  })

  test('and one that broke and went on says where, and is a success', async () => {
    const [first, second] = [new LiveBody(), new LiveBody()]
    const headers = { etag: '"1"', 'accept-ranges': 'bytes' }
    const range = { ...headers, 'content-range': 'bytes 2-3/4', 'content-length': '2' }
    const answer = inTurn(
      () => new Response(first.stream, { headers: { ...headers, 'content-length': '4' } }),
      () => new Response(second.stream, { status: 206, headers: range }),
    )
    const setting = await setUp(answer)
    const { body } = await setting.client.streamAsset('p', 'b', 'a.mp3')
    const reader = body.getReader()
    first.send('ab')
    await reader.read()
    first.fail(fetchFailed())
    second.send('cd')
    second.end()
    const rest = reader.read()
    await pass(1_000)
    await rest
    await reader.read()
    expectEnds(
      setting,
      `request ${OBJECT}: error DreamStorageNetworkError`,
      `request ${OBJECT}: success`,
      `operation ${OBJECT}: success`,
    )
    const [broke] = setting.log.all('stream')
    expect(broke).toMatchObject({ offset: 2, delayMs: 1_000 })
    expect(broke?.call.kind).toBe('operation')
  })
})

describe('a mirror is an operation of operations', () => {
  test('in which one file that fails is the only error', async () => {
    const log = new EventLog()
    const server = await startFileServer(
      { 'a.mp3': STORED, 'b.mp3': STORED, 'c.mp3': STORED },
      ({ path }, response) => {
        if (path !== 'b.mp3') return false
        response.writeHead(403, { 'content-type': 'application/json' }).end('{"detail":"no"}')
        return true
      },
    )
    const client = createClient({ baseUrl: server.url, observers: [log.observer] })
    const result = await client.mirrorBook('p', 'b', await tempFolder())
    await until(() => log.unbalanced().open.length === 0)
    expect(result.failed.map(({ path }) => path)).toEqual(['b.mp3'])
    expect(log.unbalanced().excess).toEqual([])
    const ends = log.all('call.end').filter(({ call }) => call.kind === 'operation')
    const mirror = ends.at(-1)
    expect(mirror?.call.parent).toBeUndefined()
    const files = ends.slice(0, -1)
    expect(files.map(({ call }) => call.parent)).toEqual(Array(3).fill(mirror?.call))
    expect(files.map(({ outcome }) => outcome).toSorted()).toEqual(['error', 'success', 'success'])
    expect(mirror?.outcome).toBe('success')
    expect(new Set(log.all('call.end').map(({ call }) => call.requestId)).size).toBe(2)
  })
})

test('a service that refuses connections costs one end for each call', async () => {
  const log = new EventLog()
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  const client = createClient({
    baseUrl: `http://127.0.0.1:${port}`,
    observers: [log.observer],
    retry: { maxRetries: 1, baseDelayMs: 1, maxDelayMs: 1 },
  })
  await Promise.allSettled([client.getBooks(), client.downloadAsset('p', 'b', 'a'), client.authenticate()])
  expect(log.unbalanced()).toEqual({ open: [], excess: [] })
  expect(log.all('call.end').every(({ outcome }) => outcome === 'error')).toBe(true)
})
