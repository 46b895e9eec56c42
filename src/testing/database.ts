import { drop, factory, nullable, primaryKey } from '@mswjs/data'
import type { Book } from '../../generated/dream-central-storage.js'

/** A user of the mock; the email is stored in lower case. */
export interface UserRow {
  id: number
  email: string
  password: string
}

/** A token that was issued, and whether it has been revoked since. */
export interface TokenRow {
  text: string
  revoked: boolean
}

/** An API key with its secret. */
export interface ApiKeyRow {
  id: number
  name: string
  key: string
  created_at: string
}

/** Something that was deleted: where it lay, and the book that it was, if any. */
export interface TrashRow {
  key: string
  root: string
  book_id: number | null
}

/** What is stored of a book; the rest of the contract's fields are derived from its files. */
export type BookRow = Required<
  Omit<Book, 'activity_count' | 'activity_details' | 'book_cover' | 'total_size'>
>

/** One table: rows go in and come out as copies. */
export interface Table<Row> {
  all(): Row[]
  find(where: Partial<Row>): Row | undefined
  insert(row: Row): Row
  update(where: Partial<Row>, data: Partial<Row>): void
  remove(where: Partial<Row>): void
}

/** The tables of the mock service. */
export interface Database {
  readonly users: Table<UserRow>
  readonly tokens: Table<TokenRow>
  readonly apiKeys: Table<ApiKeyRow>
  readonly trash: Table<TrashRow>
  readonly books: Table<BookRow>
  /** Empties every table. */
  clear(): void
}

const MODELS = {
  user: { id: primaryKey(Number), email: String, password: String },
  token: { text: primaryKey(String), revoked: Boolean },
  apiKey: { id: primaryKey(Number), name: String, key: String, created_at: String },
  trash: { key: primaryKey(String), root: String, book_id: nullable(Number) },
  book: {
    id: primaryKey(Number),
    book_name: String,
    publisher: nullable(String),
    publisher_id: nullable(Number),
    book_title: nullable(String),
    language: nullable(String),
    category: nullable(String),
    version: nullable(String),
    status: nullable(String),
    created_at: nullable(String),
    updated_at: nullable(String),
  },
}

/** An empty database of its own. */
export function createDatabase(): Database {
  const db = factory(MODELS)
  return {
    users: table<UserRow>(db.user),
    tokens: table<TokenRow>(db.token),
    apiKeys: table<ApiKeyRow>(db.apiKey),
    trash: table<TrashRow>(db.trash),
    books: table<BookRow>(db.book),
    clear: () => drop(db),
  }
}

/** The next id of a table whose ids are numbers. */
export function nextId(rows: Table<{ id: number }>): number {
  return Math.max(0, ...rows.all().map(({ id }) => id)) + 1
}

// The package's own types depend on optional packages, so that none of them may show in a declaration.
interface Model {
  getAll(): object[]
  findFirst(query: object): object | null
  create(row?: object): object
  updateMany(query: object): unknown
  deleteMany(query: object): unknown
}

function table<Row extends object>(source: object): Table<Row> {
  const model = source as Model
  const copy = (entity: object): Row => ({ ...(entity as Row) })
  return {
    all: () => model.getAll().map(copy),
    find: (where) => {
      const entity = model.findFirst(equal(where))
      return entity === null ? undefined : copy(entity)
    },
    insert: (row) => copy(model.create(row)),
    update: (where, data) => void model.updateMany({ ...equal(where), data }),
    remove: (where) => void model.deleteMany(equal(where)),
  }
}

function equal(where: object): object {
  return { where: Object.fromEntries(Object.entries(where).map(([name, equals]) => [name, { equals }])) }
}
