import { DreamStorageInputError } from '../errors.js'
import { checkBookPath } from './paths.js'

/** What `invalidateCache` removes: the catalogue with the publishers, or the config.json of one book. */
export type CacheScope = { books: true } | { publisher: string; bookName: string }

/** The cache key of the catalogue. */
export const BOOKS_KEY = 'books'
/** The cache key of the publishers, which are invalidated with the catalogue. */
export const PUBLISHERS_KEY = 'publishers'

/** @returns the cache key of a book's config.json; names have no slash, so keys are distinct */
export function configKey(publisher: string, bookName: string): string {
  return `config/${publisher}/${bookName}`
}

/** @returns the cache key of a scope @throws {@link DreamStorageInputError} for anything else */
export function scopeKey(scope: CacheScope): string {
  const { books, publisher, bookName, ...rest }: Record<string, unknown> = Object(scope)
  const isBook = books === undefined && typeof publisher === 'string' && typeof bookName === 'string'
  const isCatalogue = books === true && publisher === undefined && bookName === undefined
  if (Object.keys(rest).length === 0 && isCatalogue) return BOOKS_KEY
  if (Object.keys(rest).length === 0 && isBook) {
    checkBookPath(publisher, bookName)
    return configKey(publisher, bookName)
  }
  throw new DreamStorageInputError('scope must be { books: true } or { publisher, bookName }')
}
