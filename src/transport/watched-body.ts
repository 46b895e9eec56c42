import { blobStream, type OnSend, PIECE_BYTES } from './body-pieces.js'

type Body = NonNullable<RequestInit['body']>

/**
 * fetch does not tell how much of a body it has sent, but it reads a stream, and a Blob too, only as fast as it sends.
 * @returns a body with the same content, length and type that tells `onSend` when it is read; a small one as it is
 */
export function watchBody(body: Exclude<Body, FormData>, onSend: OnSend): Exclude<Body, FormData> {
  if (body instanceof ReadableStream) return watchStream(body as ReadableStream<Uint8Array>, onSend)
  if (body instanceof Blob) return body.size > PIECE_BYTES ? new WatchedBlob(body, body.type, onSend) : body
  if (typeof body === 'string' && body.length > PIECE_BYTES) {
    return new WatchedBlob(body, 'text/plain;charset=UTF-8', onSend)
  }
  const isBytes = body instanceof ArrayBuffer || ArrayBuffer.isView(body)
  return isBytes && body.byteLength > PIECE_BYTES ? new WatchedBlob(body as BlobPart, '', onSend) : body
}

type BlobPart = ConstructorParameters<typeof Blob>[0][number]

/** Its length is known, unlike that of a stream. */
class WatchedBlob extends Blob {
  readonly #onSend: OnSend

  constructor(content: BlobPart, type: string, onSend: OnSend) {
    super([content], { type })
    this.#onSend = onSend
  }

  override stream(): ReturnType<Blob['stream']> {
    return watchStream(blobStream(this), this.#onSend)
  }
}

function watchStream(stream: ReadableStream<Uint8Array>, onSend: OnSend): ReadableStream<Uint8Array> {
  onSend(false)
  return stream.pipeThrough(
    new TransformStream({
      transform: (chunk, controller) => {
        controller.enqueue(chunk)
        onSend(false)
      },
      flush: () => onSend(true),
    }),
  )
}
