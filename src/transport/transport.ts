import type { Cancellation } from '../call/cancellation.js'
import type { OnSend } from './body-pieces.js'
import type { OutgoingRequest } from './outgoing-request.js'

/** Statuses of responses without a body. @see the Fetch standard, null body status */
export const NULL_BODY: ReadonlySet<number> = new Set([204, 205, 304])

/** What a transport knows about an attempt, besides the request. */
export interface AttemptContext {
  readonly cancellation: Cancellation
  /** Milliseconds for the connection. */
  readonly connectMs: number
  /** Whether the request may be sent again. */
  readonly isRepeatable: boolean
  readonly onSend: OnSend
}

/** Sends one request. @returns its response when the headers have arrived; rejects when the attempt is cancelled */
export type Transport = (request: OutgoingRequest, context: AttemptContext) => Promise<WireResponse>

/** A response whose body still arrives. */
export interface WireResponse {
  readonly status: number
  /** The reason phrase. */
  readonly statusText: string
  readonly url: string
  readonly headers: Headers
  /** @returns a header, without the cost of `Headers`; `name` is in lower case */
  header(name: string): string | undefined
  /** Whether the body is decoded already, as by fetch; that of node:http is as it was sent. */
  readonly isDecoded: boolean
  /** Undefined for a response without a body. */
  readonly body: WireBody | undefined
}

/** The body of a response, chunk by chunk. */
export interface WireBody {
  /** @returns the next chunk; undefined at the end; rejects when the connection breaks */
  read(): Promise<Uint8Array | undefined>
  /** Drops the rest, and the connection unless everything has arrived. */
  cancel(reason?: unknown): void
}

/** What an attempt says about the service: it works, it failed, or nothing (an abort, a local fault). */
export type Health = 'success' | 'failure' | 'ignored'

/** The end of one attempt: a response, or an error; for a 5xx both. */
export interface Outcome {
  readonly health: Health
  readonly response?: Response
  readonly error?: unknown
}

/** @returns whether a status is a success, 200 to 299 */
export function isOk(status: number): boolean {
  return status >= 200 && status < 300
}
