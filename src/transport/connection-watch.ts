import type { Agent, ClientRequest } from 'node:http'
import type { Socket } from 'node:net'
import { TimeLimit } from '../call/time-limit.js'
import { isConnectionLost } from './transport-error.js'

/** Watches the connection of a request: whether it is made in time, and whether the server had closed it before. */
export class ConnectionWatch {
  readonly #outgoing: ClientRequest
  readonly #start: () => TimeLimit
  #limit: TimeLimit | undefined
  #socket: Socket | undefined
  #bytesBefore = 0

  constructor(outgoing: ClientRequest, agent: Agent, connectMs: number, onTimeout: () => void) {
    this.#outgoing = outgoing
    this.#start = () => new TimeLimit(connectMs, onTimeout)
    // The wait for a socket of an agent that opens no more of them is no part of the connection.
    if (!outgoing.reusedSocket && !isQueued(outgoing, agent)) this.#limit = this.#start()
    outgoing.on('socket', (socket) => this.#watch(socket))
  }

  end(): void {
    this.#limit?.stop()
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
      this.#limit ??= this.#start()
      socket.once(secureConnecting ? 'secureConnect' : 'connect', () => this.end())
    } else this.end()
  }
}

function isQueued(outgoing: ClientRequest, agent: Agent): boolean {
  // By the types these are requests of a server.
  const queues: ReadonlyArray<readonly object[] | undefined> = Object.values(agent.requests ?? {})
  return queues.some((queue) => queue?.includes(outgoing))
}
