import { DreamStorageInputError } from './errors.js'
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
  const isClear = Object.keys(rest).length === 0 && (books === undefined) !== (publisher === undefined)
  if (isClear && books === true) return BOOKS_KEY
  if (isClear && publisher !== undefined) {
    const path = checkBookPath(publisher as string, bookName as string)
    return configKey(path.publisher, path.book_name)
  }
  throw new DreamStorageInputError('scope must be { books: true } or { publisher, bookName }')
}
