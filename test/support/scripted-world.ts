import type { ClientEvents, DreamCentralStorageClient, Observer } from '../../src/index.js'
import { createClient } from './client.js'
import { hang, json } from './fake-service.js'
import { down, fetchFailed, invalidCredentials, invalidToken } from './faults.js'
import { jwt } from './jwt.js'

/** The parts of the service, which fail by themselves. */
export const PARTS = ['catalogue', 'storage', 'login'] as const
export type Part = (typeof PARTS)[number]

/**
 * How a part of the service answers. `broken`: without a token, or not JSON. `denied`: 404, and 401 to a login.
 * `unauthorized`: 401, whatever the token.
 */
export type Answer = 'ok' | 'down' | 'refused' | 'silent' | 'busy' | 'broken' | 'denied' | 'unauthorized'

/** What a part does to a request, after `latencyMs`. */
export interface Fate {
  readonly answer: Answer
  readonly latencyMs: number
}

/** The largest numbers of attempts at a time. */
export interface Limits {
  readonly maxConnections: number
  readonly maxFileConnections: number
}

/** A value that the service sent: `sentAt` and `order` of the request, on the world's clocks. */
interface Version {
  readonly requestOrder: number
  readonly answeredAt: number
}

interface Arrival {
  readonly method: string
  readonly path: string
  readonly part: Part
  readonly requestId: string
  readonly order: number
  readonly token: string | undefined
}

/** A circuit as its events tell it. */
interface CircuitView {
  state: 'closed' | 'open' | 'half-open'
  retryAt: number
  openMs: number
  arrivals: number
}

const TTL_MS = { books: 60_000, config: 120_000 }
const RETRY_AFTER_SECONDS = 3
const LOGIN_PAUSE_MS = 1_000
const FIRST_OPEN_MS = 1_000
const LONGEST_OPEN_MS = 8_000

/**
 * A service behind the option `fetch` that answers as a random test tells it to, and a client of it. It keeps the books:
 * whatever a client must never do is a line in `violations`, because what is thrown here would reach only the client.
 */
export class ScriptedWorld {
  readonly client: DreamCentralStorageClient
  readonly limits: Limits
  readonly violations: string[] = []
  readonly fates = {} as Record<Part, Fate>
  /** Paths that are answered with 500, whatever the rest does. */
  readonly brokenPaths = new Set<string>()
  tokenLifetimeSeconds = 1800
  /** Callers that wait for `authenticate()`, which always logs in. */
  authenticating = 0
  attempts = 0
  logins = 0
  closed = false
  readonly #inFlight = new Set<Arrival>()
  readonly #versions: Version[] = []
  readonly #tokens = new Map<string, { expiresAt: number; refusedAt: number }>()
  readonly #background = new Set<string>()
  /** The logins that `authenticate()` started, which may outlive it. */
  readonly #demanded = new Set<string>()
  readonly #circuits = new Map<string, CircuitView>()
  readonly #last = new Map<string, number>()
  #order = 0
  #noLoginUntil = 0
  #loginTimes: number[] = []

  constructor(limits: Limits, latencyMs: number) {
    this.limits = limits
    for (const part of PARTS) this.fates[part] = { answer: 'ok', latencyMs }
    this.client = createClient({
      baseUrl: 'http://dcs.test',
      fetch: this.#fetch,
      observers: [this.#observer],
      ...limits,
      cache: { booksTtlMs: TTL_MS.books, configTtlMs: TTL_MS.config, maxEntries: 2 },
      timeouts: { requestMs: 3_000, downloadMs: 3_000, queueMs: 2_000 },
      refreshMarginMs: 5_000,
      retry: { jitter: false },
      circuitBreaker: { resetAfterMs: FIRST_OPEN_MS, maxResetAfterMs: LONGEST_OPEN_MS },
    })
  }

  /** Requests that the service has not answered yet, with the bodies of files. */
  get inFlight(): number {
    return this.#inFlight.size
  }

  /** A number for what happens now, greater than all before. */
  tick(): number {
    return ++this.#order
  }

  /** Whether a new call of this path has to fail at once. */
  isOpen(path: string): boolean {
    return this.#circuitsOf(path).some(
      ({ state, retryAt }) => state === 'open' && performance.now() < retryAt,
    )
  }

