import { describe, expect, test } from 'vitest'
import { type DreamCentralStorageClient, DreamStorageInputError } from '../../src/index.js'
import { createClient } from '../support/client.js'
import { failure } from '../support/failure.js'
import { json, startServer } from '../support/server.js'

/** A file as its name and its text. */
type Field = string | readonly [name: string, text: string]

interface Received {
  readonly path: string
  readonly type: string
  readonly body: string
  /** Of a form: its fields in order. */
  readonly fields: ReadonlyArray<readonly [string, Field]>
}

async function setUp(): Promise<{ api: DreamCentralStorageClient['api']; received: Received[] }> {
  const received: Received[] = []
  const server = await startServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    const type = request.headers['content-type'] ?? ''
    const fields: Array<[string, Field]> = []
    if (type.startsWith('multipart/')) {
      const form = await new Response(body, { headers: { 'content-type': type } }).formData()
      for (const [name, value] of form) {
        fields.push([name, typeof value === 'string' ? value : [value.name, await value.text()]])
      }
    }
    received.push({ path: request.url ?? '', type, body: body.toString(), fields })
    json(response, 201, { book_id: 1, version: '1.0.0', files: [] })
  })
  return { api: createClient({ baseUrl: server.url, token: 'key' }).api, received }
}

const ZIP = new File(['zip'], 'kitap ş.zip', { type: 'application/zip' })

describe('where the contract says multipart/form-data, an object is sent as a form', () => {
  test('with its file, over each of the three routes', async () => {
    const { api, received } = await setUp()
    const { data } = await api.POST('/books/upload', { body: { file: ZIP } })
    await api.POST('/books/{book_id}/upload', { params: { path: { book_id: 1 } }, body: { file: ZIP } })
    const params = { path: { platform: 'macos' } } as const
    await api.request('post', '/apps/{platform}/upload', { params, body: { file: ZIP } })
    expect(data).toMatchObject({ book_id: 1 })
    expect(received.map(({ path }) => path)).toEqual([
      '/books/upload',
      '/books/1/upload',
      '/apps/macos/upload',
    ])
    for (const { type, fields } of received) {
      expect(type).toMatch(/^multipart\/form-data; boundary=/)
      expect(fields).toEqual([['file', ['kitap ş.zip', 'zip']]])
    }
  })

  test('with a Blob, texts, numbers, booleans, lists and objects; without what is undefined or null', async () => {
    const { api, received } = await setUp()
    const body = {
      file: new Blob(['zip']),
      title: 'Yeşil\nElma',
      count: 0,
      isNew: false,
      tags: ['a', 7, ZIP],
      more: { a: 1 },
      none: undefined,
      nothing: null,
    }
    await api.POST('/books/upload', { body })
    expect(received[0]?.fields).toEqual([
      ['file', ['blob', 'zip']],
      ['title', 'Yeşil\r\nElma'],
      ['count', '0'],
      ['isNew', 'false'],
      ['tags', 'a'],
      ['tags', '7'],
      ['tags', ['kitap ş.zip', 'zip']],
      ['more', '{"a":1}'],
    ])
  })

  test('also through middleware', async () => {
    const { api, received } = await setUp()
    api.use({ onRequest: ({ request }) => request.headers.set('x-a', '1') })
    await api.POST('/books/upload', { body: { file: ZIP } })
    expect(received[0]?.fields).toEqual([['file', ['kitap ş.zip', 'zip']]])
  })

  test('and what it cannot represent is an input error, before anything is sent', async () => {
    const { api, received } = await setUp()
    const body = { file: ZIP, more: { big: 1n } }
    await failure(api.POST('/books/upload', { body }), DreamStorageInputError)
    expect(received).toEqual([])
  })
})

describe('what the caller decides stays', () => {
  test('a FormData', async () => {
    const { api, received } = await setUp()
    const form = new FormData()
    form.set('file', ZIP, 'other.zip')
    await api.POST('/books/upload', { body: form as never })
    expect(received[0]?.fields).toEqual([['file', ['other.zip', 'zip']]])
  })

  test('a bodySerializer', async () => {
    const { api, received } = await setUp()
    const bodySerializer = ({ file }: { file: Blob }): string => `of ${file.size} bytes`
    await api.POST('/books/upload', { body: { file: ZIP }, bodySerializer })
    expect(received[0]).toMatchObject({ body: 'of 3 bytes', fields: [] })
  })

  test('a bodySerializer that is undefined is none', async () => {
    const { api, received } = await setUp()
    await api.POST('/books/upload', { body: { file: ZIP }, bodySerializer: undefined } as never)
    expect(received[0]?.fields).toEqual([['file', ['kitap ş.zip', 'zip']]])
  })

  test('a content type', async () => {
    const { api, received } = await setUp()
    const headers = { 'content-type': 'application/json' }
    await api.POST('/books/upload', { body: { file: 'x' } as never, headers })
    expect(received[0]).toMatchObject({ type: 'application/json', body: '{"file":"x"}' })
  })
})

test('the other operations send JSON', async () => {
  const { api, received } = await setUp()
  await api.POST('/books/batch', { body: { ids: [1] } })
  expect(received[0]).toMatchObject({ type: 'application/json', body: '{"ids":[1]}' })
})
