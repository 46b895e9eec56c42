import type { HttpHandler } from 'msw'
import type { Book } from '../../generated/dream-central-storage.js'
import type { Backend, Dialect, StorageFault } from './backend.js'
import { createBucket } from './bucket.js'
import { createDatabase } from './database.js'
import { createFront } from './front.js'
import { createRequestLog, type RecordedRequest } from './request-log.js'
import { routesOf } from './routes/index.js'
import { seed } from './seed.js'
import { addBook, addUser, type MockBook, type MockUser, putObject, removeBook } from './stock.js'
import { createTokens } from './tokens.js'

/** How a mock service is to be. */
export interface MockServiceOptions {
  /** Origin and path prefix that it answers at; `*` is every origin. @default 'http://localhost:8081' */
  baseUrl?: string
  /** The version of the service that it imitates. @default '2025' */
  dialect?: Dialect
  /** @default 1800 */
  tokenLifetimeSeconds?: number
  /** Milliseconds since the epoch. @default Date.now */
  now?: () => number
  /** Starts without books, with its user only. @default false */
  empty?: boolean
  /** Hears of every request once its answer begins. */
  onAnswer?: (request: RecordedRequest) => void
}

/** An imitation of the service, with a state of its own. */
export interface MockService {
  readonly baseUrl: string
  readonly dialect: Dialect
  /** For msw's `setupServer(...service.handlers)`. */
  readonly handlers: HttpHandler[]
  /** Every request that reached it, in order. */
  readonly requests: readonly RecordedRequest[]
  /** How many requests reached it, of this path (as it is sent, without the query) if one is given. */
  count(method: string, path?: string): number
  /** Adds a book with its files; it is published unless `status` says otherwise. */
  addBook(book: MockBook): Book
  /** Removes a book and its files; nothing remains in the trash. */
  removeBook(bookId: number): void
  /** Writes a file (text is UTF-8) into a book's content; gives what `/object?path=` takes for it. */
  putObject(publisher: string, bookName: string, path: string, data: Uint8Array | string): string
  addUser(user: MockUser): void
  /** A new API key, `dcs_…`. */
  addApiKey(name: string): string
  /** From now on every token that was issued is answered 401. */
  revokeTokens(): void
  /** While a status is set, every request is answered with nginx's page of it. */
  setOutage(status: number | null): void
  /** While `down`, `/storage/*` answers 500; while `cut`, every download ends after half of its bytes. */
  setStorageFault(fault: StorageFault | null): void
  /** Back to the seed, with an empty request log and no outage; earlier tokens are unknown. */
  reset(): void
}

/** A mock service; two of them share nothing. */
export function createMockService(options: MockServiceOptions = {}): MockService {
  const { baseUrl = 'http://localhost:8081' } = options
  const backend = createBackend(options)
  const log = createRequestLog(options.onAnswer)
  let outage: number | null = null
  const front = createFront({ backend, routes: routesOf(backend), log, baseUrl, outage: () => outage })
  const service: MockService = {
    baseUrl,
    dialect: backend.dialect,
    handlers: [front],
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
