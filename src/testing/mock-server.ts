import type { Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer, type HttpBindings } from '@hono/node-server'
import { getResponse } from 'msw'
import { createMockService, type MockService, type MockServiceOptions } from './mock-service.js'
import { crash, refuse } from './replies.js'

/** How a mock server is to be. */
export interface MockServerOptions extends Omit<MockServiceOptions, 'baseUrl'> {
  /** 0 is any free port. @default 0 */
  port?: number
  /** @default '127.0.0.1' */
  host?: string
}

/** A mock service that listens. */
export interface MockServer {
  /** Its base URL, without a slash at the end. */
  readonly url: string
  readonly service: MockService
  /** Ends it and every connection to it. */
  close(): Promise<void>
}

// As long as the service keeps an idle connection.
const KEEP_ALIVE_MS = 5_000

/** Serves a mock service over HTTP; rejects with the error of `listen`, such as EADDRINUSE. */
export async function startMockServer(options: MockServerOptions = {}): Promise<MockServer> {
  const { port = 0, host = '127.0.0.1', ...serviceOptions } = options
  const service = createMockService({ ...serviceOptions, baseUrl: '*' })
  const server = createAdaptorServer({
    fetch: (request, bindings) => respond(service, request, bindings as HttpBindings),
    // A server must not exchange the Request and Response of the process that it is tested in.
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
  // A body that ends early ends the connection, as with the service; the client would wait for more.
  outgoing.strictContentLength = true
  // Without nginx a 304 is the last answer of its connection.
  if (status === 304) outgoing.shouldKeepAlive = false
  // The service gives no Keep-Alive hint: connections close under the hands of their users.
  if (outgoing.shouldKeepAlive) outgoing.setHeader('connection', 'keep-alive')
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()))
    server.closeAllConnections()
  })
}
