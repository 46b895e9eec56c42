import type { Agent, ClientRequest, IncomingMessage } from 'node:http'
import { noop } from '../call/cancellation.js'
import { ConnectionWatch } from './connection-watch.js'
import { Connections, type OpenConnections } from './connections.js'
import { NodeBody, rawHeader } from './node-body.js'
import { nodeHeaders } from './node-headers.js'
import type { OutgoingRequest, Payload } from './outgoing-request.js'
import { sendPayload } from './send-payload.js'
import { type AttemptContext, NULL_BODY, type Transport, type WireResponse } from './transport.js'
import { ConnectTimeout, LocalFault, StaleConnection } from './transport-error.js'

/** Sends requests with node:http or node:https. */
export class NodeTransport {
  readonly #connections: Connections
  readonly #originLength: number

  constructor(baseUrl: URL, maxConnections: number, agent?: Agent) {
    this.#connections = new Connections(baseUrl, maxConnections, agent)
    this.#originLength = baseUrl.origin.length
  }

  /**
   * Sends a request, again at once if the server had closed the connection while it was idle, or says with 408 that it was
   * about to. @see RFC 9110 §15.5.9
   */
  readonly send: Transport = async (request, context) => {
    const connections = this.#connections.opened ?? (await this.#connections.open())
    context.cancellation.throwIfCancelled()
    try {
      const response = await this.#sendOnce(connections, request, context)
      if (!response.isStale || !context.isRepeatable || !request.canBeSent) return response
      response.body?.cancel()
    } catch (error) {
      if (!(error instanceof StaleConnection)) throw error
      if (!context.isRepeatable || !request.canBeSent) throw error.cause
    }
    this.#connections.dropIdle()
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
  ): Promise<NodeResponse> {
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
        // Until all of the request has been sent, the attempt may still have to end it.
        const onEnd = (): void => void (outgoing.writableFinished && unhook())
        resolve(this.#receive(outgoing, message, request, onEnd))
      })
      outgoing.on('error', (error) => {
        connection.end()
        unhook()
        reject(connection.isStale(error) ? new StaleConnection('', { cause: error }) : error)
      })
      sendPayload(outgoing, payload, context.onSend, (cause) =>
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
  ): NodeResponse {
    this.#connections.noteKeepAlive(message.socket, rawHeader(message, 'keep-alive'))
    // After an unhandled error the service closes the connection without notice.
    if ((message.statusCode ?? 0) >= 500) outgoing.shouldKeepAlive = false
    const response = new NodeResponse(message, request.url, request.method !== 'HEAD', unhook)
    response.isStale = outgoing.reusedSocket && response.status === 408
    return response
  }
}

/** A response of node:http. */
class NodeResponse implements WireResponse {
  readonly status: number
  readonly statusText: string
  readonly url: string
  readonly isDecoded = false
  readonly body: NodeBody | undefined
  /** The server gave up waiting for a request on this connection, before it saw that one had been sent. */
  isStale = false
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
