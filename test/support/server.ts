import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** Answers one request of the bare server. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>

/** An HTTP server on a free port that counts its requests and connections. */
export interface TestServer {
  readonly url: string
  /** `METHOD /path?query` of every request, in order. */
  readonly requests: string[]
  /** Connections that were ever made, and those that are open now. */
  readonly sockets: { made: number; open: Set<Socket>; mostOpen: number }
  /** How many requests began with this, such as `GET /books/`. */
  count(start: string): number
}

/** Starts a server that is closed, with every connection, when the test ends. */
export async function startServer(handler: Handler): Promise<TestServer> {
  const requests: string[] = []
  const sockets = { made: 0, open: new Set<Socket>(), mostOpen: 0 }
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`)
    void handler(request, response)
  })
  server.on('connection', (socket) => {
    sockets.made++
    sockets.open.add(socket)
    sockets.mostOpen = Math.max(sockets.mostOpen, sockets.open.size)
    socket.on('close', () => sockets.open.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const { port } = server.address() as AddressInfo
  const count = (start: string): number => requests.filter((line) => line.startsWith(start)).length
  return { url: `http://127.0.0.1:${port}`, requests, sockets, count }
}

/** Answers with JSON. */
export function json(response: ServerResponse, status: number, body: unknown, headers = {}): void {
  const text = JSON.stringify(body)
  const length = Buffer.byteLength(text)
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': length, ...headers })
  response.end(text)
}
