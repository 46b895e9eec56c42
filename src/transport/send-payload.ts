import type { ClientRequest } from 'node:http'
import { pipeline, Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { noop } from '../call/cancellation.js'
import { type OnSend, PIECE_BYTES } from './body-pieces.js'
import type { Payload } from './outgoing-request.js'

/**
 * Sends the body in pieces, and tells `onSend` each time that the system has taken one. `onUnreadable` is called for a stream
 * that fails, before the request itself fails.
 */
export function sendPayload(
  outgoing: ClientRequest,
  { content }: Payload,
  onSend: OnSend,
  onUnreadable: (cause: unknown) => void,
): void {
  if (content === null) {
    outgoing.end()
    return
  }
  onSend(false, 0)
  outgoing.once('finish', () => onSend(true, 0))
  if (content instanceof Uint8Array && content.byteLength <= PIECE_BYTES) {
    outgoing.end(content)
    return
  }
  const source =
    content instanceof Uint8Array
      ? Readable.from([content])
      : Readable.fromWeb(content as Parameters<typeof Readable.fromWeb>[0])
  source.once('error', onUnreadable)
  // A generator that waits for its source does not notice the end of the request.
  outgoing.once('close', () => source.destroy())
  pipeline(source, (chunks: AsyncIterable<Uint8Array>) => inPieces(chunks, onSend), outgoing, noop)
}

/**
 * A piece is asked for when `outgoing` is ready for more, so the one before has been taken. Before it goes out, what has
 * arrived is read: when the server has answered and closed, a write fails, and the answer would be lost.
 */
async function* inPieces(chunks: AsyncIterable<Uint8Array>, onSend: OnSend): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    for (let start = 0; start < chunk.byteLength; start += PIECE_BYTES) {
      const piece = chunk.subarray(start, start + PIECE_BYTES)
      await setImmediate()
      yield piece
      onSend(false, piece.byteLength)
    }
  }
}
