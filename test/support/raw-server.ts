import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** A TCP server on a free port that sends what the test says. */
export interface RawServer {
  readonly port: number
  /** Every connection that was ever made, in order. */
  readonly sockets: Socket[]
  /** Every request that arrived, by its first line. */
  readonly requests: string[]
}

/** Calls `onRequest` for each piece that arrives; `count` is the number of requests so far, over all connections. */
export async function startRawServer(onRequest: (socket: Socket, count: number) => void): Promise<RawServer> {
  const sockets: Socket[] = []
  const requests: string[] = []
  const server = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => {})
    socket.on('data', (data) => {
      requests.push(data.toString('latin1').split('\r\n', 1)[0] ?? '')
      onRequest(socket, requests.length)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    server.close()
    await once(server, 'close')
  })
  return { port: (server.address() as AddressInfo).port, sockets, requests }
}

/** A whole answer of HTTP/1.1 with a JSON body; `length` replaces what it announces. */
export function httpJson(body: unknown, length?: number): string {
  const text = JSON.stringify(body)
  const headers = ['content-type: application/json', `content-length: ${length ?? Buffer.byteLength(text)}`]
  return ['HTTP/1.1 200 OK', ...headers, '', text].join('\r\n')
}

/** A port on which no server listens. */
export async function unusedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
