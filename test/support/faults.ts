import { json } from './fake-service.js'

/** The response of nginx when the service is down. */
export function down(status = 503): Response {
  return new Response('<html>down</html>', { status, headers: { 'content-type': 'text/html' } })
}

/** What the built-in fetch rejects with when the connection fails. */
export function fetchFailed(code = 'ECONNRESET'): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(`read ${code}`), { code }) })
}

/** The service's answer to a token that it does not know. */
export function invalidToken(): Response {
  return json({ detail: 'Invalid token' }, 401)
}

/** The service's answer to a wrong password. */
export function invalidCredentials(): Response {
  return json({ detail: 'Invalid credentials' }, 401)
}

/** A body whose chunks the test provides. It records when the reader cancels it. */
export class LiveBody {
  cancelled = false
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined
  readonly stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => {
      this.#controller = controller
    },
    cancel: () => {
      this.cancelled = true
    },
  })

  /** An answer with this body; `length` is what it announces. */
  response(length?: number): Response {
    const headers = length === undefined ? {} : { 'content-length': String(length) }
    return new Response(this.stream, { headers: { 'content-type': 'application/octet-stream', ...headers } })
  }

  send(text: string): void {
    this.#controller?.enqueue(new TextEncoder().encode(text))
  }

  end(): void {
    this.#controller?.close()
  }

  fail(error: unknown): void {
    this.#controller?.error(error)
  }
}

/** One response after the other; then the last one for all requests. */
export function inTurn(
  ...answers: ReadonlyArray<() => Response | Promise<Response>>
): () => Response | Promise<Response> {
  let next = 0
  return () => {
    const answer = answers[Math.min(next++, answers.length - 1)]
    if (!answer) throw new Error('inTurn needs an answer')
    return answer()
  }
}
