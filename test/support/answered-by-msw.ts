/**
 * A program whose requests to a host that does not exist are answered by msw, which listens before or after the client
 * is imported; prints what came, and what reached the system.
 * `node --import tsx answered-by-msw.ts before|after`
 */
import { createHook } from 'node:async_hooks'
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'

const ORIGIN = 'http://dcs.invalid'
const file = new Uint8Array(300_000).buffer
const server = setupServer(
  http.post(`${ORIGIN}/auth/login`, () => HttpResponse.json({ access_token: 'good', token_type: 'bearer' })),
  http.get(`${ORIGIN}/books/1`, ({ request }) => {
    const isGood = request.headers.get('authorization') === 'Bearer good'
    return isGood
      ? HttpResponse.json({ id: 1, book_name: 'BRAINS' })
      : new HttpResponse(null, { status: 403 })
  }),
  http.get(`${ORIGIN}/storage/books/p/b/object`, () => HttpResponse.arrayBuffer(file)),
)

const tried: string[] = []
createHook({
  init(_id, type) {
    if (type === 'TCPCONNECTWRAP' || type === 'GETADDRINFOREQWRAP') tried.push(type)
  },
}).enable()

const when = process.argv[2]
const listen = (): void => server.listen({ onUnhandledRequest: 'error' })
if (when === 'before') listen()
const { DreamCentralStorageClient } = await import('../../src/index.js')
if (when === 'after') listen()

const options = { baseUrl: ORIGIN, email: 'a@b.c', password: 'x', retry: { maxRetries: 0 } }
await using client = new DreamCentralStorageClient(options)
const book = await client.getBookById(1)
const { byteLength } = await client.downloadAsset('p', 'b', 'a')
process.stdout.write(JSON.stringify({ book, byteLength, tried }))
server.close()
