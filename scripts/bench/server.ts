import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What the server does at certain moments of a run, counted in requests for single books. */
const NO_PLAN = {
  /** After so many, every token that was issued is refused. */
  revokeAfter: Number.MAX_SAFE_INTEGER,
  /** After so many, everything is answered with 503. */
  outageAfter: Number.MAX_SAFE_INTEGER,
  /** Each is answered after 1 to so many milliseconds; 0: at once. */
  latencyMs: 0,
}
const NO_COUNTS = { logins: 0, books: 0, book: 0, storage: 0, unauthorized: 0 }

/** Requests that arrived since the last plan, by route; those that were answered with 401 also by that. */
export type Counts = typeof NO_COUNTS

const BOOKS = Array.from({ length: 500 }, (_, index) => ({
  id: index + 1,
  publisher: `Publisher ${(index % 20) + 1}`,
  book_name: `BOOK ${index + 1}`,
  language: 'en',
  category: 'Coursebook',
  version: '1.0.0',
  status: 'published',
  created_at: '2025-09-01T08:00:00.123456Z',
  updated_at: '2025-11-01T08:00:00.654321Z',
}))
const CATALOGUE = JSON.stringify(BOOKS)
const BOOK_BODIES = BOOKS.map((book) => JSON.stringify(book))
const CHUNK = Buffer.alloc(1_000_000, 'dream central storage ')

/**
 * The routes of the service that the workloads need, as cheap as possible, so that the client is what is measured.
 * `PUT /control` sets a plan and resets the counts, `GET /control` returns them. Listens on a free port of loopback.
 */
export async function startBenchServer(): Promise<{ url: string; close: () => void }> {
  const service = new Service()
  const server = createServer((request, response) => void service.answer(request, response))
  // 1 000 connections may be opened at once.
  await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1', backlog: 2048 }, resolve))
  const close = (): void => void server.close(() => {}).closeAllConnections()
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close }
}

class Service {
  #counts = { ...NO_COUNTS }
  #plan = NO_PLAN
  readonly #valid = new Set<string>()

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, url = '/', headers } = request
    if (url === '/control') {
      if (method === 'PUT') this.#plan = { ...NO_PLAN, ...JSON.parse((await request.toArray()).join('')) }
      if (method === 'PUT') this.#counts = { ...NO_COUNTS }
      return sendJson(response, 200, JSON.stringify(this.#counts))
    }
    const isBook = /^\/books\/./.test(url)
    const route = url === '/auth/login' ? 'logins' : isBook ? 'book' : url === '/books/' ? 'books' : 'storage'
    const seen = ++this.#counts[route]
    if (isBook && seen === this.#plan.revokeAfter + 1) this.#valid.clear()
    const status = this.#statusOf(route, headers.authorization)
    if (status === 401) this.#counts.unauthorized++
    const send = (): void => {
      if (status === 200) this.#serve(route, request, response)
      else sendJson(response, status, '{"detail":"refused"}')
    }
    // Spread over the whole span, and the same in each run.
    if (isBook && this.#plan.latencyMs > 0) setTimeout(send, 1 + ((seen * 7) % this.#plan.latencyMs))
    else send()
  }

  #statusOf(route: keyof Counts, authorization = ''): number {
    if (this.#counts.book > this.#plan.outageAfter) return 503
    if (route === 'logins' || this.#valid.has(authorization)) return 200
    return authorization.startsWith('Bearer ') ? 401 : 403
  }

  #serve(route: keyof Counts, { url = '', headers }: IncomingMessage, response: ServerResponse): void {
    const name = url.slice(url.lastIndexOf('/') + 1)
    if (route === 'logins') sendJson(response, 200, JSON.stringify({ access_token: this.#issueToken() }))
    else if (route === 'book') sendJson(response, 200, BOOK_BODIES[Number(name) - 1] ?? 'null')
    // The service sends no such header; without it a cache that obeys HTTP would keep nothing.
    else if (route === 'books') sendJson(response, 200, CATALOGUE, { 'cache-control': 'max-age=900' })
    else if (name.startsWith('object?')) sendFile(name, headers.range, response)
    else sendJson(response, 200, JSON.stringify(listing(name)))
  }

  /** A JWT of 30 minutes; its signature is random, since no one checks it. */
  #issueToken(): string {
    const iat = Math.floor(Date.now() / 1000)
    const parts = [
      JSON.stringify({ alg: 'HS256' }),
      JSON.stringify({ iat, exp: iat + 1800 }),
      randomBytes(32),
    ]
    const token = parts.map((part) => Buffer.from(part).toString('base64url')).join('.')
    this.#valid.add(`Bearer ${token}`)
    return token
  }
}

/** The files of a book that is named by their number and size, such as `2000x20000_4x100000000`. */
function listing(book: string): object {
  const root = `Publisher 1/books/${book}/`
  const children = book.split('_').flatMap((group) => {
    const [length = 0, size = 0] = group.split('x').map(Number)
    const path = (index: number): string => `${root}files/${Math.floor(index / 100)}/${index}-${size}.bin`
    return Array.from({ length }, (_, index) => ({ path: path(index), type: 'file', size, children: [] }))
  })
  return { path: root, type: 'folder', children }
}

/** A file of the size that its name ends in, or a range of it, as the service of 2026 sends it. */
function sendFile(name: string, range: string | undefined, response: ServerResponse): void {
  const size = Number(/(\d+)\.bin$/.exec(name)?.[1])
  const [, start = 0, end = size - 1] = /^bytes=(\d+)-(\d+)?$/.exec(range ?? '') ?? []
  const left = Number(end) + 1 - Number(start)
  const isSatisfied = left > 0 && Number(end) < size
  response.writeHead(range === undefined ? 200 : isSatisfied ? 206 : 416, {
    'content-type': 'application/octet-stream',
    'content-length': isSatisfied ? left : 0,
    'accept-ranges': 'bytes',
    etag: `"${name}"`,
    ...(range && { 'content-range': `bytes ${isSatisfied ? `${start}-${end}` : '*'}/${size}` }),
  })
  pour(response, isSatisfied ? left : 0)
}

function pour(response: ServerResponse, size: number): void {
  let left = size
  for (let hasRoom = true; left > 0 && hasRoom; left -= CHUNK.length) {
    hasRoom = response.write(left < CHUNK.length ? CHUNK.subarray(0, left) : CHUNK)
  }
  if (left > 0) response.once('drain', () => pour(response, left))
  else response.end()
}

function sendJson(response: ServerResponse, status: number, body: string, headers: object = {}): void {
  const length = Buffer.byteLength(body)
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': length, ...headers })
  response.end(body)
}
