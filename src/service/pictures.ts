import type { Call } from '../call/call.js'
import { LIBRARY_ENDPOINTS } from './library-endpoints.js'
import { findFile } from './objects.js'
import type { BookPath } from './paths.js'
import type { ServiceContext } from './service-context.js'

/** A picture in memory. */
export interface Picture {
  /** Its bytes; they belong to the caller. */
  readonly bytes: Uint8Array
  /** The media type; `application/octet-stream` when the service does not say. */
  readonly contentType: string
}

/** The logo of a publisher. */
export type PublisherLogo = Picture

/** The picture on the cover of a book. */
export interface BookCover extends Picture {
  /** The entity tag, with its quotes; absent when the service does not say. */
  readonly etag?: string
}

/** @returns the cover of a book; null when the service says that there is none */
export async function readCover(
  context: ServiceContext,
  call: Call,
  { publisher, book_name }: BookPath,
): Promise<BookCover | null> {
  const params = { path: { publisher, book_name } }
  const file = await findFile(context, call, { endpoint: LIBRARY_ENDPOINTS.cover, params, fileName: '' })
  if (!file) return null
  const etag = file.headers.get('etag')
  return { ...pictureOf(file), ...(etag !== null && { etag }) }
}

/** @returns the logo of a publisher; null when the service says that there is none */
export async function readLogo(
  context: ServiceContext,
  call: Call,
  publisherId: number,
): Promise<PublisherLogo | null> {
  const params = { path: { publisher_id: publisherId } }
  const endpoint = LIBRARY_ENDPOINTS.publisherLogo
  const file = await findFile(context, call, { endpoint, params, fileName: '' })
  return file && pictureOf(file)
}

function pictureOf({ bytes, headers }: { bytes: Uint8Array; headers: Headers }): Picture {
  return { bytes, contentType: headers.get('content-type') ?? 'application/octet-stream' }
}
