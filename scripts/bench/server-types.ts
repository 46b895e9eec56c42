/** What the server does at certain moments of a run. */
export interface Plan {
  /** After so many requests for single books, every token that was issued is worth nothing. */
  revokeAfter: number
  /** After so many requests for single books, everything is answered with 503. */
  outageAfter: number
  /** Requests for single books are answered after 1 to so many milliseconds; 0: at once. */
  latencyMs: number
}

/** Requests that arrived, by route; those that were refused with 401 once more by that. */
export interface Counts {
  logins: number
  books: number
  book: number
  object: number
  unauthorized: number
}

/** Nothing happens. */
export const NO_PLAN: Plan = {
  revokeAfter: Number.MAX_SAFE_INTEGER,
  outageAfter: Number.MAX_SAFE_INTEGER,
  latencyMs: 0,
}

/** The catalogue, in the service's shape. */
export const BOOKS = Array.from({ length: 500 }, (_, index) => ({
  id: index + 1,
  publisher: `Publisher ${(index % 20) + 1}`,
  book_name: `BOOK ${index + 1}`,
  language: 'en',
  category: 'Coursebook',
  version: '1.0.0',
  status: 'published',
  created_at: '2025-09-01T08:00:00.123456Z',
  updated_at: '2025-11-01T08:00:00.654321Z',
}))
