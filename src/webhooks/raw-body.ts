import type { IncomingMessage } from 'node:http'
import { isUint8Array } from 'node:util/types'
import { DreamStorageInputError, DreamStorageWebhookError } from '../errors.js'
import { toBytes } from './verify-webhook.js'

const MAX_BYTES = 1_048_576

/** @returns the body of a web request @throws as {@link readNode} does */
export async function readWeb({ body, bodyUsed, headers }: Request): Promise<Uint8Array> {
  if (bodyUsed || body?.locked) throw alreadyRead()
  return collect(body ?? [], headers.get('content-length'))
}

/**
 * @returns the body of a request of Node.js. If a body parser has read it and left it raw (`express.raw()`,
 * `express.text()`, or `rawBody` as some hosts do), what that has left.
 * @throws {@link DreamStorageWebhookError} for a body that is too large or cut
 * @throws {@link DreamStorageInputError} for one that has been read and is not left as it was
 */
export async function readNode(
  request: IncomingMessage & { readonly rawBody?: unknown; readonly body?: unknown },
): Promise<Uint8Array> {
  const { rawBody, body, readableDidRead, headers } = request
  // Parsers can set `body` without having read anything.
  if (!readableDidRead) {
    return collect(request.iterator({ destroyOnReturn: false }), headers['content-length'])
  }
  const left = [rawBody, body].find((one) => typeof one === 'string' || isUint8Array(one))
  if (left === undefined) throw alreadyRead()
  const bytes = toBytes(left)
  checkSize(bytes.byteLength)
  return bytes
}

async function collect(
  chunks: AsyncIterable<unknown> | Iterable<unknown>,
  announced: string | null | undefined,
): Promise<Uint8Array> {
  checkSize(Number(announced))
  const pieces: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of chunks) {
      const piece = toBytes(chunk)
      size += piece.byteLength
      if (size > MAX_BYTES) break
      pieces.push(piece)
    }
  } catch (cause) {
    throw new DreamStorageWebhookError('body', 'the body of the webhook was cut', { cause })
  }
  checkSize(size)
  return Buffer.concat(pieces)
}

function checkSize(bytes: number): void {
  if (!(bytes > MAX_BYTES)) return
  throw new DreamStorageWebhookError('size', `the body of the webhook has more than ${MAX_BYTES} bytes`)
}

function alreadyRead(): DreamStorageInputError {
  const advice =
    'call the handler before body parsers, or use one that keeps the bytes, such as express.raw()'
  return new DreamStorageInputError(`the body of the webhook has been read already: ${advice}`)
}
