import { createHmac } from 'node:crypto'

export const SECRET = 'a secret of the tests'

/** The text of an event of now, of a book unless `fields` say otherwise. */
export function eventText(fields: object = {}): string {
  const data = { id: 2, book_name: 'b', book_title: 'B', publisher: 'p', language: 'en', category: '' }
  return JSON.stringify({
    event: 'book.updated',
    timestamp: new Date().toISOString(),
    data: { ...data, status: 'published' },
    ...fields,
  })
}

/** The header of a body, as the service makes it. */
export function sign(body: string | Uint8Array, secret = SECRET): string {
  return `sha256=${createHmac('sha256', Buffer.from(secret, 'utf8')).update(body).digest('hex')}`
}

/** A delivery, as the service sends it. */
export function delivery(body: string, signature = sign(body)): RequestInit {
  const headers = { 'content-type': 'application/json', 'x-webhook-signature': signature }
  return { method: 'POST', headers, body }
}
