import { readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  type DreamCentralStorageClient,
  DreamStorageNetworkError,
  DreamStorageRequestError,
  DreamStorageResponseError,
} from '../../src/index.js'
import { createClient } from '../support/client.js'
import { failure, rejection } from '../support/failure.js'
import { begin, type Interfere, send, startFileServer } from '../support/file-server.js'
import { contentsOf, tempFolder } from '../support/folder.js'
import { until } from '../support/moment.js'
import { serve } from '../support/serve.js'
import { type FileReply, noise, replyWith, slice, tagged } from '../support/stored-file.js'

const FILE = tagged(noise(1_000))
const WHOLE = replyWith(FILE, undefined)

/** A server of the file `a` and its client, which repeats nothing. */
async function setUp(interfere: Interfere, maxRetries = 0) {
  const server = await startFileServer({ a: FILE }, interfere)
  const retry = { maxRetries, baseDelayMs: 1, maxDelayMs: 1 }
  const client = createClient({ baseUrl: server.url, token: 'key', retry, maxConnections: 1 })
  return { server, client, folder: await tempFolder() }
}

async function read(
  client: DreamCentralStorageClient,
  range?: { start: number; end?: number },
): Promise<Buffer> {
  const { body } = await client.streamAsset('p', 'b', 'a', range && { range })
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** Every way to read the file `a`. */
const READERS: Record<string, (client: DreamCentralStorageClient, folder: string) => Promise<unknown>> = {
  downloadAsset: (client) => client.downloadAsset('p', 'b', 'a'),
  streamAsset: (client) => read(client),
  'streamAsset with a range': (client) => read(client, { start: 10, end: 19 }),
  'streamAsset to the end': (client) => read(client, { start: 10 }),
  getAssetInfo: (client) => client.getAssetInfo('p', 'b', 'a'),
  downloadAssetToFile: (client, folder) => client.downloadAssetToFile('p', 'b', 'a', join(folder, 'a')),
  mirrorBook: async (client, folder) => {
    const { failed } = await client.mirrorBook('p', 'b', folder)
    throw failed[0]?.error
  },
}

describe.each(Object.entries(READERS))('%s', (_, reader) => {
  test.each<[string, FileReply]>([
    ['of other bytes', slice(FILE, 300, 399)],
    ['of the first bytes', slice(FILE, 0, 499)],
    [
      'of all bytes but of no known size',
      { ...slice(FILE, 0, 998), headers: { 'content-range': 'bytes 0-998/*' } },
    ],
    [
      'with a content-range that is none',
      { ...WHOLE, status: 206, headers: { 'content-range': 'bytes */1000' } },
    ],
    ['without a content-range', { ...WHOLE, status: 206 }],
    [
      'with numbers that are too large',
      {
        ...WHOLE,
        status: 206,
        headers: { 'content-range': `bytes 0-${'9'.repeat(400)}/${'9'.repeat(400)}` },
      },
    ],
  ])('refuses a 206 %s', async (_what, reply) => {
    const { client, folder } = await setUp((_asked, response) => {
      send(response, reply)
      return true
    })
    const error = await failure(reader(client, folder), DreamStorageResponseError)
    expect(error.status).toBe(206)
    expect(await contentsOf(folder)).toEqual([])
    expect(client.stats().connections.active).toBe(0)
  })

  test('asks once more at most where each 416 says another size', async () => {
    const { client, server, folder } = await setUp((_asked, response) => {
      const headers = { 'content-range': `bytes */${1_000_000 - server.asked.length}`, 'content-length': '0' }
      response.writeHead(416, headers).end()
      return true
    })
    const error = await failure(reader(client, folder), DreamStorageRequestError)
    expect(error.status).toBe(416)
    expect(server.asked.length).toBeLessThanOrEqual(2)
  })
})

test('a range with its end past a file that shrinks with each 416 is asked for twice', async () => {
  const { client, server } = await setUp((_asked, response) => {
    response
      .writeHead(416, { 'content-range': `bytes */${500_000 - server.asked.length}`, 'content-length': '0' })
      .end()
    return true
  })
  await failure(read(client, { start: 10, end: 999_999 }), DreamStorageRequestError)
  expect(server.asked.map(({ range }) => range)).toEqual(['bytes=10-999999', 'bytes=10-499998'])
})

test('a 206 that is refused does not keep its connection', async () => {
  let closed = 0
  const { client, server } = await setUp(({ index }, response) => {
    if (index > 0) return false
    response.once('close', () => closed++)
    begin(response, { ...slice(FILE, 300, 399), headers: { 'content-range': 'bytes 300-399/1000' } }, 50)
    return true
  })
  await failure(read(client, { start: 10, end: 19 }), DreamStorageResponseError)
  await until(async () => closed === 1)
  expect(await read(client, { start: 10, end: 19 })).toEqual(FILE.bytes.subarray(10, 20))
  expect(server.asked).toHaveLength(2)
})

test('a 206 of a JSON endpoint is refused', async () => {
  const headers = { 'content-type': 'application/json' }
  const { client } = serve(() => new Response('[]', { status: 206, headers }))
  expect((await failure(client.getBooks(), DreamStorageResponseError)).status).toBe(206)
})

describe('a content-length of the option fetch that is no number of bytes', () => {
  test.each(['10, 10', '10, 11', 'many', '-1', '1e3', '0x10', '1.0', ''])(
    '%j is refused in every method',
    async (length) => {
      const { client } = serve(() => {
        const response = new Response(Uint8Array.from(FILE.bytes))
        response.headers.set('content-length', length)
        return response
      })
      const folder = await tempFolder()
      for (const [name, reader] of Object.entries(READERS)) {
        if (name === 'mirrorBook') continue
        expect(await rejection(reader(client, folder)), name).toBeInstanceOf(DreamStorageResponseError)
      }
      expect(await contentsOf(folder)).toEqual([])
    },
  )

  test('of an error says nothing about the error', async () => {
    const { client } = serve(
      () => new Response('gone', { status: 404, headers: { 'content-length': 'many' } }),
    )
    expect(await rejection(client.downloadAsset('p', 'b', 'a'))).toMatchObject({ status: 404 })
  })
})

describe('a body in chunks with a strong tag that breaks', () => {
  const BIG = tagged(noise(400_000))
  const { 'content-length': _, ...withoutLength } = replyWith(BIG, undefined).headers
  const breakAt = (response: ServerResponse, count: number, headers: Record<string, string>): void => {
    response.writeHead(200, headers)
    response.write(BIG.bytes.subarray(0, count), () => setTimeout(() => response.destroy(), 5))
  }

  async function setUpBig(headers: Record<string, string>, then?: Interfere) {
    const server = await startFileServer({ a: BIG }, (asked, response) => {
      if (asked.index > 0) return then?.(asked, response) ?? false
      breakAt(response, 300_000, headers)
      return true
    })
    const retry = { maxRetries: 2, baseDelayMs: 1, maxDelayMs: 1 }
    const client = createClient({ baseUrl: server.url, token: 'key', retry })
    return { server, client, folder: await tempFolder() }
  }

  const WAYS = {
    stream: (client: DreamCentralStorageClient) => read(client),
    file: async (client: DreamCentralStorageClient, folder: string) => {
      await client.downloadAssetToFile('p', 'b', 'a', join(folder, 'a'))
      return readFile(join(folder, 'a'))
    },
  }

  test.each(Object.entries(WAYS))('is continued: %s', async (_name, way) => {
    const { client, server, folder } = await setUpBig(withoutLength)
    expect((await way(client, folder)).equals(BIG.bytes)).toBe(true)
    expect(server.asked.map(({ range }) => range)).toEqual([
      undefined,
      expect.stringMatching(/^bytes=[1-9]\d*-$/),
    ])
  })

  test('is continued though the first response does not say that there are ranges', async () => {
    const { 'accept-ranges': _none, ...headers } = withoutLength
    const { client, server } = await setUpBig(headers)
    expect((await read(client)).equals(BIG.bytes)).toBe(true)
    expect(server.asked).toHaveLength(2)
  })

  test('is continued from a service that sends all of it again, whose bytes are not repeated', async () => {
    const { client } = await setUpBig(withoutLength, (_asked, response) => {
      response.writeHead(200, withoutLength).end(BIG.bytes)
      return true
    })
    expect((await read(client)).equals(BIG.bytes)).toBe(true)
  })

  test('is not continued with the rest of another file', async () => {
    const other = tagged(noise(400_000, 2))
    const { client } = await setUpBig(withoutLength, ({ range }, response) => {
      send(response, replyWith(other, range))
      return true
    })
    await failure(read(client), DreamStorageResponseError)
  })

  test('is not continued with a weak tag, which does not promise equal bytes', async () => {
    const { client, server } = await setUpBig({ ...withoutLength, etag: 'W/"1"' })
    await failure(read(client), DreamStorageNetworkError)
    expect(server.asked).toHaveLength(1)
  })

  test('ends where the rest of a known size ends, and not before', async () => {
    const { client, server } = await setUpBig(withoutLength, ({ range, index }, response) => {
      if (index > 1) return false
      const reply = replyWith(BIG, range)
      response.writeHead(206, reply.headers)
      response.write(reply.bytes.subarray(0, 1_000), () => setTimeout(() => response.destroy(), 5))
      return true
    })
    expect((await read(client)).equals(BIG.bytes)).toBe(true)
    expect(server.asked.map(({ range }) => range)[2]).toMatch(/^bytes=\d+-399999$/)
  })
})
