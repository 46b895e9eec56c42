import type { components } from '../../generated/dream-central-storage.js'

type Schemas = components['schemas']

/** A book of the catalogue. */
export type Book = Schemas['Book']

/** What a book's config.json holds: any JSON value. */
export type BookConfig = Schemas['BookConfig']

/** What a login answers. */
export type TokenResponse = Schemas['TokenResponse']
