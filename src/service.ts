import type { paths } from '../generated/dream-central-storage.js'
import type { BufferedResponse } from './http/buffered-response.js'
import type { OutgoingRequest } from './http/outgoing-request.js'
import type { Book } from './payloads.js'
import type { Result } from './unwrap.js'

/** A route template of the contract. */
export type Route = keyof paths

/** The routes of the methods of the client. */
export const ROUTES = {
  login: '/auth/login',
  books: '/books/',
  book: '/books/{book_id}',
  contents: '/storage/books/{publisher}/{book_name}',
  config: '/storage/books/{publisher}/{book_name}/config',
  object: '/storage/books/{publisher}/{book_name}/object',
} as const satisfies Record<string, Route>

/** The routes that ask for no login. */
export const PUBLIC_ROUTES: ReadonlySet<string> = new Set<Route>(['/', '/health', ROUTES.login])

/** The routes that hang on the storage of files; the others hang on the database. They fail apart. */
export function isStorageRoute(route: string): boolean {
  return route.startsWith('/storage/')
}

/**
 * The answers of 5xx that stay as they are however often they are asked for: a config.json that is broken, and a
 * file whose own name has letters outside Latin-1, which the service cannot put into a header.
 */
export function isPermanentFailure(request: OutgoingRequest, response: BufferedResponse): boolean {
  const url = new URL(request.url)
  if (response.status === 502) return detailOf(response.content) === 'config.json is invalid'
  if (response.status !== 500 || !url.pathname.endsWith('/object')) return false
  const fileName = url.searchParams.get('path')?.split('/').at(-1) ?? ''
  return [...fileName].some((letter) => letter > '\u00ff')
}

/** Whether a 404 is the service's own, and not that of a proxy in front of it. */
export function isOwnNotFound({ response, error }: Result<unknown>): boolean {
  return response.status === 404 && typeof error === 'object' && error !== null && 'detail' in error
}

/** What the contract asks of a book at least; everything else may be missing or null. */
export function isBook(value: unknown): value is Book {
  if (typeof value !== 'object' || value === null) return false
  const { id, book_name } = value as Partial<Book>
  return Number.isInteger(id) && typeof book_name === 'string' && book_name !== ''
}

function detailOf(content: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(content)).detail
  } catch {
    return undefined
  }
}
