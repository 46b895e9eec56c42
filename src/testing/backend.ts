import type { Bucket } from './bucket.js'
import type { Database } from './database.js'
import type { Tokens } from './tokens.js'

/** Which version of the service is imitated. */
export type Dialect = '2025' | '2026'

/** How the file storage fails: not reachable, or in the middle of every download. */
export type StorageFault = 'down' | 'cut'

/** What the routes of one mock service work on. */
export interface Backend {
  readonly dialect: Dialect
  readonly db: Database
  readonly tokens: Tokens
  readonly books: Bucket
  readonly apps: Bucket
  readonly trash: Bucket
  /** Milliseconds since the epoch. */
  readonly now: () => number
  storageFault: StorageFault | null
}
