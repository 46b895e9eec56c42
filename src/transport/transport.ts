import type { Cancellation } from '../call/cancellation.js'
import type { OutgoingRequest } from './outgoing-request.js'

/** The statuses of answers without a body, by the Fetch standard. */
export const NULL_BODY: ReadonlySet<number> = new Set([204, 205, 304])

/** What a transport knows of an attempt besides the request. */
export interface AttemptContext {
  readonly cancellation: Cancellation
  readonly connectMs: number
  /** The request may be sent again. */
  readonly isRepeatable: boolean
}

/** Sends one request and returns its answer once the headers are there; ends with the cancellation. */
export type Transport = (request: OutgoingRequest, context: AttemptContext) => Promise<WireResponse>

/** An answer whose body still arrives. */
export interface WireResponse {
  readonly status: number
  readonly statusText: string
  readonly url: string
  readonly headers: Headers
  /** A header without the cost of `Headers`; the name in lower case. */
  header(name: string): string | undefined
  /** The transport decodes the body, as fetch does; node:http hands it out as it is on the wire. */
  readonly isDecoded: boolean
  readonly body: WireBody | undefined
}

/** Hands out a body chunk by chunk. */
export interface WireBody {
  /** The next chunk; undefined at the end. Rejects when the body is cut. */
  read(): Promise<Uint8Array | undefined>
  /** Drops what is left, and the connection unless all has arrived. */
  cancel(reason?: unknown): void
}

/** What an attempt says about the service: it works, it failed, or nothing. */
export type Health = 'success' | 'failure' | 'ignored'

/** The end of one attempt: an answer, or the error of its failure; for an answer of 5xx, both. */
export interface Outcome {
  readonly health: Health
  readonly response?: Response
  readonly error?: unknown
}

/** Whether a status is one of success. */
export function isOk(status: number): boolean {
  return status >= 200 && status < 300
}
