import { createFinalURL } from 'openapi-fetch'
import { DreamStorageInputError } from '../errors.js'
import { show } from '../options/validation.js'
import { serializeQuery } from './serializers.js'

const MAX_INT32 = 2 ** 31 - 1
// Control characters, and lone surrogates, which no URL can contain.
const UNUSABLE = /[\p{Cc}\p{Cs}]/u
// Most segments. They obey the rules below, which would take longer to find out.
const PLAIN = /^[\w-]+$/
// Those that may have several segments.
const SLASHED_PARAMETERS = new Set(['path', 'object_name'])
const TEMPLATE_PARAMETER = /\{([^{}]+)\}/g

/**
 * @returns the id of a book
 * @throws {@link DreamStorageInputError} unless it is an integer from 1 to 2 147 483 647; beyond, the service returns 500
 */
export function checkBookId(bookId: number): number {
  return checkId('bookId', bookId)
}

/** @returns an id @throws {@link DreamStorageInputError} as `checkBookId`; `name` is that of the argument */
export function checkId(name: string, id: number): number {
  if (Number.isInteger(id) && id >= 1 && id <= MAX_INT32) return id
  throw new DreamStorageInputError(`${name} must be an integer from 1 to ${MAX_INT32}, got ${show(id)}`)
}

/** The path parameters of a book. */
export interface BookPath {
  readonly publisher: string
  readonly book_name: string
}

/**
 * @returns the path parameters of a book
 * @throws {@link DreamStorageInputError} unless publisher and name are one path segment each: not empty, not `.` or `..`,
 * without slashes, backslashes, control characters and lone surrogates
 */
export function checkBookPath(publisher: string, bookName: string): BookPath {
  return { publisher: checkSegment('publisher', publisher), book_name: checkSegment('bookName', bookName) }
}

/** @returns a segment of a path @throws {@link DreamStorageInputError} unless it is one; `name` is that of the argument */
export function checkSegment(name: string, value: string): string {
  const fault = typeof value === 'string' ? segmentFault(value) : 'must be a string'
  if (fault) throw new DreamStorageInputError(`${name} ${fault}, got ${show(value)}`)
  return value
}

/**
 * @returns the path of a file within its book
 * @throws {@link DreamStorageInputError} unless it is relative, with `/` between valid segments
 */
export function checkAssetPath(path: string, name = 'assetPath'): string {
  const fault = assetPathFault(path)
  if (fault) throw new DreamStorageInputError(`${name} ${fault}, got ${show(path)}`)
  return path
}

/** @returns why a value is not the path of a file within a book, for messages; undefined when it is one */
export function assetPathFault(path: unknown): string | undefined {
  if (typeof path !== 'string') return 'must be a string'
  if (path.startsWith('/')) return 'must be relative'
  for (const segment of path.split('/')) {
    const fault = segmentFault(segment)
    if (fault) return fault === EMPTY ? 'must not have an empty segment' : fault
  }
  return undefined
}

const EMPTY = 'must not be empty'

/** @returns why a text is not one segment of a path, for messages; undefined when it is one */
export function segmentFault(segment: string): string | undefined {
  if (PLAIN.test(segment)) return undefined
  if (segment === '') return EMPTY
  if (segment === '.' || segment === '..') return 'must not be or contain the segment . or ..'
  if (/[/\\]/.test(segment)) return 'must not contain a slash or a backslash'
  return UNUSABLE.test(segment) ? 'must not contain control characters or lone surrogates' : undefined
}

function firstFault(segments: readonly string[]): string | undefined {
  return segments.map(segmentFault).find((fault) => fault !== undefined)
}

/**
 * Fills a route template.
 * @returns the path, percent-encoded
 * @throws {@link DreamStorageInputError} for a parameter that is missing or would change the path, such as `..` or an empty
 * string, which openapi-fetch would accept
 */
export function fillPath(template: string, parameters: Record<string, unknown> = {}): string {
  return template.replace(TEMPLATE_PARAMETER, (_, name: string) => {
    const value = parameters[name]
    const isUsable = typeof value === 'string' || typeof value === 'number'
    const text = isUsable ? String(value) : ''
    const segments = SLASHED_PARAMETERS.has(name) ? text.split('/') : [text]
    const fault = isUsable ? firstFault(segments) : 'must be a string or a number'
    if (fault) throw new DreamStorageInputError(`path parameter ${name} ${fault}, got ${show(value)}`)
    return segments.map(encodeURIComponent).join('/')
  })
}

/** @returns the absolute URL of a route of the contract, percent-encoded @throws {@link DreamStorageInputError} */
export function buildUrl(
  baseUrl: string,
  route: string,
  params: { path: Record<string, string>; query: Record<string, string> },
): string {
  return createFinalURL(route, { baseUrl, params, querySerializer: serializeQuery, pathSerializer: fillPath })
}
