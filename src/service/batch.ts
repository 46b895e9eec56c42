import type { Book } from '../../generated/dream-central-storage.js'
import type { Call } from '../call/call.js'
import { inParallel } from '../call/in-parallel.js'
import { invalid } from '../options/validation.js'
import { readBook, usableBooks } from './books.js'
import { ENDPOINTS } from './endpoints.js'
import type { LibraryContext } from './library-context.js'
import { LIBRARY_ENDPOINTS } from './library-endpoints.js'
import { checkId } from './paths.js'
import type { ServiceContext } from './service-context.js'
import { unwrap } from './unwrap.js'

const BATCH = 100

/** @returns the ids, each once @throws {@link DreamStorageInputError} unless all are ids of books */
export function checkIds(ids: Iterable<number>): readonly number[] {
  if (typeof ids !== 'object' || ids === null || !(Symbol.iterator in ids)) {
    throw invalid('ids', 'a list of ids', ids)
  }
  return [...new Set(ids)].map((id) => checkId('each of ids', id))
}

/**
 * Reads books by their ids: 100 with a request, or one by one from a service that has no such request (2025).
 * @returns the books by id, in the order of `ids`; unknown and archived ones are absent
 */
export async function readBooksByIds(
  context: LibraryContext,
  call: Call,
  ids: readonly number[],
): Promise<ReadonlyMap<number, Book>> {
  const found = new Map<number, Book>()
  const add = (books: readonly Book[]): void => {
    for (const book of books) found.set(book.id, book)
  }
  const one = async (id: number): Promise<void> => {
    const request = (part: Call): Promise<Book | null> => readBook(context, part, id)
    const book = await context.runner.request(ENDPOINTS.book, undefined, request, call)
    // As in a batch of 2026.
    if (book && book.status !== 'archived') add([book])
  }
  const batch = async (part: readonly number[]): Promise<boolean> => {
    const request = (each: Call): Promise<readonly Book[] | undefined> => readBatch(context, each, part)
    const books = await context.runner.request(LIBRARY_ENDPOINTS.batch, undefined, request, call)
    add(books ?? [])
    return books !== undefined
  }
  const [first = [], ...rest] = inBatches(ids)
  if (first.length > 0 && !(await batch(first))) await inSlots(context, call, ids, one)
  else {
    await inSlots(context, call, rest, async (part) => {
      // Also behind a proxy with services of both versions.
      if (!(await batch(part))) for (const id of part) await one(id)
    })
  }
  return new Map(ids.flatMap((id) => [found.get(id) ?? []].flat().map((book) => [id, book])))
}

/** Never more at a time than there are slots: nothing waits for one because of the others. The first failure ends all. */
async function inSlots<T>(
  { maxConnections }: LibraryContext,
  call: Call,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  await inParallel(maxConnections, items, (item) =>
    work(item).catch((error: unknown) => {
      call.fail(error)
      call.cancellation.cancel(error)
      throw error
    }),
  )
}

/** @returns the books of a batch; undefined if the service does not have the request */
async function readBatch(
  { http, fetchFor, events }: ServiceContext,
  call: Call,
  ids: readonly number[],
): Promise<readonly Book[] | undefined> {
  const { route } = LIBRARY_ENDPOINTS.batch
  const result = await http.POST(route, { body: { ids: [...ids] }, ...fetchFor(call) })
  return result.response.status === 405 ? undefined : usableBooks(unwrap(result, call), events, call)
}

function inBatches(ids: readonly number[]): Array<readonly number[]> {
  const count = Math.ceil(ids.length / BATCH)
  return Array.from({ length: count }, (_, index) => ids.slice(index * BATCH, (index + 1) * BATCH))
}
