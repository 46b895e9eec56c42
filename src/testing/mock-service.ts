import type { HttpHandler } from 'msw'
import type { Book } from '../../generated/dream-central-storage.js'
import type { Backend, Dialect, StorageFault } from './backend.js'
import { createBucket } from './bucket.js'
import { addBook, addUser, type MockBook, type MockUser, putObject, removeBook } from './controls.js'
import { createDatabase } from './database.js'
import { createGateway } from './gateway.js'
import { createRequestLog, type RecordedRequest } from './request-log.js'
import { routesOf } from './routes/index.js'
import { seed } from './seed.js'
import { createTokens } from './tokens.js'

/** Options of a mock service. */
export interface MockServiceOptions {
  /** The origin and path prefix that it answers; `*` is every origin. @default 'http://localhost:8081' */
  baseUrl?: string
  /** The version of the service that it imitates. @default '2025' */
  dialect?: Dialect
  /** How long its tokens are valid, in seconds. @default 1800 */
  tokenLifetimeSeconds?: number
  /** Returns the current time in milliseconds since the epoch. @default Date.now */
  now?: () => number
  /** Starts without books and applications; the first user exists. @default false */
  empty?: boolean
  /** Called for every request when its response starts. */
  onAnswer?: (request: RecordedRequest) => void
}

/** An imitation of the service with its own state. */
export interface MockService {
  readonly baseUrl: string
  readonly dialect: Dialect
  /** The handlers for msw's `setupServer(...service.handlers)`. */
  readonly handlers: HttpHandler[]
  /** Every request that it received, in order. */
  readonly requests: readonly RecordedRequest[]
  /**
   * Returns how many requests it received with this method and, if given, this path (as sent, without the
   * query).
   */
  count(method: string, path?: string): number
  /** Adds a book with its files. It is published unless `status` sets another state. */
  addBook(book: MockBook): Book
  /** Removes a book and its files; they do not go to the trash. */
  removeBook(bookId: number): void
  /** Writes a file into a book; text is stored as UTF-8. Returns the value of `path` in `/object?path=`. */
  putObject(publisher: string, bookName: string, path: string, data: Uint8Array | string): string
  /** Adds a user who can log in. */
  addUser(user: MockUser): void
  /** Creates an API key. Returns its secret, `dcs_…`. */
  addApiKey(name: string): string
  /** Revokes all issued tokens: requests with them are answered with 401. */
  revokeTokens(): void
  /** Starts an outage: every request is answered with the nginx page of this status. null ends it. */
  setOutage(status: number | null): void
  /**
   * With `down`, `/storage/*` answers 500; with `cut`, every download ends after half of its bytes. null ends
   * it.
   */
  setStorageFault(fault: StorageFault | null): void
  /** Restores the first state: fixtures, empty request log, no outage. Earlier tokens become invalid. */
  reset(): void
}

/** Creates a mock service. Two services share no state. */
export function createMockService(options: MockServiceOptions = {}): MockService {
  const { baseUrl = 'http://localhost:8081' } = options
  const backend = createBackend(options)
  const log = createRequestLog(options.onAnswer)
  let outage: number | null = null
  const gateway = createGateway({ backend, routes: routesOf(backend), log, baseUrl, outage: () => outage })
  const service: MockService = {
    baseUrl,
    dialect: backend.dialect,
    handlers: [gateway],
    requests: log.requests,
    count: (method, path) => {
      const isCounted = (sent: RecordedRequest): boolean =>
        sent.method === method && (path === undefined || sent.path.split('?')[0] === path)
      return log.requests.filter(isCounted).length
    },
    addBook: (book) => addBook(backend, book),
    removeBook: (bookId) => removeBook(backend, bookId),
    putObject: (publisher, bookName, path, data) => putObject(backend, publisher, bookName, path, data),
    addUser: (user) => addUser(backend, user),
    addApiKey: (name) => backend.tokens.createApiKey(name).key,
    revokeTokens: () => backend.tokens.revokeAll(),
    setOutage: (status) => {
      outage = status
    },
    setStorageFault: (fault) => {
      backend.storageFault = fault
    },
    reset: () => {
      outage = null
      log.clear()
      refill(backend, options.empty)
    },
  }
  service.reset()
  return service
}

function createBackend({
  dialect = '2025',
  tokenLifetimeSeconds = 1800,
  now = Date.now,
}: MockServiceOptions): Backend {
  const db = createDatabase()
  return {
    dialect,
    db,
    tokens: createTokens({ db, lifetimeSeconds: tokenLifetimeSeconds, now }),
    books: createBucket(),
    apps: createBucket(),
    trash: createBucket(),
    now,
    storageFault: null,
  }
}

function refill(backend: Backend, empty = false): void {
  backend.storageFault = null
  backend.db.clear()
  for (const bucket of [backend.books, backend.apps, backend.trash]) bucket.remove('')
  seed(backend, empty)
}
