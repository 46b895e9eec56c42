import type { Cache } from '../cache/cache.js'
import type { Call } from '../call/call.js'
import type { Endpoint } from '../call/endpoint.js'
import { DreamStorageError } from '../errors.js'
import { BOOKS_KEY, configKey } from './cache-keys.js'
import { WRITES } from './endpoints.js'

/** What of a request tells which book it writes. */
export interface WriteInit {
  readonly params?: { readonly path?: object }
  readonly body?: unknown
}

/** A key of the cache; undefined for all of them. */
type CacheKey = string | undefined

/** @returns the cache keys of what a request changes; none for one that only reads. Ask before it is sent. */
function keysChangedBy(
  { method, route }: Endpoint,
  { params, body }: WriteInit,
  cache: Cache,
): readonly CacheKey[] {
  const change = WRITES[`${method} ${route}`]
  if (!change) return []
  if (change === 'all') return [undefined]
  const { book_id: id }: Record<string, unknown> = Object(params?.path)
  // A new book has no id, but a name.
  const before = id === undefined ? body : findBook(id, cache)
  const keys = [keyOf(before), keyOf({ ...Object(before), ...Object(body) })]
  return keys.includes(undefined) ? [undefined] : [BOOKS_KEY, ...new Set(keys)]
}

/** Runs a request; what it may have changed is removed from the cache, also what is being read meanwhile. */
export type Forgetting = <T>(
  call: Call,
  init: WriteInit,
  run: () => Promise<T>,
  statusOf?: (result: T) => number,
) => Promise<T>

/** @returns a function that forgets; `invalidate` removes the value of a key from the cache, or all */
export function createForgetting(cache: Cache | undefined, invalidate: (key: CacheKey) => void): Forgetting {
  return async (call, init, run, statusOf = () => 200) => {
    const keys = cache ? keysChangedBy(call.endpoint, init, cache) : []
    let status: number | undefined
    try {
      const result = await run()
      status = statusOf(result)
      return result
    } catch (error) {
      if (error instanceof DreamStorageError) status = error.status
      throw error
    } finally {
      const isChange = call.attemptCounter.count > 0 && mayBeCarriedOut(call.endpoint, status)
      if (isChange) for (const key of keys) invalidate(key)
    }
  }
}

/** Whether a write may have been carried out: not if it was refused. A 408 and a 5xx can come after it. */
function mayBeCarriedOut({ isUpload }: Endpoint, status = 500): boolean {
  // A service of 2026 removes the content of a book before it looks at the new one.
  return status < 400 || status >= 500 || status === 408 || (status === 400 && isUpload === true)
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
