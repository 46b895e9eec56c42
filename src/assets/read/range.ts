import { DreamStorageInputError } from '../../errors.js'
import { show } from '../../options/validation.js'

/** Bytes of a file by offset, both ends included, as in HTTP; without `end`, to the end of the file. */
export interface ByteRange {
  start: number
  end?: number | undefined
}

/** Where a 206 lies in its file. */
interface ContentRange {
  readonly start: number
  readonly end: number
  readonly size: number | undefined
}

const isOffset = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0

/** Throws `…InputError` unless the range is two offsets in order. */
export function checkRange(range: ByteRange): void {
  const { start, end }: Partial<ByteRange> = Object(range)
  if (!isOffset(start))
    throw new DreamStorageInputError(`range.start must be an offset in bytes, got ${show(start)}`)
  if (end === undefined || (isOffset(end) && end >= (start ?? 0))) return
  throw new DreamStorageInputError(`range.end must be an offset from ${start} on, got ${show(end)}`)
}

/** The header for a range, or undefined for a whole file. */
export function rangeHeader({ start, end }: ByteRange): string | undefined {
  return start === 0 && end === undefined ? undefined : `bytes=${start}-${end ?? ''}`
}

/** `bytes 0-99/1000` (RFC 9110 §14.4); undefined for anything else. */
export function parseContentRange(value: string | null): ContentRange | undefined {
  const [, start, end, size] = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(value ?? '') ?? []
  if (start === undefined || end === undefined) return undefined
  return { start: Number(start), end: Number(end), size: size === '*' ? undefined : Number(size) }
}

/** The size that a 416 tells (`bytes *` and a slash before it); undefined when it does not. */
export function parseUnsatisfiedSize(value: string | null): number | undefined {
  const [, size] = /^bytes \*\/(\d+)$/.exec(value ?? '') ?? []
  return size === undefined ? undefined : Number(size)
}
