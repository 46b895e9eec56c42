import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  DreamStorageClosedError,
  DreamStorageInputError,
  DreamStorageNetworkError,
  DreamStorageNotFoundError,
  DreamStorageResponseError,
  DreamStorageServerError,
  DreamStorageTimeoutError,
} from '../../src/index.js'
import { empty, file } from '../support/answers.js'
import { createClient } from '../support/client.js'
import { failure, rejection } from '../support/failure.js'
import { FakeService, hang, json } from '../support/fake-service.js'
import { fakeTime, pass } from '../support/fake-time.js'
import { sendFile, startLiveService } from '../support/live-service.js'

const BOOK = ['Universal ELT', 'BRAINS'] as const
const OBJECT = '/storage/books/Universal%20ELT/BRAINS/object'

describe('getAssetUrl', () => {
  test('is absolute, percent-encoded and carries no token', async () => {
    const service = new FakeService()
    const client = createClient(service.options)
    await client.authenticate()
    expect(client.getAssetUrl(...BOOK, 'audio/a b+c.mp3')).toBe(
      'http://dcs.test/storage/books/Universal%20ELT/BRAINS/object?path=audio%2Fa%20b%2Bc.mp3',
    )
  })

  test('keeps the path prefix of the base URL', () => {
    const client = createClient({ baseUrl: 'https://books.example.org:8443/dcs/v1/' })
    expect(client.getAssetUrl('p', 'b', 'a.mp3')).toBe(
      'https://books.example.org:8443/dcs/v1/storage/books/p/b/object?path=a.mp3',
    )
  })

  test('sends nothing, and works on after close()', async () => {
    const service = new FakeService()
    const client = createClient(service.options)
    await client.close()
    expect(client.getAssetUrl('p', 'b', 'a')).toBe('http://dcs.test/storage/books/p/b/object?path=a')
    expect(service.seen).toEqual([])
  })
})

describe('getAssetRequest', () => {
  test('is a GET of the same URL with a valid bearer, at the price of one login', async () => {
    const service = new FakeService()
    const client = createClient(service.options)
    const request = await client.getAssetRequest(...BOOK, 'audio/1.mp3')
    const { access_token } = await client.authenticate()
    expect(request).toBeInstanceOf(Request)
    expect(request.method).toBe('GET')
    expect(request.url).toBe(client.getAssetUrl(...BOOK, 'audio/1.mp3'))
    expect(request.headers.get('authorization')).toMatch(/^Bearer [\w-]+\.[\w-]+\.signature$/)
    const next = await client.getAssetRequest(...BOOK, 'audio/1.mp3')
    expect(next.headers.get('authorization')).toBe(`Bearer ${access_token}`)
    expect(service.seen.map(({ path }) => path)).toEqual(['/auth/login', '/auth/login'])
  })

  test('is good for a fetch of your own, which does not take the bearer along on a redirect', async () => {
    const service = await startLiveService(({ path }, response) => {
      if (path === 'moved.mp3') response.writeHead(307, { location: 'http://127.0.0.1:1/elsewhere' }).end()
      else sendFile(response, Uint8Array.of(1, 2, 3))
    })
    const client = createClient({ baseUrl: service.url })
    const response = await fetch(await client.getAssetRequest(...BOOK, 'audio/1.mp3'))
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(Uint8Array.of(1, 2, 3))
    expect(service.asked[0]?.authorization).toBe(`Bearer ${service.tokens[0]}`)
    const moved = await fetch(await client.getAssetRequest(...BOOK, 'moved.mp3'))
    expect(moved.status).toBe(307)
  })

  test('takes the token of the options, a string or a function', async () => {
    const service = new FakeService()
    const fixed = createClient({ ...service.options, token: 'dcs_key' })
    expect((await fixed.getAssetRequest('p', 'b', 'a')).headers.get('authorization')).toBe('Bearer dcs_key')
    let serial = 0
    const asked = createClient({ ...service.options, token: async () => `t${++serial}` })
    await asked.getAssetRequest('p', 'b', 'a')
    expect((await asked.getAssetRequest('p', 'b', 'a')).headers.get('authorization')).toBe('Bearer t2')
    expect(service.seen).toEqual([])
  })

  test('rejects with the reason of the signal while it waits for a login', async () => {
    const service = new FakeService()
    service.logIn = (_, signal) => hang(signal)
    const client = createClient(service.options)
    const controller = new AbortController()
    const request = client.getAssetRequest('p', 'b', 'a', { signal: controller.signal })
    const reason = new Error('enough')
    controller.abort(reason)
    expect(await rejection(request)).toBe(reason)
    expect(await rejection(client.getAssetRequest('p', 'b', 'a', { signal: controller.signal }))).toBe(reason)
  })

  test('rejects with a timeout error when its deadline passes', async () => {
    fakeTime()
    const service = new FakeService()
    service.logIn = (_, signal) => hang(signal)
    const error = failure(
      createClient(service.options).getAssetRequest('p', 'b', 'a', { timeoutMs: 100 }),
      DreamStorageTimeoutError,
    )
    await pass(100)
    expect(await error).toMatchObject({ phase: 'deadline' })
  })

  test('is refused after close()', async () => {
    const client = createClient(new FakeService().options)
    await client.close()
    await failure(client.getAssetRequest('p', 'b', 'a'), DreamStorageClosedError)
  })
})

