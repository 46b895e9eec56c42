/** What every event has. */
interface EventOf<Name extends string, Data> {
  /** What happened. */
  readonly event: Name
  /** When the service made the event (ISO 8601, UTC). A repeated delivery has the same. */
  readonly timestamp: string
  /** The thing after the change. */
  readonly data: Data
}

/** The book of an event. */
export interface BookEventData {
  /** The `id` of the book. */
  readonly id: number
  /** Part of the storage paths of the book. */
  readonly book_name: string
  /** The title; the `book_name` if the book has none. */
  readonly book_title: string
  /** The name of the publisher; part of the storage paths of the book. */
  readonly publisher: string
  /** The language of the book. */
  readonly language: string
  /** The category; an empty string if the book has none. */
  readonly category: string
  /** The status after the event; `archived` for `book.deleted`. */
  readonly status: 'draft' | 'published' | 'archived'
}

/** The publisher of an event. */
export interface PublisherEventData {
  /** The `id` of the publisher. */
  readonly id: number
  /** The name of the publisher. */
  readonly name: string
  /** Its email address. */
  readonly contact_email: string | null
  /** `/publishers/{id}/logo`, a relative URL, also if there is no logo. */
  readonly logo_url: string
}

/** A book was created, updated or deleted. */
export type BookEvent = EventOf<'book.created' | 'book.updated' | 'book.deleted', BookEventData>

/** A publisher was created, updated or deleted. The service of 2026 delivers none of these. */
export type PublisherEvent = EventOf<
  'publisher.created' | 'publisher.updated' | 'publisher.deleted',
  PublisherEventData
>

/**
 * An event of the service; `event` says which. A later service may send events of other names: they are handed out too, with
 * any object as `data`. So let a `switch` have a `default`, in which `(event as WebhookEvent).event` is the name.
 */
export type WebhookEvent = BookEvent | PublisherEvent
