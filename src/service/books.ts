import type { Book } from '../../generated/dream-central-storage.js'
import type { Call } from '../call/call.js'
import type { Events } from '../call/events.js'
import { ENDPOINTS } from './endpoints.js'
import { isBook, isOwnNotFound } from './rules.js'
import type { ServiceContext } from './service-context.js'
import { SkipReport } from './skip-report.js'
import { unexpected, unwrap } from './unwrap.js'

/**
 * Reads the catalogue.
 * @returns its books; an entry without `id` or `book_name` is left out, and reported by the event `skip`
 * @throws {@link DreamStorageResponseError} for anything but a list
 */
export async function readBooks(
  { http, fetchFor, events }: ServiceContext,
  call: Call,
): Promise<readonly Book[]> {
  const books: unknown = unwrap(await http.GET(ENDPOINTS.books.route, fetchFor(call)), call)
  return usableBooks(books, events, call)
}

/**
 * @returns the books of a response; an entry without `id` or `book_name` is left out, and reported by the event `skip`
 * @throws {@link DreamStorageResponseError} for anything but a list
 */
export function usableBooks(books: unknown, events: Events, call: Call): readonly Book[] {
  if (!Array.isArray(books)) throw unexpected(call, 'no list of books')
  const skipped = new SkipReport(call, 'books without id or book_name were left out')
  const usable = books.filter((book) => isBook(book) || skipped.add())
  skipped.emit(events)
  return usable
}

/**
 * Reads one book.
 * @returns the book; null for a 404 of the service itself, not for one of a proxy
 * @throws {@link DreamStorageResponseError} for a book without `id` or `book_name`
 */
export async function readBook(
  { http, fetchFor }: ServiceContext,
  call: Call,
  bookId: number,
): Promise<Book | null> {
  const params = { path: { book_id: bookId } }
  const result = await http.GET(ENDPOINTS.book.route, { params, ...fetchFor(call) })
  if (isOwnNotFound(result)) return null
  const book = unwrap(result, call)
  if (!isBook(book)) throw unexpected(call, 'no book with id and book_name')
  return book
}