  /** The service forgets all tokens. */
  revokeTokens(): void {
    for (const token of this.#tokens.values()) token.expiresAt = 0
    this.#loginTimes = []
  }

  /** Everything answers at once, and well. */
  repair(): void {
    for (const part of PARTS) this.fates[part] = { answer: 'ok', latencyMs: 0 }
    this.brokenPaths.clear()
  }

  /** Records what is wrong with a cached value that a call got, which started at `order` and `startedAt`. */
  judgeValue(
    kind: keyof typeof TTL_MS,
    version: number,
    call: { order: number; startedAt: number; invalidated: number; isFresh: boolean },
  ): void {
    const { requestOrder, answeredAt } = this.#versions[version] ?? { requestOrder: 0, answeredAt: 0 }
    const age = call.startedAt - answeredAt
    if (age >= TTL_MS[kind]) this.violations.push(`${kind} of ${age} ms from the cache`)
    if (requestOrder < call.invalidated) this.violations.push(`${kind} from before an invalidation`)
    if (call.isFresh && requestOrder < call.order) this.violations.push(`${kind} from before a reload`)
  }

  readonly #fetch = async (request: Request, init?: { signal: AbortSignal }): Promise<Response> => {
    const signal = init?.signal ?? new AbortController().signal
    const arrival = this.#arrive(request)
    this.#inFlight.add(arrival)
    this.#judgeNumbers()
    try {
      const response = await this.#answer(arrival, signal)
      this.#last.set(keyOf(arrival), response.status)
      if (!response.ok || !isFile(arrival)) this.#inFlight.delete(arrival)
      return response
    } catch (error) {
      this.#last.set(keyOf(arrival), 0)
      this.#inFlight.delete(arrival)
      throw error
    }
  }

