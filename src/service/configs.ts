import type { Book, BookConfig } from '../../generated/dream-central-storage.js'
import type { Call } from '../call/call.js'
import { inParallel } from '../call/in-parallel.js'
import { DreamStorageError } from '../errors.js'
import { CALL_RULES, type CallOptions } from '../options/call-options.js'
import { integer, invalid, type Rules, validate } from '../options/validation.js'
import { AsyncResults, type Production, type Put } from './async-results.js'
import { configKey } from './cache-keys.js'
import { readConfig } from './contents.js'
import { ENDPOINTS } from './endpoints.js'
import type { LibraryContext } from './library-context.js'
import { checkBookPath } from './paths.js'

/** What names a book, such as a `Book`. */
export type BookNames = Pick<Book, 'publisher' | 'book_name'>

/** The config.json of a book, or why it could not be read. */
export type BookConfigEntry<T extends BookNames = Book> =
  | { readonly book: T; readonly config: BookConfig; readonly error?: undefined }
  | { readonly book: T; readonly error: DreamStorageError; readonly config?: undefined }

/** Options of `getBookConfigs`. */
export interface BookConfigsOptions extends CallOptions {
  /** Books at a time, 1 or more; at most `maxConnections` are used. @default `maxConnections` */
  concurrency?: number | undefined
}

const RULES = { ...CALL_RULES, concurrency: integer(1) } satisfies Rules

/**
 * Reads the config.json of many books, from the cache where it is. Nothing is sent before the first `next`, and no more
 * than `concurrency` entries are read ahead.
 * @returns an iterator over the books in the order in which they are answered
 * @throws {@link DreamStorageInputError}
 */
export function readConfigs<T extends BookNames>(
  context: LibraryContext,
  books: Iterable<T>,
  options: BookConfigsOptions = {},
): AsyncResults<BookConfigEntry<T>> {
  validate(options, RULES, 'options')
  if (typeof books !== 'object' || books === null || !(Symbol.iterator in books)) {
    throw invalid('books', 'a list of books', books)
  }
  const all = [...books]
  const { maxConnections } = context
  const limit = Math.min(options.concurrency ?? maxConnections, maxConnections)
  return new AsyncResults((put) => start(context, all, limit, options, put))
}

function start<T extends BookNames>(
  context: LibraryContext,
  books: readonly T[],
  limit: number,
  { signal, timeoutMs, cache }: BookConfigsOptions,
  put: Put<BookConfigEntry<T>>,
): Production {
  let operation: Call | undefined
  let isUnwanted = false
  const work = async (call: Call): Promise<void> => {
    operation = call
    if (isUnwanted) return
    await inParallel(limit, books, async (book) => {
      const entry = await readEntry(context, call, book, { cache })
      await call.wait(put(entry))
    })
  }
  const cancel = (): void => {
    isUnwanted = true
    operation?.cancellation.cancel(new DOMException('the iteration was ended', 'AbortError'))
  }
  return { ended: context.runner.operation(ENDPOINTS.config, { signal, timeoutMs }, work), cancel }
}

/** What ends the call, or is no failure of a request, ends the iteration. */
async function readEntry<T extends BookNames>(
  context: LibraryContext,
  call: Call,
  book: T,
  options: CallOptions,
): Promise<BookConfigEntry<T>> {
  try {
    const { publisher, book_name: name }: { [Key in keyof BookNames]?: string } = Object(book)
    // Names of other types are refused, like those that no book can have.
    const path = checkBookPath(publisher as string, name as string)
    const key = configKey(path.publisher, path.book_name)
    const read = (part: Call): Promise<BookConfig> => readConfig(context, part, path)
    return { book, config: await context.runner.cached(ENDPOINTS.config, key, options, read, call) }
  } catch (error) {
    call.cancellation.throwIfCancelled()
    if (error instanceof DreamStorageError) return { book, error }
    throw error
  }
}
