import { drop, factory, nullable, primaryKey } from '@mswjs/data'
import type { Book } from '../../generated/dream-central-storage.js'

/** A user; the email is stored in lower case. */
export interface UserRow {
  id: number
  email: string
  password: string
}

/** An issued token, and whether it has been revoked. */
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
  is_active: boolean
}

/**
 * An entry of the trash: the key in the trash, the original location, and the id of the book if it was one.
 */
export interface TrashRow {
  key: string
  root: string
  book_id: number | null
}

/** The stored fields of a book; the other fields of the contract are derived from its files. */
export type BookRow = Required<
  Omit<Book, 'activity_count' | 'activity_details' | 'book_cover' | 'total_size'>
>

/** One table. Rows are copied when they are written and when they are read. */
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
  /** Deletes the rows of every table. */
  clear(): void
}

const MODELS = {
  user: { id: primaryKey(Number), email: String, password: String },
  token: { text: primaryKey(String), revoked: Boolean },
  apiKey: { id: primaryKey(Number), name: String, key: String, created_at: String, is_active: Boolean },
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

/** Creates an empty database. */
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

/** The next free id of a table with numeric ids. */
export function nextId(rows: Table<{ id: number }>): number {
  return Math.max(0, ...rows.all().map(({ id }) => id)) + 1
}

// The types of @mswjs/data depend on optional packages, so they must not appear in our declarations.
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
