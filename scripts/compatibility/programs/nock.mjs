// Whether nock answers the client's requests to a host that does not exist.
// `node nock.mjs PACKAGE before|after`: nock listens before this package is imported, or after.
import { noteConnections, useClient } from './use-client.mjs'

const [, , name, when] = process.argv
const origin = 'http://dcs.invalid'
const JSON_TYPE = { 'content-type': 'application/json' }
let nock

/** nock 14 gives a path, nock 15 a Request. */
function bookOf(asked) {
  const path = typeof asked === 'string' ? asked : asked.url
  return { id: Number(path.split('/').at(-1)), book_name: 'mocked' }
}

async function listen() {
  // It listens from its import on.
  nock = (await import(name)).default
  nock.disableNetConnect()
  nock(origin)
    .persist()
    .post('/auth/login')
    .reply(200, { access_token: 'mocked', token_type: 'bearer' }, JSON_TYPE)
    .get(/^\/books\/\d+$/)
    .matchHeader('authorization', 'Bearer mocked')
    .reply(200, bookOf, JSON_TYPE)
    .get('/storage/books/p/b/object')
    .query(true)
    .reply(200, Buffer.alloc(300_000, 7), { 'content-type': 'application/octet-stream' })
    .get('/storage/books/p/b/config')
    .reply(404, { detail: 'none' }, JSON_TYPE)
}

const connections = noteConnections()
await useClient({ origin, when, connections, listen })
nock.restore()
