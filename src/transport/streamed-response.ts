import type { WireResponse } from './transport.js'

/** Reads a body chunk by chunk; a `ReadableStreamDefaultReader` is one. */
export interface ChunkReader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>
  cancel(reason?: unknown): Promise<void>
}

/** A body that still arrives. It must be read to its end or cancelled, because it holds a connection. */
export interface OpenBody extends ChunkReader {
  /** Ends the call for a consumer that cancels the stream; `cancel` ends the body only. */
  abandon(reason: unknown): void
  /** Called once when the body ends by an abort, the deadline or `close()`, and not by a read. */
  onAbort: (reason: unknown) => void
}

/** A response whose body still arrives. */
export class StreamedResponse extends Response {
  readonly #reader: ChunkReader
  readonly #stream: ReadableStream<Uint8Array> | null

  constructor({ status, statusText, headers }: WireResponse, body: OpenBody) {
    super(streamOf(body), { status, statusText, headers })
    this.#reader = body
    this.#stream = this.body
  }

  /** The reader below the stream, which costs less; undefined once the response was cloned or its stream is read. */
  get reader(): ChunkReader | undefined {
    const isUntouched = this.#stream === this.body && this.body?.locked === false
    return isUntouched ? this.#reader : undefined
  }
}

function streamOf(body: OpenBody): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      start: (controller) => {
        body.onAbort = (reason) => controller.error(reason)
      },
      pull: async (controller) => {
        const { value } = await body.read()
        if (value) controller.enqueue(value as Uint8Array<ArrayBuffer>)
        else controller.close()
      },
      cancel: (reason) => body.abandon(reason),
    },
    { highWaterMark: 0 },
  )
}