  #arrive(request: Request): Arrival {
    const path = pathOf(request.url)
    const arrival = {
      method: request.method,
      path,
      part: partOf(path),
      requestId: request.headers.get('x-request-id') ?? '',
      order: this.tick(),
      token: request.headers.get('authorization')?.replace(/^Bearer /, ''),
    }
    this.attempts++
    if (this.closed) this.violations.push(`${arrival.path} after close`)
    this.#judgeCircuit(arrival)
    this.#judgeRepetition(arrival)
    if (arrival.part === 'login') this.#judgeLogin(arrival)
    else this.#judgeToken(arrival)
    return arrival
  }

  #judgeNumbers(): void {
    const { maxConnections, maxFileConnections } = this.limits
    const all = [...this.#inFlight]
    const files = all.filter(isFile).length
    const logins = all.filter(({ part }) => part === 'login').length
    if (all.length > maxConnections) this.violations.push(`${all.length} attempts at a time`)
    if (files > maxFileConnections) this.violations.push(`${files} files at a time`)
    if (logins > 1) this.violations.push(`${logins} logins at a time`)
  }

  #judgeCircuit({ path, requestId }: Arrival): void {
    if (this.#background.has(requestId)) return
    for (const circuit of this.#circuitsOf(path)) {
      circuit.arrivals++
      const isProbe = circuit.state === 'half-open'
      if (circuit.state === 'open') this.violations.push(`${path} through an open circuit`)
      if (isProbe && circuit.arrivals > 1) this.violations.push(`${path} beside a probe`)
      if (isProbe && performance.now() < circuit.retryAt) this.violations.push(`${path} probes too early`)
    }
  }

  /** What may have been carried out is not sent again: only after 401 and 429, except for what is safe. */
  #judgeRepetition(arrival: Arrival): void {
    const last = this.#last.get(keyOf(arrival))
    if (arrival.method === 'GET' || arrival.part === 'login' || last === undefined) return
    if (last !== 401 && last !== 429) this.violations.push(`${arrival.method} again after ${last}`)
  }

  /** After a login that failed no other is sent for some time, and refused tokens do not cause one each. */
  #judgeLogin({ token, requestId, path }: Arrival): void {
    if (token !== undefined) this.violations.push('a login with a token')
    const isRepeated = this.#last.has(`${requestId} ${path}`)
    const isDemanded = this.#demanded.has(requestId)
    if (isDemanded) this.#loginTimes = []
    if (isDemanded || isRepeated) return
    const now = performance.now()
    if (now < this.#noLoginUntil) this.violations.push('a login soon after one that failed')
    this.#loginTimes = [...this.#loginTimes.filter((time) => now - time < LOGIN_PAUSE_MS), now]
    if (this.#loginTimes.length > 3) this.violations.push('more than 3 logins in a second')
  }

  #judgeToken({ path, token = '' }: Arrival): void {
    const known = this.#tokens.get(token)
    if (!known) this.violations.push(`${path} without a token`)
    else if (performance.now() > known.refusedAt) this.violations.push(`${path} with a refused token`)
  }

  async #answer(arrival: Arrival, signal: AbortSignal): Promise<Response> {
    const { answer, latencyMs } = this.fates[arrival.part]
    const token = this.#tokens.get(arrival.token ?? '')
    const isAuthorized = token !== undefined && performance.now() < token.expiresAt
    if (answer === 'silent') return hang(signal)
    if (latencyMs > 0) await delay(latencyMs, signal)
    signal.throwIfAborted()
    if (answer === 'refused') throw fetchFailed('ECONNREFUSED')
    if (answer === 'down') return down()
    if (arrival.part === 'login') return this.#logIn(answer)
    if (answer === 'busy') return busy()
    if (token && (!isAuthorized || answer === 'unauthorized')) {
      token.refusedAt = Math.min(token.refusedAt, performance.now())
      return invalidToken()
    }
    if (answer === 'denied') return json({ detail: 'Not found' }, 404)
    if (answer === 'broken' && !isFile(arrival)) return new Response('<html>')
    if (this.brokenPaths.has(arrival.path)) return new Response('Internal Server Error', { status: 500 })
    return this.#content(arrival)
  }

  #logIn(answer: Answer): Response {
    if (answer === 'busy') return busy()
    if (answer === 'broken') return json({})
    if (answer === 'denied' || answer === 'unauthorized') return invalidCredentials()
    const text = jwt(this.tokenLifetimeSeconds)
    const expiresAt = performance.now() + this.tokenLifetimeSeconds * 1_000
    this.#tokens.set(text, { expiresAt, refusedAt: Number.POSITIVE_INFINITY })
    this.logins++
    return json({ access_token: text, token_type: 'bearer' })
  }

  #content(arrival: Arrival): Response {
    const { path, order } = arrival
    const version = this.#versions.push({ requestOrder: order, answeredAt: performance.now() }) - 1
    if (isFile(arrival)) return this.#file(arrival)
    if (path.endsWith('/config')) return json({ version })
    if (path.startsWith('/storage/')) return json({ path: 'P/B/', type: 'folder', children: [] })
    const book = { id: 1, book_name: 'B', version }
    return json(path === '/books/' || path === '/books/batch' ? [book] : book)
  }

  /** A file whose bytes are sent when they are read. */
  #file(arrival: Arrival): Response {
    const end = (): boolean => this.#inFlight.delete(arrival)
    const chunks = [1, 2, 3]
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
      {
        pull: (controller) => {
          const byte = chunks.shift()
          if (byte !== undefined) return controller.enqueue(Uint8Array.of(byte))
          end()
          controller.close()
        },
        cancel: () => void end(),
      },
      { highWaterMark: 0 },
    )
    return new Response(body, {
      headers: { 'content-type': 'application/octet-stream', 'content-length': '3' },
    })
  }

  #circuit(name: string): CircuitView {
    const circuit = this.#circuits.get(name) ?? { state: 'closed', retryAt: 0, openMs: 0, arrivals: 0 }
    this.#circuits.set(name, circuit)
    return circuit
  }

  /** That of its group, and its own. */
  #circuitsOf(path: string): CircuitView[] {
    return [this.#circuit(path.startsWith('/storage/') ? 'storage' : 'catalogue'), this.#circuit(path)]
  }

  readonly #observer: Observer = {
    'call.start': ({ call }) => {
      if (call.background) this.#background.add(call.requestId)
      if (call.kind === 'login' && this.authenticating > 0) this.#demanded.add(call.requestId)
    },
    'call.end': ({ call, outcome, error }) => {
      if (call.kind !== 'login') return
      if (outcome === 'success') this.#noLoginUntil = 0
      // What an attempt without an answer says is up to the circuit.
      if (error?.status === undefined || error.status >= 500) return
      const pauseMs = error.status === 429 ? RETRY_AFTER_SECONDS * 1_000 : LOGIN_PAUSE_MS
      this.#noLoginUntil = performance.now() + pauseMs
    },
    circuit: (event) => this.#changeCircuit(event),
  }

  /** Each opening is twice as long as the one before, unless the circuit was closed since. */
  #changeCircuit({ circuit: group, url, state, retryAfterMs = 0 }: ClientEvents['circuit']): void {
    const name = url === undefined ? group : pathOf(url)
    const circuit = this.#circuit(name)
    if (state === 'open' && retryAfterMs > 0) {
      const isFirst = circuit.state === 'closed'
      const expected = isFirst ? FIRST_OPEN_MS : Math.min(LONGEST_OPEN_MS, 2 * circuit.openMs)
      if (retryAfterMs !== expected) this.violations.push(`${name} opens for ${retryAfterMs} ms`)
      circuit.openMs = retryAfterMs
    }
    circuit.state = state
    circuit.arrivals = 0
    if (state === 'open') circuit.retryAt = performance.now() + retryAfterMs
  }
}

function pathOf(url: string): string {
  const { pathname, search } = new URL(url)
  return pathname + search
}

function partOf(path: string): Part {
  if (path === '/auth/login') return 'login'
  return path.startsWith('/storage/') ? 'storage' : 'catalogue'
}

function isFile({ path }: Arrival): boolean {
  return path.includes('/object?')
}

function keyOf({ requestId, path }: Arrival): string {
  return `${requestId} ${path}`
}

function busy(): Response {
  return json({}, 429, { 'retry-after': String(RETRY_AFTER_SECONDS) })
}

function delay(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason)
    })
  })
}
