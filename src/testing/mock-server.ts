import type { Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer, type HttpBindings } from '@hono/node-server'
import { getResponse } from 'msw'
import { createMockService, type MockService, type MockServiceOptions } from './mock-service.js'
import { crash, refuse } from './replies.js'

/** Options of a mock server. */
export interface MockServerOptions extends Omit<MockServiceOptions, 'baseUrl'> {
  /** The port to listen on; 0 is any free port. @default 0 */
  port?: number
  /** The address to listen on. @default '127.0.0.1' */
  host?: string
}

/** A mock service that is served over HTTP. */
export interface MockServer {
  /** Its base URL, without a slash at the end. */
  readonly url: string
  readonly service: MockService
  /** Closes the server and all of its connections. */
  close(): Promise<void>
}

// The service closes idle connections after the same time.
const KEEP_ALIVE_MS = 5_000

/**
 * Serves a mock service over HTTP.
 *
 * @returns the server once it listens; it rejects with the error of `listen`, such as EADDRINUSE.
 */
export async function startMockServer(options: MockServerOptions = {}): Promise<MockServer> {
  const { port = 0, host = '127.0.0.1', ...serviceOptions } = options
  const service = createMockService({ ...serviceOptions, baseUrl: '*' })
  const server = createAdaptorServer({
    fetch: (request, bindings) => respond(service, request, bindings as HttpBindings),
    // The server runs in the process of the tests: it must not replace the global Request and Response.
    overrideGlobalObjects: false,
    serverOptions: { keepAliveTimeout: KEEP_ALIVE_MS },
  }) as Server
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve)
  })
  const { port: actualPort } = server.address() as AddressInfo
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${actualPort}`,
    service,
    close: () => close(server),
  }
}

async function respond(
  service: MockService,
  request: Request,
  { outgoing }: HttpBindings,
): Promise<Response> {
  const response = await reply(service, request)
  prepare(outgoing, response.status)
  return response
}

async function reply(service: MockService, request: Request): Promise<Response> {
  try {
    return (await getResponse(service.handlers, request)) ?? refuse(404, 'Not Found')
  } catch (error) {
    console.error(error)
    return crash()
  }
}

function prepare(outgoing: ServerResponse, status: number): void {
  // When a body is too short the connection is closed, as the service does it; else the client would wait for
  // more.
  outgoing.strictContentLength = true
  // The service, without nginx, closes the connection after a 304.
  if (status === 304) outgoing.shouldKeepAlive = false
  // The service sends no Keep-Alive header, so clients do not know when it closes an idle connection.
  if (outgoing.shouldKeepAlive) outgoing.setHeader('connection', 'keep-alive')
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()))
    server.closeAllConnections()
  })
}
