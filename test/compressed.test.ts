import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { DreamStorageResponseError } from '../src/index.js'
import { createClient } from './support/client.js'
import { failure } from './support/failure.js'
import { json, startServer } from './support/server.js'

test('nothing compressed is asked for, and an answer that is compressed all the same is refused', async () => {
  const asked: unknown[] = []
  const server = await startServer((request, response) => {
    asked.push(request.headers['accept-encoding'])
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
    if (request.url === '/books/1') response.writeHead(200, headers).end(gzipSync('{"id":1,"book_name":"B"}'))
    else json(response, 200, { id: 2, book_name: 'C' })
  })
  const client = createClient({ baseUrl: server.url, token: 'key' })
  await failure(client.getBookById(1), DreamStorageResponseError)
  expect(await client.getBookById(2)).toEqual({ id: 2, book_name: 'C' })
  expect(asked).toEqual(['identity', 'identity'])
})
