import type { Bucket } from './bucket.js'
import type { Database } from './database.js'
import type { Tokens } from './tokens.js'

/** The version of the service that the mock imitates. */
export type Dialect = '2025' | '2026'

/** How the file storage fails: `down` is not reachable, `cut` ends every download halfway. */
export type StorageFault = 'down' | 'cut'

/** The state that the routes of one mock service share. */
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
