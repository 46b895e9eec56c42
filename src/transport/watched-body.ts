import { blobStream, type OnSend, PIECE_BYTES } from './body-pieces.js'
import { StreamedBlob } from './streamed-blob.js'

type Body = NonNullable<RequestInit['body']>

/**
 * fetch does not tell how much of a body it has sent, but it reads a stream, and a Blob too, only as fast as it sends.
 * @returns a body with the same content, length and type that tells `onSend` when it is read; a small one as it is
 */
export function watchBody(body: Exclude<Body, FormData>, onSend: OnSend): Exclude<Body, FormData> {
  if (body instanceof ReadableStream) return watchStream(body as ReadableStream<Uint8Array>, onSend)
  if (body instanceof StreamedBlob) return watchBlob(body, () => body.stream(), onSend)
  if (body instanceof Blob) return body.size > PIECE_BYTES ? watchBlob(body, undefined, onSend) : body
  if (typeof body === 'string' && body.length > PIECE_BYTES) {
    return watchBlob(new Blob([body], { type: 'text/plain;charset=UTF-8' }), undefined, onSend)
  }
  const isBytes = body instanceof ArrayBuffer || ArrayBuffer.isView(body)
  if (!isBytes || body.byteLength <= PIECE_BYTES) return body
  return watchBlob(new Blob([body as BlobPart]), undefined, onSend)
}

type BlobPart = ConstructorParameters<typeof Blob>[0][number]

/** Its length is known, unlike that of a stream. */
function watchBlob(
  blob: Blob,
  open: () => ReadableStream<Uint8Array> = () => blobStream(blob),
  onSend: OnSend,
): StreamedBlob {
  const { size, type } = blob
  return new StreamedBlob({ size, type, open: () => watchStream(open(), onSend) })
}

function watchStream(stream: ReadableStream<Uint8Array>, onSend: OnSend): ReadableStream<Uint8Array> {
  onSend(false, 0)
  return stream.pipeThrough(
    new TransformStream({
      transform: (chunk, controller) => {
        controller.enqueue(chunk)
        onSend(false, chunk.byteLength)
      },
      flush: () => onSend(true, 0),
    }),
  )
}
