import { setTimeout as sleep } from 'node:timers/promises'
import {
  type Book,
  type components,
  type DreamCentralStorageClient,
  DreamStorageCircuitOpenError,
  DreamStorageError,
} from '../../src/index.js'
import type { MockService } from '../../src/testing/index.js'
import { count, duration, heading, line, note, paint, table, withBar } from '../terminal.js'

type StorageNode = components['schemas']['StorageNode']

/** A book with files that can be downloaded. */
export interface Shelved {
  readonly publisher: string
  readonly bookName: string
  readonly files: readonly { path: string; size: number }[]
}

const MAX_ROWS = 15
const MAX_LOOKED_INTO = 20

/** Logs in, and prints how long the token is valid. */
export async function logIn(client: DreamCentralStorageClient): Promise<void> {
  heading('Login', 'the client would do this by itself at the first call')
  await client.authenticate()
  const { expiresAt } = client.stats().auth
  line(
    `logged in${expiresAt ? `; the token ends at ${new Date(expiresAt).toLocaleTimeString('en-GB')}` : ''}`,
  )
}

/** The catalogue as a table. */
export async function showCatalogue(client: DreamCentralStorageClient): Promise<readonly Book[]> {
  heading('Catalogue', 'getBooks()')
  const books = await client.getBooks()
  const rows = [...books]
    .sort((a, b) => a.id - b.id)
    .slice(0, MAX_ROWS)
    .map((book) => [
      String(book.id),
      book.publisher ?? '–',
      book.book_name,
      book.language ?? '–',
      book.status ?? '–',
    ])
  table(['id', 'publisher', 'book', 'language', 'status'], rows)
  line(
    `${count(books.length, 'book')}${books.length > MAX_ROWS ? `, the first ${MAX_ROWS} of them shown` : ''}`,
  )
  return books
}

/** The books with files, the one with the largest file first. */
export async function lookInto(
  client: DreamCentralStorageClient,
  books: readonly Book[],
): Promise<Shelved[]> {
  const published = books.filter(({ status, publisher }) => status === 'published' && publisher)
  const shelved = await Promise.all(
    published
      .slice(0, MAX_LOOKED_INTO)
      .map(({ publisher, book_name: bookName }) => shelve(client, publisher ?? '', bookName)),
  )
  const largest = ({ files }: Shelved): number => Math.max(...files.map(({ size }) => size))
  return shelved.filter(({ files }) => files.length > 0).sort((a, b) => largest(b) - largest(a))
}

async function shelve(
  client: DreamCentralStorageClient,
  publisher: string,
  bookName: string,
): Promise<Shelved> {
  const route = '/storage/books/{publisher}/{book_name}'
  const { data } = await client.api.GET(route, { params: { path: { publisher, book_name: bookName } } })
  if (!data || Array.isArray(data)) return { publisher, bookName, files: [] }
  return { publisher, bookName, files: filesBelow(data, data.path) }
}

function filesBelow(node: StorageNode, root: string): { path: string; size: number }[] {
  if (node.type === 'file') return [{ path: node.path.slice(root.length), size: node.size ?? 0 }]
  return node.children.flatMap((child) => filesBelow(child, root))
}

/** A valid config.json, and one that is permanently broken. */
export async function showConfigs(
  client: DreamCentralStorageClient,
  books: readonly Shelved[],
): Promise<void> {
  heading('Configurations', 'getBookConfig(); a failure that no repetition helps is not repeated')
  for (const { publisher, bookName } of books) {
    try {
      const config = await client.getBookConfig(publisher, bookName)
      const kind = Array.isArray(config) ? 'a list' : `${Object.keys(Object(config)).length} keys`
      line(`${publisher} / ${bookName}: ${kind}, ${JSON.stringify(config).length} characters`)
    } catch (error) {
      if (!(error instanceof DreamStorageError)) throw error
      note(
        `${publisher} / ${bookName}: ${error.name}, ${error.status}, after ${count(error.attempts, 'attempt')}`,
      )
    }
  }
}

