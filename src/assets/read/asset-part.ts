import type { Call } from '../../call/call.js'
import { DreamStorageRequestError, DreamStorageResponseError } from '../../errors.js'
import { type PartAnswer, type RemoteFile, readPart } from '../../service/objects.js'
import { isOwnNotFound } from '../../service/rules.js'
import type { ServiceContext } from '../../service/service-context.js'
import { checkOk } from '../../service/unwrap.js'
import type { ChunkReader } from '../../transport/streamed-response.js'
import { type ByteRange, parseContentRange, parseUnsatisfiedSize, rangeHeader } from './range.js'

/** A response with bytes of a file, and what it says about the whole file. */
export interface AssetPart {
  /** The bytes from the offset `first` on; undefined when there are none. */
  readonly body: ChunkReader | undefined
  readonly first: number
  /** The offset of the last requested byte; undefined when the size is unknown. */
  readonly last: number | undefined
  /** Size of the whole file in bytes; undefined when the service does not say. */
  readonly size: number | undefined
  readonly headers: Headers
  /** Whether the service supports `Range` for this file. */
  readonly acceptsRanges: boolean
}

/**
 * Requests a range of a file: the response has the range (206), the whole file (200, from a service without ranges), or
 * neither (416, from the service for an end past the file and for empty files), and then the possible range is requested.
 * @throws {@link DreamStorageRequestError} (416) for a start past the file; {@link DreamStorageResponseError} for a 206 with
 * another range; {@link DreamStorageError} for other responses of 400 or more
 * @see RFC 9110 §14 and §15.5.17
 */
export async function openPart(
  context: ServiceContext,
  call: Call,
  file: RemoteFile,
  range: ByteRange,
): Promise<AssetPart> {
  const answer = await readPart(context, call, file, rangeHeader(range))
  return interpretRangeResponse(context, call, file, range, answer)
}

/** Like `openPart`. @returns null when the service says that there is no such file */
export async function findPart(
  context: ServiceContext,
  call: Call,
  file: RemoteFile,
  range: ByteRange,
): Promise<AssetPart | null> {
  const answer = await readPart(context, call, file, rangeHeader(range))
  return isOwnNotFound(answer) ? null : interpretRangeResponse(context, call, file, range, answer)
}

async function interpretRangeResponse(
  context: ServiceContext,
  call: Call,
  file: RemoteFile,
  range: ByteRange,
  answer: PartAnswer,
): Promise<AssetPart> {
  const size = unsatisfiedSize(answer)
  // A 416 that does not say the size: the whole file does.
  if (answer.response.status === 416 && size === undefined) {
    return partOf(call, range, await readPart(context, call, file, undefined))
  }
  const possible = size === undefined ? undefined : within(range, size)
  if (!possible) return partOf(call, range, answer)
  // Once: a size that changes with every response would be followed for ever.
  const second = await readPart(context, call, file, rangeHeader(possible))
  return partOf(call, possible, second)
}

function partOf(call: Call, range: ByteRange, answer: PartAnswer): AssetPart {
  const { response, body } = answer
  const end = unsatisfiedSize(answer)
  if (end !== undefined && range.start >= end) throw pastEnd(call, range, end)
  checkOk(answer, call)
  const part = response.status === 206 ? partial(call, response, body, range) : whole(response, body, range)
  if (typeof part === 'object') return part
  // The call of the request ends with the error, and its body with the call.
  if (typeof part === 'number') throw pastEnd(call, range, part)
  throw new DreamStorageResponseError(part, { ...call.context, status: 206 })
}

/** The size of the file that a 416 says, if it is one. */
function unsatisfiedSize({ response: { status, headers } }: PartAnswer): number | undefined {
  return status === 416 ? parseUnsatisfiedSize(headers.get('content-range')) : undefined
}

/** The same error whether the service refused the range or sent all of the file. */
function pastEnd(call: Call, { start }: ByteRange, size: number): DreamStorageRequestError {
  const message = `the range starts at ${start}, and the file ends after ${size} bytes`
  return new DreamStorageRequestError(message, { ...call.context, status: 416 })
}

/** The part of a range that is in the file; undefined if there is none, or if it is the range itself. */
function within({ start, end }: ByteRange, size: number): ByteRange | undefined {
  // A range without an end cannot be reduced: requesting it again would never end.
  if (size === 0 && start === 0) return end === undefined ? undefined : { start: 0 }
  return start < size && end !== undefined && end >= size ? { start, end: size - 1 } : undefined
}

/**
 * A 206 must have exactly the requested range, up to the end of the file: less would be taken for all of it. Where it does
 * not say the size of the file, its end is not known to be that of the file.
 */
function partial(
  call: Call,
  { headers }: Response,
  body: AssetPart['body'],
  range: ByteRange,
): AssetPart | string {
  const asked = rangeHeader(range)
  const sent = parseContentRange(headers.get('content-range'))
  const lastOfFile = sent?.size === undefined ? Number.POSITIVE_INFINITY : sent.size - 1
  const end = Math.min(range.end ?? Number.POSITIVE_INFINITY, lastOfFile)
  if (!asked || sent?.start !== range.start || sent.end !== end) {
    const given = call.secrets.quote(headers.get('content-range'))
    return `206 with content-range ${given}, asked for ${asked ?? 'the whole file'}`
  }
  return { body, first: sent.start, last: sent.end, size: sent.size, headers, acceptsRanges: true }
}

/** The part that a 200 has, or the size of the file if the range starts after its end. */
function whole(
  { headers }: Response,
  body: AssetPart['body'],
  { start, end }: ByteRange,
): AssetPart | number {
  const length = headers.has('content-encoding') ? null : headers.get('content-length')
  const size = length === null ? undefined : Number(length)
  if (size !== undefined && start >= size && start > 0) return size
  const last = size === undefined ? end : Math.min(end ?? size - 1, size - 1)
  return { body, first: 0, last, size, headers, acceptsRanges: headers.get('accept-ranges') === 'bytes' }
}
