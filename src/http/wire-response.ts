/** The statuses without a body, by the Fetch standard. */
export const NULL_BODY: ReadonlySet<number> = new Set([204, 205, 304])

/** What the client reads of a response; a `Response` is one. */
export interface WireResponse {
  readonly status: number
  readonly statusText: string
  readonly ok: boolean
  readonly url: string
  readonly headers: Headers
  readonly body: WireBody | null
}

/** What the client reads of a body; a `ReadableStream` is one. */
export interface WireBody {
  getReader(): WireReader
  cancel(reason?: unknown): Promise<void>
}

/** Gives chunk by chunk. */
export interface WireReader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>
  cancel(reason?: unknown): Promise<void>
}
