import type { paths } from '../../generated/dream-central-storage.js'
import { FORM_OPERATIONS, PUBLIC_OPERATIONS } from '../../generated/operations.js'
import type { Endpoint } from '../call/endpoint.js'
import { quote } from '../quote.js'

/** A route template of the contract. */
export type Route = keyof paths

/** The groups of routes that fail independently: `storage` needs the file storage, `catalogue` the database. */
export type CircuitName = 'catalogue' | 'storage'

/** The options that can be the time to live of an endpoint. */
export type TtlOption = 'booksTtlMs' | 'configTtlMs'

/** An endpoint that a method of the client uses. */
export interface ServiceEndpoint extends Endpoint {
  readonly route: Route
  readonly circuit: CircuitName
  /** The option with the time to live of its values in the cache; without it, they are not cached. */
  readonly ttl?: TtlOption
}

/** The endpoints that the methods of the client use. */
export const ENDPOINTS = {
  login: {
    method: 'POST',
    route: '/auth/login',
    circuit: 'catalogue',
    answer: 'json',
    isPublic: true,
    isRepeatable: true,
  },
  books: { method: 'GET', route: '/books/', circuit: 'catalogue', answer: 'json', ttl: 'booksTtlMs' },
  book: { method: 'GET', route: '/books/{book_id}', circuit: 'catalogue', answer: 'json' },
  contents: {
    method: 'GET',
    route: '/storage/books/{publisher}/{book_name}',
    circuit: 'storage',
    answer: 'json',
  },
  config: {
    method: 'GET',
    route: '/storage/books/{publisher}/{book_name}/config',
    circuit: 'storage',
    answer: 'json',
    ttl: 'configTtlMs',
  },
  object: {
    method: 'GET',
    route: '/storage/books/{publisher}/{book_name}/object',
    circuit: 'storage',
    answer: 'file',
  },
  bookUpload: {
    method: 'POST',
    route: '/books/upload',
    circuit: 'catalogue',
    answer: 'json',
    isUpload: true,
  },
  contentUpload: {
    method: 'POST',
    route: '/books/{book_id}/upload',
    circuit: 'catalogue',
    answer: 'json',
    isUpload: true,
  },
  materialUpload: {
    method: 'POST',
    route: '/teachers/{teacher_id}/upload',
    circuit: 'catalogue',
    answer: 'json',
    isUpload: true,
  },
} as const satisfies Record<string, ServiceEndpoint>

/** The catalogue, with the publishers; that and the config.json of a book; or everything. */
type Change = 'catalogue' | 'book' | 'all'

/**
 * What the writes of the service change of what is cached. Other requests change nothing that is cached.
 */
export const WRITES: { readonly [operation: string]: Change | undefined } = {
  'POST /books/': 'book',
  'PUT /books/{book_id}': 'book',
  'DELETE /books/{book_id}': 'book',
  'POST /books/upload': 'all',
  'POST /books/{book_id}/upload': 'all',
  'POST /books/upload-bulk': 'all',
  'DELETE /storage/trash': 'all',
  'POST /storage/restore': 'all',
  'POST /publishers/': 'catalogue',
  'PUT /publishers/{publisher_id}': 'all',
  'DELETE /publishers/{publisher_id}': 'catalogue',
  'POST /publishers/{publisher_id}/restore': 'catalogue',
  'DELETE /publishers/{publisher_id}/permanent': 'all',
} satisfies { readonly [Operation in `${'POST' | 'PUT' | 'DELETE'} ${Route}`]?: Change }

// The others need no more than the database.
const STORAGE_ROUTES = /^\/(storage|teachers)\/|\/(ai-data|ai-content|assets|logo)(\/|$)/
const HEALTH: Route = '/health'

/**
 * @param route a route template of the contract
 * @returns the endpoint of any operation of the contract, for `client.api`
 */
export function endpointOf(method: string, route: string, answer: Endpoint['answer']): Endpoint {
  const circuit: CircuitName = STORAGE_ROUTES.test(route) ? 'storage' : 'catalogue'
  const isPublic = PUBLIC_OPERATIONS.includes(`${method} ${route}`)
  const isUpload = FORM_OPERATIONS.includes(`${method} ${route}`)
  // Whoever does without the types can pass a URL, with a secret in its query.
  return { method, route: quote(route), circuit, answer, isPublic, isUpload, isProbe: route === HEALTH }
}
