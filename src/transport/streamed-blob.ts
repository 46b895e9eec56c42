/** Where the content of a {@link StreamedBlob} comes from. */
export interface BlobSource {
  /** Bytes. */
  readonly size: number
  /** The media type, in lower case. */
  readonly type: string
  /** Whether `open` can be called for each time that the body is sent. @default true */
  readonly isRepeatable?: boolean
  /** Opens the content; it must not be read before the stream is. */
  readonly open: () => ReadableStream<Uint8Array>
}

/** A body of known length that is read while it is sent. It is a Blob because fetch sends no length for a stream. */
export class StreamedBlob extends Blob {
  override readonly size: number
  /** Whether it can be sent again. */
  readonly isRepeatable: boolean
  readonly #source: BlobSource

  constructor(source: BlobSource) {
    super([], { type: source.type })
    this.size = source.size
    this.#source = source
    this.isRepeatable = source.isRepeatable ?? true
  }

  override stream(): ReturnType<Blob['stream']> {
    return this.#source.open()
  }
}

/** @returns a stream that takes from the iterator what it is asked for, and ends it when it is cancelled */
export function streamOf(start: () => AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  let content: AsyncGenerator<Uint8Array> | undefined
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        content ??= start()
        const { done, value } = await content.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      cancel: async () => {
        await content?.return(undefined)
      },
    },
    { highWaterMark: 0 },
  )
}