describe('downloadAsset', () => {
  test('gives every byte as it is', async () => {
    const bytes = Uint8Array.from({ length: 1024 }, (_, index) => index % 256)
    const service = new FakeService(() => file(bytes))
    const given = await createClient(service.options).downloadAsset(...BOOK, 'audio/1.mp3')
    expect(given).toBeInstanceOf(Uint8Array)
    expect(given).toEqual(bytes)
    expect(service.seen.at(-1)?.path).toBe(`${OBJECT}?path=audio%2F1.mp3`)
  })

  test('gives a file of 3 MB that comes in many pieces', async () => {
    const bytes = new Uint8Array(randomBytes(3_000_001))
    const service = await startLiveService((_, response) => {
      response.writeHead(200, { 'content-length': bytes.byteLength })
      for (let start = 0; start < bytes.byteLength; start += 70_001) {
        response.write(bytes.subarray(start, start + 70_001))
      }
      response.end()
    })
    const given = await createClient({ baseUrl: service.url }).downloadAsset('p', 'b', 'video/1.mp4')
    expect(Buffer.compare(given, bytes)).toBe(0)
  })

  test('gives a file whose length is not announced', async () => {
    const service = await startLiveService((_, response) => {
      response.write('one')
      response.end('two')
    })
    const given = await createClient({ baseUrl: service.url }).downloadAsset('p', 'b', 'a.txt')
    expect(Buffer.from(given).toString()).toBe('onetwo')
  })

  test('gives an empty file, over the wire and from a fetch of your own', async () => {
    const live = await startLiveService((_, response) => sendFile(response, new Uint8Array()))
    const client = createClient({ baseUrl: live.url, maxConnections: 1 })
    expect(await client.downloadAsset('p', 'b', 'empty.txt')).toEqual(new Uint8Array())
    expect(await client.downloadAsset('p', 'b', 'empty.txt')).toEqual(new Uint8Array())
    const fake = new FakeService(() => file(new Uint8Array()))
    expect(await createClient(fake.options).downloadAsset('p', 'b', 'empty.txt')).toEqual(new Uint8Array())
    const bare = new FakeService(() => empty(200))
    expect(await createClient(bare.options).downloadAsset('p', 'b', 'empty.txt')).toEqual(new Uint8Array())
  })

  test('gives a JSON file as bytes, not parsed', async () => {
    const service = new FakeService(() => json({ a: 1 }))
    const given = await createClient(service.options).downloadAsset('p', 'b', 'config.json')
    expect(Buffer.from(given).toString()).toBe('{"a":1}')
  })

  test('reads the raw Latin-1 of content-disposition without harm', async () => {
    const name = 'café ü ç.pdf'
    const head = [
      'HTTP/1.1 200 OK',
      `content-disposition: attachment; filename="${name}"`,
      'content-length: 2',
    ]
    const service = await startLiveService((_, { socket }) => {
      // Node's own server cannot send it.
      socket?.write(`${head.join('\r\n')}\r\n\r\nok`, 'latin1')
    })
    const client = createClient({ baseUrl: service.url })
    expect(Buffer.from(await client.downloadAsset('p', 'b', name)).toString()).toBe('ok')
  })

  test('gives each caller bytes of its own', async () => {
    const service = new FakeService(() => file(Uint8Array.of(1, 2, 3)))
    const client = createClient(service.options)
    const [one, two] = await Promise.all([
      client.downloadAsset('p', 'b', 'a'),
      client.downloadAsset('p', 'b', 'a'),
    ])
    one.fill(0)
    expect(two).toEqual(Uint8Array.of(1, 2, 3))
    expect(service.count(`GET /storage`)).toBe(2)
  })

  test('tries again after a body that ended early, and gives the whole file', async () => {
    const bytes = new Uint8Array(randomBytes(100_000))
    const service = await startLiveService((_, response) => {
      if (service.asked.length > 1) return sendFile(response, bytes)
      response.writeHead(200, { 'content-length': bytes.byteLength })
      response.write(bytes.subarray(0, 50_000), () => response.destroy())
    })
    const client = createClient({ baseUrl: service.url })
    expect(Buffer.compare(await client.downloadAsset('p', 'b', 'a.mp3'), bytes)).toBe(0)
    expect(service.asked).toHaveLength(2)
    expect(client.stats().requests.retries).toBe(1)
  })

  test('rejects with a network error when every body ends early, never with a truncated success', async () => {
    const service = await startLiveService((_, response) => {
      response.writeHead(200, { 'content-length': 1000 })
      response.write(new Uint8Array(999), () => response.destroy())
    })
    const client = createClient({ baseUrl: service.url })
    const error = await failure(client.downloadAsset('p', 'b', 'a.mp3'), DreamStorageNetworkError)
    expect(error).toMatchObject({ attempts: 4, method: 'GET', code: 'ERR_DREAM_STORAGE_NETWORK' })
    expect(service.asked).toHaveLength(4)
  })

  test('rejects with a network error for a body of another length than announced', async () => {
    for (const announced of ['4', '2', '0']) {
      const headers = { 'content-length': announced }
      const service = new FakeService(() => new Response(Uint8Array.of(1, 2, 3), { headers }))
      const client = createClient({ ...service.options, retry: { maxRetries: 0 } })
      await failure(client.downloadAsset('p', 'b', 'a.mp3'), DreamStorageNetworkError)
    }
  })

  test('rejects with a not-found error for a file that is not there', async () => {
    const service = new FakeService(() => json({ detail: 'Object not found' }, 404))
    const error = await failure(
      createClient(service.options).downloadAsset('p', 'b', 'nowhere.mp3'),
      DreamStorageNotFoundError,
    )
    expect(error).toMatchObject({
      status: 404,
      attempts: 1,
      route: '/storage/books/{publisher}/{book_name}/object',
    })
    expect(error.message).toContain('Object not found')
  })

  test('rejects with a response error for 204', async () => {
    const service = new FakeService(() => empty(204))
    await failure(createClient(service.options).downloadAsset('p', 'b', 'a'), DreamStorageResponseError)
  })

  test.each(['şarkı.mp3', 'audio/İlk.mp3', '📚.png', 'klasör/日.mp3'])(
    'asks once for %s, whose own name the service cannot send, and no breaker counts it',
    async (path) => {
      const service = new FakeService(() => new Response('Internal Server Error', { status: 500 }))
      const client = createClient({ ...service.options, circuitBreaker: { failureThreshold: 1 } })
      const error = await failure(client.downloadAsset('p', 'b', path), DreamStorageServerError)
      expect(error).toMatchObject({ status: 500, attempts: 1 })
      expect(client.stats().circuits.storage).toBe('closed')
    },
  )

  test.each(['café.mp3', 'ığüşöç/1.mp3', 'ÿ.mp3'])(
    'repeats a 500 for %s, whose own name is no reason for it',
    async (path) => {
      const service = new FakeService(() => new Response('Internal Server Error', { status: 500 }))
      const client = createClient(service.options)
      const error = await failure(client.downloadAsset('Yeşil', 'Avı', path), DreamStorageServerError)
      expect(error.attempts).toBe(4)
    },
  )

  test('repeats a 503 also for a file whose own name the service cannot send', async () => {
    const service = new FakeService(() => new Response('busy', { status: 503 }))
    const error = await failure(
      createClient(service.options).downloadAsset('p', 'b', 'şarkı.mp3'),
      DreamStorageServerError,
    )
    expect(error.attempts).toBe(4)
  })

  test('takes whatever the answer of a fetch of your own is for a failure of the network', async () => {
    for (const answer of [undefined, null, 'text', Response.error(), { status: Number.NaN }]) {
      const fetch = async (): Promise<Response> => answer as never
      const client = createClient({ baseUrl: 'http://dcs.test', fetch, token: 't', retry: { maxRetries: 0 } })
      await failure(client.downloadAsset('p', 'b', 'a'), DreamStorageNetworkError)
    }
  })

  test('refuses a signal that is none', async () => {
    const service = new FakeService()
    const client = createClient(service.options)
    const options = { signal: {} as AbortSignal }
    await failure(client.downloadAsset('p', 'b', 'a', options), DreamStorageInputError)
    expect(service.seen).toEqual([])
  })
})
