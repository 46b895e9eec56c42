import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { DreamCentralStorageClient } from '../src/index.js'
import { createClient } from './support/client.js'
import { EventLog } from './support/event-log.js'
import { tempFolder } from './support/folder.js'
import { reachableText } from './support/reachable.js'
import { partsIn } from './support/secrets.js'
import { json, startServer, type TestServer } from './support/server.js'

const secret = (): string => randomBytes(18).toString('base64url')

const [PASSWORD, HEADER, BODY, COOKIE, UPLOAD] = [secret(), secret(), secret(), secret(), secret()]

type Reply = (response: ServerResponse, index: number) => void

const FILE = Buffer.from(`${BODY}${'x'.repeat(2_000)}`)

/** What each route answers, by how often it was asked before. */
const REPLIES: Record<string, Reply> = {
  '/books/': (response, index) =>
    index === 0
      ? response.writeHead(503, { 'content-type': 'text/html', 'set-cookie': COOKIE }).end(`<p>${BODY}`)
      : json(response, 200, [{ id: 1, book_name: BODY }, { book_name: BODY }], { 'set-cookie': COOKIE }),
  '/books/1': (response) => response.socket?.end(`HTTP/1.1 ${BODY} nonsense\r\n\r\n`),
  '/books/2': (response) => response.socket?.destroy(),
  '/books/3': (response) => response.writeHead(200).end(`{"id":3,"book_name":"${BODY}`),
  '/books/4': (response) => json(response, 429, { you: BODY }, { 'retry-after': '999', 'x-limit': COOKIE }),
  '/books/5': (response) => json(response, 302, {}, { location: '/elsewhere' }),
  '/books/6': (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(`{"a":"${BODY}"}`),
  '/books/7': (response) =>
    json(response, 422, {
      detail: [{ type: 't', loc: ['body'], msg: 'no', input: UPLOAD, ctx: { UPLOAD } }],
    }),
  '/books/batch': (response) =>
    json(response, 422, { detail: [{ type: 't', loc: ['body'], msg: 'no', input: UPLOAD }] }),
  '/storage/books/p/b': (response) => json(response, 200, ['a.mp3', '../no.mp3']),
  '/storage/books/p/b/object': (response, index) => {
    response.writeHead(200, { 'content-length': FILE.byteLength, etag: '"1"', 'set-cookie': COOKIE })
    if (index % 2 === 0) response.write(FILE.subarray(0, 900), () => response.destroy())
    else response.end(FILE)
  },
}

/** Each login gives another token; the second request with a token refuses it, and two logins fail. */
async function startService(tokens: string[]): Promise<TestServer> {
  const asked = new Map<string, number>()
  const uses = new Map<string | undefined, number>()
  const next = (counts: Map<string | undefined, number>, key: string | undefined): number => {
    const count = counts.get(key) ?? 0
    counts.set(key, count + 1)
    return count
  }
  return startServer((request, response) => {
    request.resume()
    const { pathname } = new URL(request.url ?? '', 'http://localhost')
    if (pathname === '/auth/login') {
      const index = next(asked as Map<string | undefined, number>, pathname)
      if (index === 1) return void response.writeHead(500).end(`${PASSWORD} ${BODY}`)
      if (index === 2) return json(response, 400, { detail: PASSWORD })
      if (index === 3) return json(response, 401, { detail: PASSWORD })
      tokens.push(secret())
      return json(response, 200, { access_token: tokens.at(-1), token_type: 'bearer' })
    }
    if (next(uses, request.headers.authorization) >= 4)
      return json(response, 401, { detail: 'Invalid token' })
    REPLIES[pathname]?.(response, next(asked as Map<string | undefined, number>, pathname))
  })
}

async function actOn(client: DreamCentralStorageClient, folder: string): Promise<unknown[]> {
  const acts: Array<() => Promise<unknown>> = [
    () => client.getBooks(),
    () => client.getBooks(),
    () => client.authenticate(),
    () => client.authenticate(),
    () => client.authenticate(),
    ...[4, 7, 1, 3, 2, 5, 6].map((id) => () => client.getBookById(id)),
    // Logins pause after tokens that are refused at once, but not this one.
    () => client.authenticate(),
    () => client.listBookContents('p', 'b'),
    () => client.downloadAsset('p', 'b', 'a.mp3'),
    () => client.authenticate(),
    async () => new Response((await client.streamAsset('p', 'b', 'a.mp3')).body).arrayBuffer(),
    () => client.downloadAssetToFile('p', 'b', 'a.mp3', join(folder, 'a.mp3')),
    () => client.authenticate(),
    () => client.mirrorBook('p', 'b', join(folder, 'mirror')),
    () => client.api.POST('/books/batch', { body: { ids: [1], secret: UPLOAD } as never }),
    () => client.getAssetRequest('p', 'b', 'a.mp3'),
  ]
  const errors: unknown[] = []
  for (const act of acts) await act().catch((error: unknown) => errors.push(error))
  return errors
}

test('no event holds a password, a token, a header or a body, whatever happens', async () => {
  const tokens: string[] = []
  const server = await startService(tokens)
  const log = new EventLog()
  const client = createClient({
    baseUrl: server.url,
    email: 'admin@admin.com',
    password: PASSWORD,
    headers: { 'x-secret': HEADER },
    circuitBreaker: false,
    observers: [log.observer],
  })
  const errors = await actOn(client, await tempFolder())
  expect(errors.length).toBeGreaterThan(5)
  expect(tokens.length).toBeGreaterThan(2)
  for (const name of ['retry', 'rate-limit', 'token', 'cache', 'stream', 'skip'] as const) {
    expect(log.all(name), name).not.toEqual([])
  }
  expect(log.all('token').map(({ state }) => state)).toContain('refused')
  const outcomes = log.all('call.end').map(({ call, outcome }) => `${call.kind} ${outcome}`)
  expect(new Set(outcomes)).toEqual(
    new Set([
      'login success',
      'login error',
      'request success',
      'request error',
      'operation success',
      'operation error',
    ]),
  )
  for (const one of log.recorded) {
    const text = reachableText(one)
    for (const hidden of [PASSWORD, HEADER, BODY, COOKIE, UPLOAD, ...tokens]) {
      expect(partsIn(text, hidden), one.name).toEqual([])
    }
    expect(text, one.name).not.toMatch(/\bauthorization\b|\bbearer \S|set-cookie|x-secret/i)
  }
})
