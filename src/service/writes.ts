import type { WebhookEvent } from '../../generated/dream-central-storage.js'
import type { Cache } from '../cache/cache.js'
import type { Call } from '../call/call.js'
import type { Endpoint } from '../call/endpoint.js'
import { DreamStorageError } from '../errors.js'
import { invalid } from '../options/validation.js'
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
  if (change === 'catalogue') return [BOOKS_KEY]
  const { book_id: id }: Record<string, unknown> = Object(params?.path)
  // A new book has no id, but a name.
  const before = id === undefined ? body : findBook(id, cache)
  const keys = [keyOf(before), keyOf({ ...Object(before), ...Object(body) })]
  return distinct([BOOKS_KEY, ...keys])
}

/**
 * @returns the cache keys of what an event says has changed; all for an event of another kind. Earlier names are known from
 * the catalogue, if it is held.
 * @throws {@link DreamStorageInputError} for anything but an event
 */
export function keysChangedByEvent(webhook: WebhookEvent, cache: Cache | undefined): readonly CacheKey[] {
  const { event, data }: Record<string, unknown> = Object(webhook)
  if (typeof event !== 'string') throw invalid('event', 'an event of a webhook', webhook, true)
  if (!cache) return []
  const { id, name }: Record<string, unknown> = Object(data)
  if (event.startsWith('book.')) {
    // Nobody asks for the config of an earlier name that the catalogue has not told.
    const before = keyOf(findBook(id, cache)) ?? BOOKS_KEY
    return distinct([BOOKS_KEY, before, keyOf(data)])
  }
  if (!event.startsWith('publisher.')) return [undefined]
  const books = heldBooks(cache).filter((book) => book.publisher_id === id || book.publisher === name)
  // An event has no names of books, and not the earlier name of the publisher. A new publisher has neither.
  return books.length === 0 && event !== 'publisher.created'
    ? [undefined]
    : distinct([BOOKS_KEY, ...books.map(keyOf)])
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

/** What is known of a book of the catalogue. */
interface HeldBook {
  readonly id: number
  readonly publisher?: unknown
  readonly publisher_id?: unknown
}

function heldBooks(cache: Cache): readonly HeldBook[] {
  return cache.get<readonly HeldBook[]>(BOOKS_KEY) ?? []
}

function findBook(id: unknown, cache: Cache): HeldBook | undefined {
  const text = typeof id === 'string' || typeof id === 'number' ? String(id) : undefined
  return heldBooks(cache).find((book) => String(book.id) === text)
}

/** Each key once; if one of them is not known, all keys. */
function distinct(keys: readonly CacheKey[]): readonly CacheKey[] {
  return keys.includes(undefined) ? [undefined] : [...new Set(keys)]
}

/** The key of the book's config; undefined unless the book has its names. */
function keyOf(book: unknown): CacheKey {
  const { publisher, book_name: name }: Record<string, unknown> = Object(book)
  return typeof publisher === 'string' && typeof name === 'string' ? configKey(publisher, name) : undefined
}
