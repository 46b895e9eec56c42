import { describe, expect, test } from 'vitest'
import { DreamStorageInputError, DreamStorageNotFoundError, DreamStorageResponseError } from '../src/index.js'
import { file } from './support/answers.js'
import { failure } from './support/failure.js'
import { json } from './support/fake-service.js'
import { MemoryLog } from './support/memory-log.js'
import { serve } from './support/serve.js'

describe('getBookCover', () => {
  test('returns bytes, type and entity tag', async () => {
    const { client, service } = serve(() =>
      file(Uint8Array.of(9), { 'content-type': 'image/jpeg', etag: '"e1"' }),
    )
    const cover = await client.getBookCover('p', 'b')
    expect(cover).toEqual({ bytes: Uint8Array.of(9), contentType: 'image/jpeg', etag: '"e1"' })
    expect(service.count('GET /storage/books/p/b/cover')).toBe(1)
  })

  test.each(['Book not found', 'Book cover not found'])('is null for %j', async (detail) => {
    const { client } = serve(() => json({ detail }, 404))
    expect(await client.getBookCover('p', 'b')).toBeNull()
  })

  test('is an error for the 404 of a proxy', async () => {
    const { client } = serve(() => new Response('<html>', { status: 404 }))
    await failure(client.getBookCover('p', 'b'), DreamStorageNotFoundError)
  })
})

const LINK = 'https://minio.test:9000/publishers/p/books/b/a.mp3?X-Amz-Signature=abcdef0123456789'

describe('getPresignedUrl', () => {
  test('returns the URL as it is, and when it expires by the time of the response', async () => {
    const date = 'Tue, 24 Nov 2026 23:00:00 GMT'
    const { client, service } = serve(() => json({ url: LINK, expires_in: 600 }, 200, { date }))
    const link = await client.getPresignedUrl('p', 'b', 'audio/ş 1.mp3', { expiresInSeconds: 600 })
    expect(link).toEqual({ url: LINK, expiresAt: new Date('2026-11-24T23:10:00Z') })
    expect(service.seen.at(-1)?.path).toBe(
      '/storage/books/p/b/presigned?path=audio%2F%C5%9F%201.mp3&expires=600',
    )
  })

  test('leaves the lifetime to the service, and counts from now without a date', async () => {
    const { client, service } = serve(() => json({ url: LINK, expires_in: 3_600 }))
    const from = Date.now()
    const link = await client.getPresignedUrl('p', 'b', 'a.mp3')
    expect(service.seen.at(-1)?.path).toBe('/storage/books/p/b/presigned?path=a.mp3')
    const left = Number(link?.expiresAt) - from
    expect(left).toBeGreaterThanOrEqual(3_600_000)
    expect(left).toBeLessThan(3_660_000)
  })

  test('is null for an unknown file', async () => {
    const { client } = serve(() => json({ detail: 'File not found' }, 404))
    expect(await client.getPresignedUrl('p', 'b', 'a.mp3')).toBeNull()
  })

  test.each([{}, [], { url: 'x', expires_in: 60 }, { url: LINK, expires_in: 'soon' }, { url: LINK }])(
    'refuses the answer %j, without its URL',
    async (body) => {
      const { client } = serve(() => json(body))
      const error = await failure(client.getPresignedUrl('p', 'b', 'a'), DreamStorageResponseError)
      expect(JSON.stringify([error.message, error])).not.toContain('abcdef')
    },
  )

  test('is in no line of the log and in no event', async () => {
    const { logger, lines } = new MemoryLog()
    const { client } = serve(() => json({ url: LINK, expires_in: 60 }), { logger })
    await client.getPresignedUrl('p', 'b', 'a')
    expect(lines.length).toBeGreaterThan(0)
    expect(JSON.stringify(lines)).not.toMatch(/abcdef|minio/)
  })

  test.each([59, 86_401, 60.5, '60', null])('refuses %j seconds before anything is sent', async (seconds) => {
    const { client, service } = serve()
    const options = { expiresInSeconds: seconds as number }
    const { message } = await failure(client.getPresignedUrl('p', 'b', 'a', options), DreamStorageInputError)
    expect(message).toContain('expiresInSeconds')
    expect(service.seen).toEqual([])
  })
})
