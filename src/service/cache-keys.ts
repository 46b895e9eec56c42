import { DreamStorageInputError } from '../errors.js'
import { checkBookPath } from './paths.js'

/** What `invalidateCache` forgets: the catalogue, or the configuration of one book. */
export type CacheScope = { books: true } | { publisher: string; bookName: string }

/** The key of the catalogue. */
export const BOOKS_KEY = 'books'

/** The key of a book's configuration; no name has a slash, so keys are distinct. */
export function configKey(publisher: string, bookName: string): string {
  return `config/${publisher}/${bookName}`
}

/** The key of a scope. Throws `…InputError` for anything else. */
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