/** The files of one book. */
export async function showContents(
  client: DreamCentralStorageClient,
  { publisher, bookName, files }: Shelved,
): Promise<void> {
  heading('Listing', `listBookContents('${publisher}', '${bookName}')`)
  const sizes = new Map(files.map(({ path, size }) => [path, size]))
  for (const path of await client.listBookContents(publisher, bookName)) {
    line(`${path} ${paint('dim', count(sizes.get(path) ?? 0, 'byte'))}`)
  }
}

/** Downloads a book to a folder, with a progress bar; the second time it downloads nothing. */
export async function mirror(
  client: DreamCentralStorageClient,
  book: Shelved,
  folder: string,
): Promise<void> {
  heading('Mirror', `mirrorBook('${book.publisher}', '${book.bookName}', folder), twice`)
  for (const run of ['first', 'second']) {
    const startedAt = performance.now()
    const { downloaded, unchanged, failed, bytes } = await withBar((onProgress) =>
      client.mirrorBook(book.publisher, book.bookName, folder, { onProgress }),
    )
    const counts = `${count(downloaded.length, 'file')} downloaded, ${unchanged.length} unchanged, ${failed.length} failed`
    line(`${run} run: ${counts}; ${count(bytes, 'byte')} in ${duration(performance.now() - startedAt)}`)
  }
}

/** The same catalogue a thousand times. */
export async function showCache(client: DreamCentralStorageClient): Promise<void> {
  heading('Cache', '1 000 × getBooks() at once on an empty cache, then 1 000 more')
  client.invalidateCache({ books: true })
  const before = client.stats()
  for (const state of ['empty', 'warm']) {
    const startedAt = performance.now()
    await Promise.all(Array.from({ length: 1000 }, () => client.getBooks()))
    const sent = client.stats().requests.attempts - before.requests.attempts
    line(`${state} cache: ${duration(performance.now() - startedAt)}, ${count(sent, 'request')} so far`)
  }
}

/** All tokens are revoked while ten calls are made. */
export async function revokeToken(
  client: DreamCentralStorageClient,
  service: MockService,
  ids: number[],
): Promise<void> {
  heading('A token revoked under ten calls', 'all get 401; one of them logs in for all')
  const logins = service.count('POST', '/auth/login')
  service.revokeTokens()
  const found = await Promise.all(ids.slice(0, 10).map((id) => client.getBookById(id)))
  const spent = service.count('POST', '/auth/login') - logins
  line(`${found.filter(Boolean).length} of ${found.length} calls succeeded, with ${count(spent, 'login')}`)
}

/** The service is down for fifty calls, and comes back. */
export async function outage(
  client: DreamCentralStorageClient,
  service: MockService,
  ids: number[],
): Promise<void> {
  heading('An outage', '50 calls while every answer is 503')
  const before = service.requests.length
  service.setOutage(503)
  const outcomes = await Promise.allSettled(
    Array.from({ length: 50 }, (_, index) => client.getBookById(ids[index % ids.length] ?? 1)),
  )
  const reasons = outcomes.map((outcome) => (outcome.status === 'rejected' ? outcome.reason : undefined))
  const atOnce = reasons.filter((reason) => reason instanceof DreamStorageCircuitOpenError)
  note(
    `${count(service.requests.length - before, 'request')} reached the service; ${count(atOnce.length, 'call')} ended by the breaker`,
  )
  note(`circuit: ${client.stats().circuits.catalogue}`)
  service.setOutage(null)
  await sleep(Math.max(0, ...atOnce.map(({ retryAfterMs }) => retryAfterMs)))
  const book = await client.getBookById(1)
  line(`healed: ${book?.book_name} is back at the first call; circuit: ${client.stats().circuits.catalogue}`)
}
