import type { Book } from '../../generated/dream-central-storage.js'
import { API_KEY_OPERATIONS } from '../../generated/operations.js'
import type { Endpoint } from '../call/endpoint.js'
import type { BufferedResponse } from '../transport/buffered-response.js'
import type { OutgoingRequest } from '../transport/outgoing-request.js'
import { detailOf, isMissingRoute } from './response-error.js'
import type { Result } from './unwrap.js'

// Those whose file name is one that the service puts into a header.
const FILE_ROUTES = /\/object$|\/teachers\/[^/]+\/materials\//

/**
 * The service always fails for a broken config.json (502), and for a file whose name has letters outside Latin-1, which it
 * cannot put into a header (500).
 * @returns whether a 5xx response is such a permanent failure
 */
export function isPermanentFailure(request: OutgoingRequest, response: BufferedResponse): boolean {
  if (response.status === 502) return detailOf(parse(response.content)) === 'config.json is invalid'
  if (response.status !== 500) return false
  const { pathname, searchParams } = new URL(request.url)
  if (!FILE_ROUTES.test(pathname)) return false
  const fileName = (searchParams.get('path') ?? decodeURIComponent(pathname)).split('/').at(-1) ?? ''
  return [...fileName].some((letter) => letter > '\u00ff')
}

// They take an API key, and answer each of its requests with 403.
const KEY_IS_FORBIDDEN = [
  'PUT /processing/settings',
  'PUT /processing/publishers/{publisher_id}/settings',
  'POST /processing/bulk-reprocess',
]

/** @returns whether an endpoint is called with the API key; one that forbids keys is so only without a login */
export function takesApiKey({ method, route }: Endpoint, hasLogin: boolean): boolean {
  const operation = `${method} ${route}`
  return API_KEY_OPERATIONS.includes(operation) && !(hasLogin && KEY_IS_FORBIDDEN.includes(operation))
}

/**
 * @returns whether a response is a 404 of the service itself for a thing that is missing (JSON with `detail`), and neither
 * one of a proxy in front of it nor one for a route that this version of the service does not have
 */
export function isOwnNotFound({ response, error }: Result<unknown>): boolean {
  if (response.status !== 404 || typeof error !== 'object' || error === null) return false
  return 'detail' in error && !isMissingRoute(response, error.detail)
}

/** @returns whether a value has `id` and `book_name`; all other fields of a book can be missing or null */
export function isBook(value: unknown): value is Book {
  if (typeof value !== 'object' || value === null) return false
  const { id, book_name } = value as Partial<Book>
  return Number.isInteger(id) && typeof book_name === 'string' && book_name !== ''
}

function parse(content: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(content))
  } catch {
    return undefined
  }
}
