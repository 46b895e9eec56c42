import { constants } from 'node:buffer'
import type { CallContext } from '../call/call.js'
import type { Cancellation } from '../call/cancellation.js'
import { DreamStorageResponseError } from '../errors.js'
import { BodyBuffer } from './body-buffer.js'
import { announcedLength, checkLength } from './body-length.js'
import { codingOf, decode } from './content-coding.js'
import { isOk, type WireBody, type WireResponse } from './transport.js'

// More than any error of the service or of a proxy has.
const MAX_ERROR_BYTES = 1_048_576

/** How a whole body is read. */
export interface ReadOptions {
  /** Largest body in bytes, before and after decoding. */
  readonly maxBytes: number
  readonly cancellation: Cancellation
  readonly context: CallContext
  /** Called for each chunk that arrives. */
  readonly onChunk: () => void
}

/** Thrown for a body that is larger than the limit. */
class TooLarge extends Error {}

/**
 * Reads and decodes the body of a response. The body of an error is limited to 1 MiB.
 * @returns the bytes; none for a 5xx that is too large, which stays a failure of the service
 * @throws {@link DreamStorageResponseError} for a body that is too large or cannot be decoded
 * @throws {@link DreamStorageNetworkError} for a body that is too short; the reason of the cancellation
 */
export async function readBody(response: WireResponse, options: ReadOptions): Promise<Uint8Array> {
  const { body, status } = response
  if (!body) return new Uint8Array()
  const maxBytes = isOk(status) ? options.maxBytes : Math.min(options.maxBytes, MAX_ERROR_BYTES)
  const unhook = options.cancellation.hook((reason) => body.cancel(reason))
  try {
    return await decodeBody(response, await collect(response, body, maxBytes, options), maxBytes, options)
  } catch (error) {
    options.cancellation.throwIfCancelled()
    body.cancel()
    if (error instanceof TooLarge && status >= 500) return new Uint8Array()
    if (!(error instanceof TooLarge || error instanceof RangeError)) throw error
    const message = `${status} with a body that is too large: ${error.message}`
    throw new DreamStorageResponseError(message, { ...options.context, status })
  } finally {
    unhook()
  }
}

async function collect(
  response: WireResponse,
  body: WireBody,
  maxBytes: number,
  { cancellation, context, onChunk }: ReadOptions,
): Promise<Uint8Array> {
  const announced = announcedLength(response)
  const limit = Math.min(maxBytes, constants.MAX_LENGTH)
  if (announced !== undefined && announced > limit) {
    throw new TooLarge(`${announced} bytes are announced, the limit is ${limit}`)
  }
  const buffer = new BodyBuffer(announced)
  for (;;) {
    const chunk = await body.read()
    cancellation.throwIfCancelled()
    if (!chunk) break
    if (buffer.size + chunk.byteLength > limit) throw new TooLarge(`it is longer than ${limit} bytes`)
    buffer.append(chunk)
    onChunk()
  }
  checkLength(response, buffer.size, context)
  return buffer.finish()
}

async function decodeBody(
  response: WireResponse,
  body: Uint8Array,
  maxBytes: number,
  { context }: ReadOptions,
): Promise<Uint8Array> {
  const coding = response.isDecoded ? undefined : codingOf(response.header('content-encoding'))
  if (coding === undefined || body.byteLength === 0) return body
  const { status } = response
  if (coding === 'unknown') {
    const name = context.secrets.quote(response.header('content-encoding'))
    const message = `${status} with the content coding ${name}, which was not asked for`
    throw new DreamStorageResponseError(message, { ...context, status })
  }
  try {
    return await decode(body, coding, Math.min(maxBytes, constants.MAX_LENGTH))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') {
      throw new TooLarge(`decoded it is longer than ${maxBytes} bytes`)
    }
    throw new DreamStorageResponseError(`${status} with a body that is not valid ${coding}`, {
      ...context,
      status,
      cause: error,
    })
  }
}
