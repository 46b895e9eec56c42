import { describe, expect, test } from 'vitest'
import {
  DreamStorageForbiddenError,
  DreamStorageInputError,
  DreamStorageNotFoundError,
  DreamStorageResponseError,
} from '../../src/index.js'
import type { Dialect } from '../../src/testing/index.js'
import { html } from '../support/answers.js'
import { createClient } from '../support/client.js'
import { failure, rejection } from '../support/failure.js'
import { json } from '../support/fake-service.js'
import { begin, startFileServer } from '../support/file-server.js'
import { until } from '../support/moment.js'
import { serve } from '../support/serve.js'
import { startServer } from '../support/server.js'
import { startMock } from '../support/start-mock.js'
import { noise, replyWith, slice, tagged } from '../support/stored-file.js'
import { isBuiltIn } from '../support/transport.js'

const VIDEO = ['Dream Press', 'Video Lessons'] as const
const DIALECTS: Dialect[] = ['2025', '2026']

describe.each(DIALECTS)('what is known of a file of the service of %s', (dialect) => {
  test('is its size, type, tag and whether ranges are obeyed', async () => {
    const { url } = await startMock({ dialect })
    const client = createClient({ baseUrl: url })
    const paths = await client.listBookContents('Universal ELT', 'BRAINS')
    const path = paths.find((some) => some.endsWith('audio/1.mp3')) ?? ''
    const info = await client.getAssetInfo('Universal ELT', 'BRAINS', path)
    expect(info).toEqual(
      dialect === '2025'
        ? { size: 48_213, contentType: 'application/octet-stream', acceptsRanges: false }
        : { size: 48_213, contentType: 'audio/mpeg', etag: expect.any(String), acceptsRanges: true },
    )
  })

  test('is the same tag and size as those of its stream', async () => {
    const { url } = await startMock({ dialect })
    const client = createClient({ baseUrl: url, maxConnections: 1 })
    const [path = ''] = await client.listBookContents('Universal ELT', 'BRAINS')
    const info = await client.getAssetInfo('Universal ELT', 'BRAINS', path)
    const { body, size, etag } = await client.streamAsset('Universal ELT', 'BRAINS', path)
    await body.cancel()
    expect([info?.size, info?.etag]).toEqual([size, etag])
  })

  test('is nothing when the service says that there is no such file', async () => {
    const { url } = await startMock({ dialect })
    const client = createClient({ baseUrl: url })
    expect(await client.getAssetInfo('Universal ELT', 'BRAINS', 'nowhere.mp3')).toBeNull()
    expect(await client.getAssetInfo('Universal ELT', 'Nowhere', 'a.mp3')).toBeNull()
  })

  test('is the size 0 of an empty file', async () => {
    const { url, service } = await startMock({ dialect })
    const client = createClient({ baseUrl: url, maxConnections: 1 })
    const path = service.putObject('Universal ELT', 'BRAINS', 'notes/empty.txt', '')
    expect(await client.getAssetInfo('Universal ELT', 'BRAINS', path)).toMatchObject({ size: 0 })
    expect(await client.getAssetInfo('Universal ELT', 'BRAINS', path)).toMatchObject({ size: 0 })
  })

  test('does not cost the download of a large file, nor its connection', async () => {
    const { url } = await startMock({ dialect })
    let received = 0
    const counting: typeof fetch = async (input, init) => {
      const response = await fetch(input, init)
      const body = response.body?.pipeThrough(
        new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
          transform: (chunk, controller) => {
            if (response.url.includes('/object')) received += chunk.byteLength
            controller.enqueue(chunk)
          },
        }),
      )
      return new Response(body ?? null, response)
    }
    const client = createClient({ baseUrl: url, maxConnections: 1, fetch: counting })
    const paths = await client.listBookContents(...VIDEO)
    const path = paths.find((some) => some.endsWith('.mp4')) ?? ''
    for (let round = 0; round < 3; round++) {
      expect(await client.getAssetInfo(...VIDEO, path)).toMatchObject({ size: 24 * 1_048_576 })
    }
    expect(received).toBeLessThan(1_000_000)
  })
})

describe('an info', () => {
  const FILE = tagged(noise(8_000_000))

  test('leaves a server that sends everything after the first bytes', async () => {
    const server = await startFileServer({}, ({ range }, response) => {
      begin(response, replyWith({ bytes: FILE.bytes }, range), 1_000)
      return true
    })
    const client = createClient({ baseUrl: server.url, token: 'key', maxConnections: 1 })
    for (let round = 0; round < 3; round++) {
      expect(await client.getAssetInfo('p', 'b', 'a')).toMatchObject({ size: 8_000_000 })
    }
    expect(server.asked).toHaveLength(3)
    if (!isBuiltIn) return
    await until(() => server.sockets.open.size === 0)
    expect(server.sockets.mostOpen).toBeLessThanOrEqual(2)
  })

  test('asks for one byte only', async () => {
    const server = await startFileServer({ a: FILE })
    const client = createClient({ baseUrl: server.url, token: 'key', maxConnections: 1 })
    expect(await client.getAssetInfo('p', 'b', 'a')).toEqual({
      size: 8_000_000,
      contentType: 'audio/mpeg',
      etag: FILE.etag,
      acceptsRanges: true,
    })
    expect(server.asked.map(({ range }) => range)).toEqual(['bytes=0-0'])
  })

  test('is a not-found error for a proxy’s page, and the connection is free', async () => {
    const { client } = serve(() => html(404), { maxConnections: 1 })
    await failure(client.getAssetInfo('p', 'b', 'a'), DreamStorageNotFoundError)
    await failure(client.getAssetInfo('p', 'b', 'a'), DreamStorageNotFoundError)
  })

  test('is an error of the family for a refusal', async () => {
    const { client } = serve(() => json({ detail: 'no' }, 403))
    await failure(client.getAssetInfo('p', 'b', 'a'), DreamStorageForbiddenError)
  })

  test('is a response error for a range that nobody asked for', async () => {
    const { headers } = slice(FILE, 5, 5)
    const { client } = serve(() => new Response('x', { status: 206, headers }), { maxConnections: 1 })
    await failure(client.getAssetInfo('p', 'b', 'a'), DreamStorageResponseError)
    await failure(client.getAssetInfo('p', 'b', 'a'), DreamStorageResponseError)
  })

  test('has no size when nobody tells it', async () => {
    const { client } = serve(() => new Response('abc'), { maxConnections: 1 })
    const info = await client.getAssetInfo('p', 'b', 'a')
    expect(info).not.toHaveProperty('size')
    expect(info).toMatchObject({ acceptsRanges: false })
  })

  test('of a bad path or with a bad option is an input error, and nothing is sent', async () => {
    const { client, service } = serve()
    await failure(client.getAssetInfo('p', 'b', '/a'), DreamStorageInputError)
    await failure(client.getAssetInfo('p', 'b', 'a', { range: {} } as object), DreamStorageInputError)
    await failure(client.getAssetInfo('p', 'b', 'a', { cache: 'reload' } as object), DreamStorageInputError)
    expect(service.seen).toEqual([])
  })

  test('ends with the reason of an abort', async () => {
    const controller = new AbortController()
    const server = await startServer(() => controller.abort('enough'))
    const client = createClient({ baseUrl: server.url, token: 'key' })
    const call = client.getAssetInfo('p', 'b', 'a', { signal: controller.signal })
    expect(await rejection(call)).toBe('enough')
  })
})
