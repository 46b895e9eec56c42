import type { BufferedResponse } from '../transport/buffered-response.js'
import type { OutgoingRequest } from '../transport/outgoing-request.js'
import type { Book } from './payloads.js'
import { detailOf } from './response-error.js'
import type { Result } from './unwrap.js'

/**
 * The answers of 5xx that stay as they are however often they are asked for: a config.json that is broken, and a file
 * whose own name has letters outside Latin-1, which the service cannot put into a header.
 */
export function isPermanentFailure(request: OutgoingRequest, response: BufferedResponse): boolean {
  if (response.status === 502) return detailOf(parse(response.content)) === 'config.json is invalid'
  const url = new URL(request.url)
  if (response.status !== 500 || !url.pathname.endsWith('/object')) return false
  const fileName = url.searchParams.get('path')?.split('/').at(-1) ?? ''
  return [...fileName].some((letter) => letter > '\u00ff')
}

/** Whether a 404 is the service's own, and not that of a proxy in front of it. */
export function isOwnNotFound({ response, error }: Result<unknown>): boolean {
  return response.status === 404 && typeof error === 'object' && error !== null && 'detail' in error
}

/** What the contract demands of a book; everything else may be missing or null. */
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
