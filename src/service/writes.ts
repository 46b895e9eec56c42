import type { Cache } from '../cache/cache.js'
import type { Endpoint } from '../call/endpoint.js'
import { BOOKS_KEY, configKey } from './cache-keys.js'
import { WRITES } from './endpoints.js'

/** What of a request tells which book it writes. */
export interface WriteInit {
  readonly params?: { readonly path?: object }
  readonly body?: unknown
}

/** A key of the cache; undefined for all of them. */
export type CacheKey = string | undefined

/** @returns the cache keys of what a request changes; none for one that only reads. Ask before it is sent. */
export function keysChangedBy(
  { method, route }: Endpoint,
  { params, body }: WriteInit,
  cache: Cache,
): readonly CacheKey[] {
  const change = WRITES[`${method} ${route}`]
  if (!change) return []
  if (change === 'all') return [undefined]
  if (change === 'catalogue') return [BOOKS_KEY]
  const { book_id: id }: Record<string, unknown> = Object(params?.path)
  // A new book has no id, but a name.
  const before = id === undefined ? body : findBook(id, cache)
  const keys = [keyOf(before), keyOf({ ...Object(before), ...Object(body) })]
  return keys.includes(undefined) ? [undefined] : [BOOKS_KEY, ...new Set(keys)]
}

/** Whether a write may have been carried out: not if it was refused. A 408 and a 5xx can come after it. */
export function mayBeCarriedOut(status = 500): boolean {
  return status < 400 || status >= 500 || status === 408
}

function findBook(id: unknown, cache: Cache): object | undefined {
  const books = cache.get<ReadonlyArray<{ readonly id: number }>>(BOOKS_KEY)
  return books?.find((book) => String(book.id) === String(id))
}

/** The key of the book's config; undefined unless the book has its names. */
function keyOf(book: unknown): CacheKey {
  const { publisher, book_name: name }: Record<string, unknown> = Object(book)
  return typeof publisher === 'string' && typeof name === 'string' ? configKey(publisher, name) : undefined
}
