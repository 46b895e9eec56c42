import type { components } from '../../generated/dream-central-storage.js'

type Schemas = components['schemas']

/** A book of the catalogue. Only `id` and `book_name` are always there; every other field can be missing or null. */
export type Book = Schemas['Book']

/** The content of a book's config.json: any JSON value. */
export type BookConfig = Schemas['BookConfig']

/** The response to a login. */
export type TokenResponse = Schemas['TokenResponse']
