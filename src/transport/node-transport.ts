import type { Agent, ClientRequest, IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { pipeline, Readable } from 'node:stream'
import { noop, startTimer } from '../call/cancellation.js'
import { Connections, type OpenConnections } from './connections.js'
import { NodeBody, rawHeader } from './node-body.js'
import { nodeHeaders } from './node-headers.js'
import type { OutgoingRequest, Payload } from './outgoing-request.js'
import { type AttemptContext, NULL_BODY, type Transport, type WireResponse } from './transport.js'
import { ConnectTimeout, isConnectionLost, LocalFault, StaleConnection } from './transport-error.js'

/** Sends requests with node:http or node:https. */
export class NodeTransport {
  readonly #connections: Connections
  readonly #originLength: number

  constructor(baseUrl: URL, maxConnections: number, agent?: Agent) {
    this.#connections = new Connections(baseUrl, maxConnections, agent)
    this.#originLength = baseUrl.origin.length
  }

  /** Sends a request, again at once if the server had closed the connection while it was idle. */
  readonly send: Transport = async (request, context) => {
    const connections = this.#connections.opened ?? (await this.#connections.open())
    context.cancellation.throwIfCancelled()
    try {
      return await this.#sendOnce(connections, request, context)
    } catch (error) {
      if (!(error instanceof StaleConnection)) throw error
      if (!context.isRepeatable || !request.canBeSent) throw error.cause
      this.#connections.dropIdle()
    }
    return this.#sendOnce(connections, request, context).catch((error: unknown) => {
      throw error instanceof StaleConnection ? error.cause : error
    })
  }

  /** Closes all connections, except those of a given agent. */
  close(): void {
    this.#connections.close()
  }

  #sendOnce(
    connections: OpenConnections,
    request: OutgoingRequest,
    context: AttemptContext,
  ): Promise<WireResponse> {
    return new Promise((resolve, reject) => {
      const payload = request.toPayload()
      const outgoing = this.#open(connections, request, payload)
      const connection = new ConnectionWatch(outgoing, connections.agent, context.connectMs, () =>
        fail(new ConnectTimeout()),
      )
      const fail = (error: unknown): void => {
        connection.end()
        reject(error)
        outgoing.destroy()
      }
      const unhook = context.cancellation.hook(fail)
      outgoing.on('response', (message) => {
        connection.end()
        resolve(this.#receive(outgoing, message, request, unhook))
      })
      outgoing.on('error', (error) => {
        connection.end()
        unhook()
        reject(connection.isStale(error) ? new StaleConnection('', { cause: error }) : error)
      })
      writePayload(outgoing, payload, (cause) =>
        fail(new LocalFault('the body of the request cannot be read', { cause })),
      )
    })
  }

  #open({ module, agent }: OpenConnections, request: OutgoingRequest, payload: Payload): ClientRequest {
    const headers = nodeHeaders(request, payload)
    const { method, url } = request
    const fragment = url.indexOf('#')
    const path = url.slice(this.#originLength, fragment < 0 ? undefined : fragment)
    const { protocol, host, port } = this.#connections.target
    try {
      return module.request({ protocol, host, port, agent, method, path, headers })
    } catch (cause) {
      throw new LocalFault('the request cannot be sent', { cause })
    }
  }

  #receive(
    outgoing: ClientRequest,
    message: IncomingMessage,
    request: OutgoingRequest,
    unhook: () => void,
  ): WireResponse {
    this.#connections.noteKeepAlive(message.socket, rawHeader(message, 'keep-alive'))
    // After an unhandled error the service closes the connection without notice.
    if ((message.statusCode ?? 0) >= 500) outgoing.shouldKeepAlive = false
    return new NodeResponse(message, request.url, request.method !== 'HEAD', unhook)
  }
}

/** A response of node:http. */
class NodeResponse implements WireResponse {
  readonly status: number
  readonly statusText: string
  readonly url: string
  readonly isDecoded = false
  readonly body: NodeBody | undefined
  readonly #message: IncomingMessage
  #headers: Headers | undefined

  constructor(message: IncomingMessage, url: string, hasBody: boolean, onEnd: () => void) {
    this.status = message.statusCode ?? 0
    this.statusText = message.statusMessage ?? ''
    this.url = url
    this.#message = message
    if (!hasBody || NULL_BODY.has(this.status)) {
      message.on('error', noop).resume()
      onEnd()
    } else this.body = new NodeBody(message, onEnd)
  }

  get headers(): Headers {
    if (!this.#headers) {
      this.#headers = new Headers()
      const { rawHeaders } = this.#message
      for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
        this.#headers.append(rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '')
      }
    }
    return this.#headers
  }

  header(name: string): string | undefined {
    return rawHeader(this.#message, name)
  }
}

/** Watches the connection of a request: whether it is made in time, and whether the server had closed it before. */
class ConnectionWatch {
  readonly #outgoing: ClientRequest
  readonly #start: () => NodeJS.Timeout
  #timer: NodeJS.Timeout | undefined
  #socket: Socket | undefined
  #bytesBefore = 0

  constructor(outgoing: ClientRequest, agent: Agent, connectMs: number, onTimeout: () => void) {
    this.#outgoing = outgoing
    this.#start = () => startTimer(connectMs, onTimeout)
    // The wait for a socket of an agent that opens no more of them is no part of the connection.
    if (!outgoing.reusedSocket && !isQueued(outgoing, agent)) this.#timer = this.#start()
    outgoing.on('socket', (socket) => this.#watch(socket))
  }

  end(): void {
    clearTimeout(this.#timer)
  }

  isStale(error: unknown): boolean {
    const hasReceived = this.#socket === undefined || this.#socket.bytesRead > this.#bytesBefore
    return this.#outgoing.reusedSocket && !hasReceived && isConnectionLost(error)
  }

  #watch(socket: Socket): void {
    this.#socket = socket
    this.#bytesBefore = socket.bytesRead
    const { secureConnecting } = socket as { secureConnecting?: boolean }
    if (secureConnecting || socket.connecting) {
      this.#timer ??= this.#start()
      socket.once(secureConnecting ? 'secureConnect' : 'connect', () => this.end())
    } else this.end()
  }
}

function isQueued(outgoing: ClientRequest, agent: Agent): boolean {
  // By the types these are requests of a server.
  const queues: ReadonlyArray<readonly object[] | undefined> = Object.values(agent.requests ?? {})
  return queues.some((queue) => queue?.includes(outgoing))
}

/** Sends the body. `onUnreadable` is called for a stream that fails, before the request itself fails. */
function writePayload(
  outgoing: ClientRequest,
  { content }: Payload,
  onUnreadable: (cause: unknown) => void,
): void {
  if (content === null) outgoing.end()
  else if (content instanceof ReadableStream) {
    const source = Readable.fromWeb(content as Parameters<typeof Readable.fromWeb>[0])
    source.once('error', onUnreadable)
    pipeline(source, outgoing, noop)
  } else outgoing.end(content)
}
