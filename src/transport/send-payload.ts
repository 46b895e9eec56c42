import type { ClientRequest } from 'node:http'
import { pipeline, Readable } from 'node:stream'
import { noop } from '../call/cancellation.js'
import type { Payload } from './outgoing-request.js'
import type { OnSend } from './silence-timer.js'

/**
 * Sends the body, and says how far it has come. `onUnreadable` is called for a stream that fails, before the request itself
 * fails.
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
  onSend(() => sentBytes(outgoing))
  outgoing.once('finish', () => onSend())
  if (content instanceof ReadableStream) {
    const source = Readable.fromWeb(content as Parameters<typeof Readable.fromWeb>[0])
    source.once('error', onUnreadable)
    pipeline(source, outgoing, noop)
  } else outgoing.end(content)
}

/**
 * The bytes that the system has taken, up to a constant. `bytesWritten` and `writableLength` move only when a whole chunk has
 * been taken; what is left of a chunk is known to its handle alone.
 */
function sentBytes({ socket }: ClientRequest): number {
  const { _handle } = Object(socket) as { _handle?: { readonly writeQueueSize?: number } | null }
  // The sockets of mocks do not count.
  return socket ? socket.bytesWritten - socket.writableLength - (_handle?.writeQueueSize ?? 0) || 0 : 0
}
