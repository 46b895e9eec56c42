import { DreamStorageInputError } from '../../errors.js'
import { show } from '../../options/validation.js'

/** A range of bytes, both ends included, as in HTTP. @see RFC 9110 §14.1.2 */
export interface ByteRange {
  /** The offset of the first byte; 0 or more. */
  start: number
  /** The offset of the last byte; at least `start`. @default the end of the file */
  end?: number | undefined
}

/** The position of a 206 in its file. */
interface ContentRange {
  readonly start: number
  readonly end: number
  readonly size: number | undefined
}

const isOffset = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0

/** @throws {@link DreamStorageInputError} unless `start` and `end` are offsets in order */
export function checkRange(range: ByteRange): void {
  const { start, end }: Partial<ByteRange> = Object(range)
  if (!isOffset(start))
    throw new DreamStorageInputError(`range.start must be an offset in bytes, got ${show(start)}`)
  if (end === undefined || (isOffset(end) && end >= (start ?? 0))) return
  throw new DreamStorageInputError(`range.end must be an offset from ${start} on, got ${show(end)}`)
}

/** @returns the value of `Range`; undefined for a whole file */
export function rangeHeader({ start, end }: ByteRange): string | undefined {
  return start === 0 && end === undefined ? undefined : `bytes=${start}-${end ?? ''}`
}

/** Parses `Content-Range: bytes 0-99/1000`. @returns undefined for anything else @see RFC 9110 §14.4 */
export function parseContentRange(value: string | null): ContentRange | undefined {
  const [, start, end, size] = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(value ?? '') ?? []
  const [first, last, total] = [Number(start), Number(end), size === '*' ? undefined : Number(size)]
  // Beyond, numbers are no longer exact.
  if (![first, last, total ?? 0].every(isOffset)) return undefined
  return { start: first, end: last, size: total }
}

/** Parses the `Content-Range` of a 416: `bytes`, `*`, `/`, size. @returns the size; undefined for anything else */
export function parseUnsatisfiedSize(value: string | null): number | undefined {
  const [, size] = /^bytes \*\/(\d+)$/.exec(value ?? '') ?? []
  return size === undefined ? undefined : Number(size)
}
