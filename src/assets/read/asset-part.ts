import type { Call } from '../../call/call.js'
import { noop } from '../../call/cancellation.js'
import { DreamStorageRequestError, DreamStorageResponseError } from '../../errors.js'
import { type PartAnswer, readPart } from '../../service/objects.js'
import { isOwnNotFound } from '../../service/rules.js'
import type { ServiceContext } from '../../service/service-context.js'
import { checkOk } from '../../service/unwrap.js'
import type { ChunkReader } from '../../transport/streamed-response.js'
import type { Asset } from '../asset.js'
import { type ByteRange, parseContentRange, parseUnsatisfiedSize, rangeHeader } from './range.js'

/** An answer with bytes of a file, and what it says about the whole. */
export interface AssetPart {
  /** The bytes from `first` on; undefined when there are none. */
  readonly body: ChunkReader | undefined
  readonly first: number
  /** The offset of the last byte that was asked for; undefined when the size is not known. */
  readonly last: number | undefined
  /** Bytes of the whole file. */
  readonly size: number | undefined
  readonly headers: Headers
  /** The service obeys `Range` for this file. */
  readonly acceptsRanges: boolean
}

/**
 * Asks for a range of a file and interprets the answer: the range (206), everything (200, from a service that ignores
 * ranges), or a refusal (416, for an end past the file and for empty files), after which the right range is asked for.
 */
export async function openPart(
  context: ServiceContext,
  call: Call,
  asset: Asset,
  range: ByteRange,
): Promise<AssetPart> {
  const answer = await readPart(context, call, asset.book, asset.assetPath, rangeHeader(range))
  return interpretRangeResponse(context, call, asset, range, answer)
}

/** As `openPart`, but null when the service says that there is no such file. */
export async function findPart(
  context: ServiceContext,
  call: Call,
  asset: Asset,
  range: ByteRange,
): Promise<AssetPart | null> {
  const answer = await readPart(context, call, asset.book, asset.assetPath, rangeHeader(range))
  return isOwnNotFound(answer) ? null : interpretRangeResponse(context, call, asset, range, answer)
}

async function interpretRangeResponse(
  context: ServiceContext,
  call: Call,
  asset: Asset,
  range: ByteRange,
  answer: PartAnswer,
): Promise<AssetPart> {
  const { response, body } = answer
  if (response.status === 416) {
    const size = parseUnsatisfiedSize(response.headers.get('content-range'))
    const possible = size === undefined ? undefined : within(range, size)
    if (possible) return openPart(context, call, asset, possible)
    if (size !== undefined && range.start >= size) throw pastEnd(call, range, size)
  }
  checkOk(answer, call)
  const part = response.status === 206 ? partial(response, body, range) : whole(response, body, range)
  if (typeof part === 'object') return part
  body?.cancel().catch(noop)
  if (typeof part === 'number') throw pastEnd(call, range, part)
  throw new DreamStorageResponseError(part, { ...call.context, status: 206 })
}

/** The same error whether the service refused the range or sent all of the file. */
function pastEnd(call: Call, { start }: ByteRange, size: number): DreamStorageRequestError {
  const message = `the range starts at ${start}, and the file ends after ${size} bytes`
  return new DreamStorageRequestError(message, { ...call.context, status: 416 })
}

/** The part of the range that is in the file, if it is not the range itself. */
function within({ start, end }: ByteRange, size: number): ByteRange | undefined {
  // Without an end nothing was asked for that could be refused: to ask again would never end.
  if (size === 0 && start === 0) return end === undefined ? undefined : { start: 0 }
  return start < size && end !== undefined && end >= size ? { start, end: size - 1 } : undefined
}

/** A 206 must be just what was asked for, to the end of the range or of the file: less would pass for the whole. */
function partial({ headers }: Response, body: AssetPart['body'], range: ByteRange): AssetPart | string {
  const asked = rangeHeader(range)
  const sent = parseContentRange(headers.get('content-range'))
  const end = sent && Math.min(range.end ?? Number.POSITIVE_INFINITY, (sent.size ?? sent.end + 1) - 1)
  if (!asked || sent?.start !== range.start || sent.end !== end) {
    return `206 with content-range ${headers.get('content-range')}, asked for ${asked ?? 'the whole file'}`
  }
  return { body, first: sent.start, last: sent.end, size: sent.size, headers, acceptsRanges: true }
}

/** The part that a 200 has, or the size of the file if the range lies behind it. */
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
