import { brotliCompressSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { DreamStorageResponseError } from '../src/index.js'
import { createClient } from './support/client.js'
import { failure } from './support/failure.js'
import { json, startServer } from './support/server.js'

const BOOK = { id: 1, book_name: 'B' }
const BODY = JSON.stringify(BOOK)

test.each([
  ['gzip', gzipSync(BODY)],
  ['x-gzip', gzipSync(BODY)],
  ['BR', brotliCompressSync(BODY)],
  ['identity', Buffer.from(BODY)],
  ['', Buffer.from(BODY)],
])('JSON with the content coding %j is read', async (coding, body) => {
  const server = await startServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': coding }).end(body)
  })
  const { api } = createClient({ baseUrl: server.url, token: 'key' })
  const { data, response } = await api.GET('/books/{book_id}', { params: { path: { book_id: 1 } } })
  expect(data).toEqual(BOOK)
  expect(response.headers.get('content-length')).toBe(String(BODY.length))
})

test('a body that fetch has decoded is longer than the length on the wire', async () => {
  const headers = { 'content-encoding': 'gzip', 'content-length': '9' }
  const fetch = async (): Promise<Response> => new Response(BODY, { headers })
  const client = createClient({ baseUrl: 'http://dcs.test', token: 'key', fetch })
  expect(await client.getBookById(1)).toEqual(BOOK)
})

test('a coding that was not asked for is an error, and so is a compressed file', async () => {
  const asked: unknown[] = []
  const server = await startServer((request, response) => {
    asked.push(request.headers['accept-encoding'])
    const coding = request.url?.includes('/object') ? 'gzip' : 'deflate'
    response.writeHead(200, { 'content-encoding': coding }).end(gzipSync(BODY))
  })
  const client = createClient({ baseUrl: server.url, token: 'key' })
  const { message } = await failure(client.getBookById(1), DreamStorageResponseError)
  expect(message).toBe('GET /books/{book_id}: 200 with the content coding deflate, which was not asked for')
  const ofFile = await failure(client.downloadAsset('p', 'b', 'a'), DreamStorageResponseError)
  expect(ofFile.message).toContain(': 200: the file is compressed, which was not asked for')
  expect(asked).toEqual(['gzip, br', 'identity'])
})

test.each([
  ['is not valid gzip', 'gzip', Buffer.from(BODY)],
  ['is not valid br', 'br', Buffer.from(BODY)],
  ['is too large: decoded it is longer than 100 bytes', 'gzip', gzipSync(' '.repeat(101))],
  ['is too large: decoded it is longer than 100 bytes', 'br', brotliCompressSync(' '.repeat(101))],
])('a body that %s (%s) is an error that says so', async (what, coding, body) => {
  const server = await startServer((_, response) => {
    response.writeHead(200, { 'content-encoding': coding }).end(body)
  })
  const client = createClient({ baseUrl: server.url, token: 'key', maxJsonBytes: 100 })
  const { message, status } = await failure(client.getBookById(1), DreamStorageResponseError)
  expect({ message, status }).toEqual({
    message: `GET /books/{book_id}: 200 with a body that ${what}`,
    status: 200,
  })
})

test('nothing is compressed with compression: false', async () => {
  const asked: unknown[] = []
  const server = await startServer((request, response) => {
    asked.push(request.headers['accept-encoding'])
    json(response, 200, BOOK)
  })
  await createClient({ baseUrl: server.url, token: 'key', compression: false }).getBookById(1)
  expect(asked).toEqual(['identity'])
})
