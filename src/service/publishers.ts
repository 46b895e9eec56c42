import type { Book, Publisher } from '../../generated/dream-central-storage.js'
import type { Call } from '../call/call.js'
import { usableBooks } from './books.js'
import { LIBRARY_ENDPOINTS } from './library-endpoints.js'
import { isOwnNotFound } from './rules.js'
import type { ServiceContext } from './service-context.js'
import { SkipReport } from './skip-report.js'
import { type Result, unexpected, unwrap } from './unwrap.js'

// The most that the service accepts.
const PAGE = 1_000
// A service whose pages never end must not be asked for ever.
const MAX_PAGES = 1_000

/**
 * Reads all pages. They have no order and `total` can change meanwhile: each publisher is kept once, and the pages end
 * with one that has nothing new, or when `total` entries have been read.
 * @returns the active publishers; an entry without `id` or `name` is left out, and reported by the event `skip`
 * @throws {@link DreamStorageResponseError} for anything but pages
 */
export async function readPublishers(context: ServiceContext, call: Call): Promise<readonly Publisher[]> {
  const found = new Map<number, Publisher>()
  const skipped = new SkipReport(call, 'publishers without id or name were left out')
  let read = 0
  for (let page = 0; page < MAX_PAGES; page++) {
    const { items, total } = await readPage(context, call, read)
    const fresh = items.filter((item) => !isPublisher(item) || !found.has(item.id))
    for (const item of fresh) {
      if (isPublisher(item)) found.set(item.id, item)
      else skipped.add()
    }
    read += items.length
    const isLast = typeof total === 'number' ? read >= total : items.length < PAGE
    if (isLast || fresh.length === 0) break
  }
  skipped.emit(context.events)
  return [...found.values()]
}

async function readPage(
  { http, fetchFor }: ServiceContext,
  call: Call,
  skip: number,
): Promise<{ readonly items: readonly unknown[]; readonly total: unknown }> {
  const params = { query: { skip, limit: PAGE } }
  const result = await http.GET(LIBRARY_ENDPOINTS.publishers.route, { params, ...fetchFor(call) })
  const { items, total }: { items?: unknown; total?: unknown } = Object(unwrap(result, call))
  if (!Array.isArray(items)) throw unexpected(call, 'no list of publishers')
  return { items, total }
}

/** @returns a publisher; null when the service says that there is none of that id */
export async function readPublisher(
  { http, fetchFor }: ServiceContext,
  call: Call,
  publisherId: number,
): Promise<Publisher | null> {
  const params = { path: { publisher_id: publisherId } }
  return publisherOf(await http.GET(LIBRARY_ENDPOINTS.publisher.route, { params, ...fetchFor(call) }), call)
}

/** @returns a publisher; null when the service says that there is none of that name */
export async function readPublisherByName(
  { http, fetchFor }: ServiceContext,
  call: Call,
  name: string,
): Promise<Publisher | null> {
  const params = { path: { name } }
  const { route } = LIBRARY_ENDPOINTS.publisherByName
  return publisherOf(await http.GET(route, { params, ...fetchFor(call) }), call)
}

/** @returns the books of a publisher, drafts and archived ones too; null when the service says that there is no such one */
export async function readPublisherBooks(
  { http, fetchFor, events }: ServiceContext,
  call: Call,
  publisherId: number,
): Promise<readonly Book[] | null> {
  const params = { path: { publisher_id: publisherId } }
  const result = await http.GET(LIBRARY_ENDPOINTS.publisherBooks.route, { params, ...fetchFor(call) })
  return isOwnNotFound(result) ? null : usableBooks(unwrap(result, call), events, call)
}

function publisherOf(result: Result<Publisher>, call: Call): Publisher | null {
  if (isOwnNotFound(result)) return null
  const publisher = unwrap(result, call)
  if (!isPublisher(publisher)) throw unexpected(call, 'no publisher with id and name')
  return publisher
}

function isPublisher(value: unknown): value is Publisher {
  const { id, name }: Partial<Publisher> = Object(value)
  return Number.isInteger(id) && typeof name === 'string' && name !== ''
}
