import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sendFile } from './server-file.js'
import { Tokens } from './server-tokens.js'
import { BOOKS, type Counts, NO_PLAN, type Plan } from './server-types.js'

/** A service that is running. */
export interface BenchServer {
  readonly url: string
  /** What arrived since the last plan. */
  readonly counts: Counts
  close(): Promise<void>
}

const CATALOGUE = Buffer.from(JSON.stringify(BOOKS))
const BOOK_BODIES = BOOKS.map((book) => Buffer.from(JSON.stringify(book)))
const NO_COUNTS: Counts = { logins: 0, books: 0, book: 0, object: 0, unauthorized: 0 }

/**
 * The routes of the service that the workloads need, as cheap as they can be made, so that what is measured is the
 * client. `PUT /control` sets a plan and starts the counts anew, `GET /control` tells them. Listens on a free port.
 */
export async function startBenchServer(): Promise<BenchServer> {
  const service = new Service()
  const server = createServer((request, response) => service.answer(request, response))
  // 100 callers connect at once, and one contestant opens a connection for each of 1 000.
  await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1', backlog: 2048 }, resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    get counts() {
      return service.counts
    },
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

class Service {
  counts = { ...NO_COUNTS }
  readonly #tokens = new Tokens()
  #plan: Plan = NO_PLAN

  get #isDown(): boolean {
    return this.counts.book > this.#plan.outageAfter
  }

  answer(request: IncomingMessage, response: ServerResponse): void {
    if (request.url === '/control') this.#control(request, response)
    else if (request.url === '/auth/login') this.#logIn(request, response)
    else this.#answerCall(request, response)
  }

  #answerCall(request: IncomingMessage, response: ServerResponse): void {
    const { url = '/' } = request
    const isBook = url.startsWith('/books/') && url.length > '/books/'.length
    const route = isBook ? 'book' : url === '/books/' ? 'books' : 'object'
    const seen = ++this.counts[route]
    if (isBook && seen === this.#plan.revokeAfter + 1) this.#tokens.revoke()
    const refusal = this.#isDown
      ? { status: 503, detail: 'Service Unavailable' }
      : this.#tokens.refusal(request.headers.authorization)
    if (refusal?.status === 401) this.counts.unauthorized++
    const send = (): void => {
      if (refusal) fail(response, refusal.status, refusal.detail)
      else this.#serve(route, request, response)
    }
    // Spread over the whole span, and the same in each run.
    if (isBook && this.#plan.latencyMs > 0) setTimeout(send, 1 + ((seen * 7) % this.#plan.latencyMs))
    else send()
  }

  #serve(route: 'book' | 'books' | 'object', request: IncomingMessage, response: ServerResponse): void {
    const body = BOOK_BODIES[Number(request.url?.slice('/books/'.length)) - 1]
    if (route === 'object') sendFile(request, response)
    // The service sends no such header; without it a cache that obeys HTTP would have nothing to keep.
    else if (route === 'books') sendJson(response, 200, CATALOGUE, { 'cache-control': 'max-age=900' })
    else if (body) sendJson(response, 200, body)
    else fail(response, 404, 'Book not found')
  }

  #logIn(request: IncomingMessage, response: ServerResponse): void {
    this.counts.logins++
    readJson(request, (body) => {
      const { email, password } = Object(body)
      const isKnown = email === 'admin@admin.com' && password === 'admin'
      if (this.#isDown) fail(response, 503, 'Service Unavailable')
      else if (!isKnown) fail(response, 401, 'Invalid credentials')
      else send(response, 200, { access_token: this.#tokens.issue(), token_type: 'bearer' })
    })
  }

  #control(request: IncomingMessage, response: ServerResponse): void {
    if (request.method === 'PUT') {
      readJson(request, (body) => {
        this.#plan = { ...NO_PLAN, ...Object(body) }
        this.counts = { ...NO_COUNTS }
        send(response, 200, this.counts)
      })
    } else send(response, 200, this.counts)
  }
}

function readJson(request: IncomingMessage, use: (body: unknown) => void): void {
  let text = ''
  request.setEncoding('utf8')
  request.on('data', (chunk: string) => {
    text += chunk
  })
  request.on('end', () => use(JSON.parse(text)))
}

function fail(response: ServerResponse, status: number, detail: string): void {
  send(response, status, { detail })
}

function send(response: ServerResponse, status: number, body: unknown): void {
  sendJson(response, status, Buffer.from(JSON.stringify(body)))
}

function sendJson(response: ServerResponse, status: number, body: Buffer, headers: object = {}): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': body.length,
    ...headers,
  })
  response.end(body)
}
