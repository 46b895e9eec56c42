// Whether msw answers the client's requests to a host that does not exist.
// `node msw.mjs PACKAGE before|after`: msw listens before this package is imported, or after.
import { noteConnections, useClient } from './use-client.mjs'

const [, , name, when] = process.argv
const origin = 'http://dcs.invalid'
const { HttpResponse, http } = await import(name)
const { setupServer } = await import(`${name}/node`)
const file = new Uint8Array(300_000).fill(7).buffer

const server = setupServer(
  http.post(`${origin}/auth/login`, () =>
    HttpResponse.json({ access_token: 'mocked', token_type: 'bearer' }),
  ),
  http.get(`${origin}/books/:id`, ({ request, params }) =>
    request.headers.get('authorization') === 'Bearer mocked'
      ? HttpResponse.json({ id: Number(params.id), book_name: 'mocked' })
      : HttpResponse.json({ detail: 'Not authenticated' }, { status: 403 }),
  ),
  http.get(`${origin}/storage/books/p/b/object`, () => HttpResponse.arrayBuffer(file)),
  http.get(`${origin}/storage/books/p/b/config`, () =>
    HttpResponse.json({ detail: 'none' }, { status: 404 }),
  ),
)

const connections = noteConnections()
await useClient({ origin, when, connections, listen: () => server.listen({ onUnhandledRequest: 'error' }) })
server.close()
