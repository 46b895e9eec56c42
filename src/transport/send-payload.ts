import type { ClientRequest } from 'node:http'
import { pipeline, Readable } from 'node:stream'
import { noop } from '../call/cancellation.js'
import type { Payload } from './outgoing-request.js'

/** Sends the body. `onUnreadable` is called for a stream that fails, before the request itself fails. */
export function sendPayload(
  outgoing: ClientRequest,
  { content }: Payload,
  onUnreadable: (cause: unknown) => void,
): void {
  if (content === null) outgoing.end()
  else if (content instanceof ReadableStream) {
    const source = Readable.fromWeb(content as Parameters<typeof Readable.fromWeb>[0])
    source.once('error', onUnreadable)
    pipeline(source, outgoing, noop)
  } else outgoing.end(content)
}
