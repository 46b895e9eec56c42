import type { WebhookEvent } from '../../generated/dream-central-storage.js'
import { DreamStorageWebhookError } from '../errors.js'

const BOOK = /^book\.(created|updated|deleted)$/
const PUBLISHER = /^publisher\.(created|updated|deleted)$/

/**
 * @returns the event of a body. One of an unknown name is an event too: a later service may have more.
 * @throws {@link DreamStorageWebhookError} for a body that is no JSON in UTF-8, and for an event without what it is about
 */
export function parseEvent(bytes: Uint8Array): WebhookEvent {
  const body = parse(bytes)
  if (!isEvent(body)) throw new DreamStorageWebhookError('body', 'the body of the webhook is not an event')
  return body
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    // The error of the parser would quote the body.
    throw new DreamStorageWebhookError('body', 'the body of the webhook is not JSON')
  }
}

/** The fields by which users find the thing must be there, as in the catalogue. */
function isEvent(body: unknown): body is WebhookEvent {
  const { event, timestamp, data }: Record<string, unknown> = Object(body)
  if (typeof event !== 'string' || event === '' || typeof timestamp !== 'string') return false
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return false
  const { id, book_name: bookName, name }: Record<string, unknown> = { ...data }
  if (BOOK.test(event)) return Number.isInteger(id) && typeof bookName === 'string'
  return !PUBLISHER.test(event) || (Number.isInteger(id) && typeof name === 'string')
}
