import { type ClientRequestArgs, createServer, type Agent as HttpAgent, request } from 'node:http'
import { Agent, type AgentOptions } from 'node:https'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { type ConnectionOptions, connect as connectTls } from 'node:tls'
import { onTestFinished } from 'vitest'

/** An HTTP proxy that answers CONNECT. */
export interface ConnectProxy {
  readonly port: number
  /** The hosts that tunnels were asked for, with their ports. */
  readonly targets: string[]
}

/** Starts one that ends with the test. */
export async function startConnectProxy(): Promise<ConnectProxy> {
  const targets: string[] = []
  const open = new Set<Socket>()
  const server = createServer((_, response) => response.writeHead(405).end())
  server.on('connect', ({ url = '' }, client: Socket, head: Buffer) => {
    targets.push(url)
    const { hostname, port } = new URL(`http://${url}`)
    const upstream = connect(Number(port), hostname, () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      upstream.write(head)
      client.pipe(upstream).pipe(client)
    })
    for (const socket of [client, upstream]) open.add(socket.on('error', () => {}))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    for (const socket of open) socket.destroy()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return { port: (server.address() as AddressInfo).port, targets }
}

type Done = (error: Error | null, socket: Duplex) => void

/** An agent whose connections go through a CONNECT tunnel. */
export class TunnelAgent extends Agent {
  readonly #proxyPort: number

  constructor(proxyPort: number, options: AgentOptions) {
    super({ keepAlive: true, ...options })
    this.#proxyPort = proxyPort
  }

  override createConnection(options: ClientRequestArgs, done: Done = () => {}): undefined {
    const target = `${options.host}:${options.port}`
    const asked = request({ port: this.#proxyPort, host: '127.0.0.1', method: 'CONNECT', path: target })
    asked.once('error', (error) => done(error, new Duplex()))
    asked.once('connect', (_, socket) => {
      const secure = connectTls({ ...options, socket } as ConnectionOptions)
      done(null, secure)
    })
    asked.end()
  }
}

/** How many connections of an agent wait to be used again. */
export function idleSockets(agent: HttpAgent): number {
  return Object.values(agent.freeSockets).reduce((sum, sockets) => sum + (sockets?.length ?? 0), 0)
}
