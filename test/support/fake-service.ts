import { jwt } from './jwt.js'

/** One request as the fake service saw it. */
export interface Seen {
  readonly method: string
  readonly path: string
  readonly authorization: string | null
  readonly request: Request
}

type Answer = (seen: Seen, signal: AbortSignal) => Response | Promise<Response>

/**
 * A service behind the option `fetch`. It has no sockets, so it works with fake timers. It accepts logins, records and
 * counts all requests, and answers the others as the test says.
 */
export class FakeService {
  readonly baseUrl = 'http://dcs.test'
  readonly seen: Seen[] = []
  /** Answers a login; replace it to refuse or to delay. */
  logIn: Answer = () => json({ access_token: jwt(this.tokenLifetimeSeconds), token_type: 'bearer' })
  tokenLifetimeSeconds = 1800
  answer: Answer

  constructor(answer: Answer = () => json([])) {
    this.answer = answer
  }

  /** How many requests began with this, such as `GET /books/`. */
  count(start: string): number {
    return this.seen.filter(({ method, path }) => `${method} ${path}`.startsWith(start)).length
  }

  /** The options of a client of it. */
  get options(): { baseUrl: string; fetch: FakeService['fetch'] } {
    return { baseUrl: this.baseUrl, fetch: this.fetch }
  }

  readonly fetch = async (request: Request, init?: { signal: AbortSignal }): Promise<Response> => {
    const { pathname, search } = new URL(request.url)
    const { method, headers } = request
    const seen = { method, path: pathname + search, authorization: headers.get('authorization'), request }
    this.seen.push(seen)
    const signal = init?.signal ?? new AbortController().signal
    return pathname === '/auth/login' ? this.logIn(seen, signal) : this.answer(seen, signal)
  }
}

/** A JSON answer. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  })
}

/** Never answers, but obeys the signal. */
export function hang(signal: AbortSignal): Promise<Response> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
}
