import http, { type Agent, type AgentOptions } from 'node:http'
import type { Socket } from 'node:net'

/** `node:http` or `node:https`, not their functions: mocks and instrumentations can replace those at any time. */
type HttpModule = Pick<typeof http, 'request'> & { readonly Agent: new (options: AgentOptions) => Agent }

/** node:http or node:https, with the agent of one client. */
export interface OpenConnections {
  readonly module: HttpModule
  readonly agent: Agent
}

// The service closes an idle connection after 5 s. One that is about to be closed must not be used.
const IDLE_MS = 4_000

/** The connections of one client to one origin. */
export class Connections {
  /** The origin of requests, as node:http takes it. */
  readonly target: Readonly<Record<'protocol' | 'host', string> & { port: string | number }>
  readonly #name: string
  readonly #isSecure: boolean
  readonly #maxConnections: number
  readonly #givenAgent: Agent | undefined
  // How long a server keeps a connection, if its response says so.
  readonly #idleMs = new WeakMap<Socket, number>()
  #open: OpenConnections | undefined

  /** A given agent is not changed and never destroyed. */
  constructor({ protocol, hostname, port }: URL, maxConnections: number, agent: Agent | undefined) {
    this.#isSecure = protocol === 'https:'
    // Without the brackets of an IPv6 address.
    this.target = {
      protocol,
      host: hostname.replace(/^\[|\]$/g, ''),
      port: port || (this.#isSecure ? 443 : 80),
    }
    this.#name = `${this.target.host}:${this.target.port}:`
    this.#maxConnections = maxConnections
    this.#givenAgent = agent
  }

  /** The module and the agent; undefined before `open`. */
  get opened(): OpenConnections | undefined {
    return this.#open
  }

  /** Creates the agent. node:https is loaded only when it is needed. */
  async open(): Promise<OpenConnections> {
    const module: HttpModule = this.#isSecure ? (await import('node:https')).default : http
    this.#open ??= { module, agent: this.#givenAgent ?? this.#createAgent(module) }
    return this.#open
  }

  /**
   * Remembers how long the server keeps a connection: `Keep-Alive: timeout=…`, in seconds.
   * @see RFC 2068 §19.7.1.1
   */
  noteKeepAlive(socket: Socket | null, header: string | undefined): void {
    const [, seconds] = /\btimeout=(\d+)/i.exec(header ?? '') ?? []
    if (seconds === undefined || !socket) return
    const serverMs = Number(seconds) * 1000
    this.#idleMs.set(socket, Math.min(IDLE_MS, serverMs - Math.min(1000, serverMs / 2)))
  }

  /** Closes the idle connections to the service: the server has closed one of them, and probably the others. */
  dropIdle(): void {
    // A given agent may have connections to other hosts; the names begin with host and port.
    const ours = Object.entries(this.#open?.agent.freeSockets ?? {}).filter(([name]) =>
      name.startsWith(this.#name),
    )
    for (const socket of ours.flatMap(([, sockets]) => sockets ?? [])) socket.destroy()
  }

  /** Destroys all connections of the client's own agent. */
  close(): void {
    if (!this.#givenAgent) this.#open?.agent.destroy()
  }

  #createAgent(module: HttpModule): Agent {
    const sockets = this.#maxConnections
    // The proxies of `NODE_USE_ENV_PROXY=1`, on versions of Node.js that support it.
    const { proxyEnv } = (http.globalAgent as { options?: { proxyEnv?: object } }).options ?? {}
    const options: object = { keepAlive: true, maxSockets: sockets, maxFreeSockets: sockets, proxyEnv }
    const agent = new module.Agent(options)
    // The sockets of node:http and node:https are sockets of node:net, whatever the types say.
    agent.keepSocketAlive = (socket) => this.#keepAlive(socket as Socket)
    return agent
  }

  #keepAlive(socket: Socket): boolean {
    const idleMs = this.#idleMs.get(socket) ?? IDLE_MS
    socket.setTimeout(idleMs)
    // An idle connection keeps no process alive.
    socket.unref()
    return idleMs > 0
  }
}
