import { createFinalURL } from 'openapi-fetch'
import { DreamStorageInputError } from '../errors.js'
import { show } from '../options/validation.js'
import { serializeQuery } from './serializers.js'

const MAX_INT32 = 2 ** 31 - 1
// Control characters, and halves of surrogate pairs, which no URL can carry.
const UNUSABLE = /[\p{Cc}\p{Cs}]/u
// Most segments: nothing is wrong with them, which the rules below would take longer to find.
const PLAIN = /^[\w-]+$/
const TEMPLATE_PARAMETER = /\{([^{}]+)\}/g

/** A book's id: an integer from 1 to 2 147 483 647 (the service answers 500 beyond). Throws `…InputError`. */
export function checkBookId(bookId: number): number {
  if (Number.isInteger(bookId) && bookId >= 1 && bookId <= MAX_INT32) return bookId
  throw new DreamStorageInputError(`bookId must be an integer from 1 to ${MAX_INT32}, got ${show(bookId)}`)
}

/** Where the files of a book are in the storage. */
export interface BookPath {
  readonly publisher: string
  readonly book_name: string
}

/** Publisher and book name are one segment of a path each. Throws `…InputError`. */
export function checkBookPath(publisher: string, bookName: string): BookPath {
  for (const [name, value] of Object.entries({ publisher, bookName })) {
    const fault = typeof value === 'string' ? segmentFault(value) : 'must be a string'
    if (fault) throw new DreamStorageInputError(`${name} ${fault}, got ${show(value)}`)
  }
  return { publisher, book_name: bookName }
}

/** The path of a file within its book, with `/` between segments. Throws `…InputError`. */
export function checkAssetPath(path: string): string {
  const fault = assetPathFault(path)
  if (fault) throw new DreamStorageInputError(`assetPath ${fault}, got ${show(path)}`)
  return path
}

/** Why a value cannot be the path of a file within its book; undefined when it can. */
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

function segmentFault(segment: string): string | undefined {
  if (PLAIN.test(segment)) return undefined
  if (segment === '') return EMPTY
  if (segment === '.' || segment === '..') return 'must not be or contain the segment . or ..'
  if (/[/\\]/.test(segment)) return 'must not contain a slash or a backslash'
  return UNUSABLE.test(segment) ? 'must not contain control characters or lone surrogates' : undefined
}

/**
 * Fills a route template. Throws `…InputError` for a parameter that is missing, or that would change the path
 * itself: openapi-fetch lets `..` and an empty id through.
 */
export function fillPath(template: string, parameters: Record<string, unknown> = {}): string {
  return template.replace(TEMPLATE_PARAMETER, (_, name: string) => {
    const value = parameters[name]
    const isUsable = typeof value === 'string' || typeof value === 'number'
    const fault = isUsable ? segmentFault(String(value)) : 'must be a string or a number'
    if (fault) throw new DreamStorageInputError(`path parameter ${name} ${fault}, got ${show(value)}`)
    return encodeURIComponent(String(value))
  })
}

/** The absolute URL of a route of the contract; everything is percent-encoded so that it arrives as it was given. */
export function buildUrl(
  baseUrl: string,
  route: string,
  params: { path: Record<string, string>; query: Record<string, string> },
): string {
  return createFinalURL(route, { baseUrl, params, querySerializer: serializeQuery, pathSerializer: fillPath })
}
