import type { Book, BookConfig } from '../../generated/dream-central-storage.js'
import type { Backend } from './backend.js'
import { type Bucket, readAll, type StoredFile } from './bucket.js'
import type { BookRow } from './database.js'

/** The storage prefix of a book: the root of its listing, with `/` at the end. */
export function rootOf(backend: Backend, publisher: string, bookName: string): string {
  return backend.dialect === '2025' ? `${publisher}/${bookName}/` : `${publisher}/books/${bookName}/`
}

/**
 * The folder of the current content of a book, below its root. 2025 has folders for version and book, 2026
 * has none.
 */
export function contentFolder(backend: Backend, { version, book_name }: BookRow): string {
  return backend.dialect === '2025' ? `${version}/${book_name}/` : ''
}

/** The files of all versions of a book; none for a book without a publisher. */
export function filesOf(backend: Backend, { publisher, book_name }: BookRow): StoredFile[] {
  return publisher === null ? [] : backend.books.list(rootOf(backend, publisher, book_name))
}

/** A file of a book's current content. */
function contentFile(backend: Backend, book: BookRow, path: string): StoredFile | undefined {
  if (book.publisher === null) return undefined
  const root = rootOf(backend, book.publisher, book.book_name)
  return backend.books.get(root + contentFolder(backend, book) + path)
}

/** The parsed config.json of a book, or undefined without one. Throws a SyntaxError when it is not JSON. */
export function configOf(backend: Backend, book: BookRow): BookConfig | undefined {
  const file = contentFile(backend, book, 'config.json')
  return file && JSON.parse(new TextDecoder().decode(readAll(file.content)))
}

/** The cover picture of a book. */
export function coverOf(backend: Backend, book: BookRow): StoredFile | undefined {
  return filesOf(backend, book).find(({ key }) => /(^|\/)cover\.[a-z]+$/.test(key))
}

/** A book as the API of the dialect returns it. */
export function presentBook(backend: Backend, row: BookRow): Book {
  const { version, publisher_id, book_title, ...common } = row
  if (backend.dialect === '2025') return { ...common, version }
  const files = filesOf(backend, row)
  const kinds = files.length > 0 ? activityKinds(backend, row) : []
  return {
    ...common,
    publisher_id,
    book_title,
    book_cover: coverOf(backend, row)?.key ?? null,
    activity_count: files.length > 0 ? kinds.length : null,
    activity_details: files.length > 0 ? { by_type: countEach(kinds), audio: hasAudio(files) } : null,
    total_size: files.length > 0 ? sizeOf(files) : null,
  }
}

/** Moves files between buckets, for example to the trash. */
export function transfer(from: Bucket, to: Bucket, sourcePrefix: string, targetPrefix: string): void {
  const files = from.list(sourcePrefix)
  from.remove(sourcePrefix)
  for (const { key, content } of files) to.put(targetPrefix + key.slice(sourcePrefix.length), content)
}

function sizeOf(files: readonly StoredFile[]): number {
  return files.reduce((sum, { content }) => sum + content.size, 0)
}

function hasAudio(files: readonly StoredFile[]): boolean {
  return files.some(({ key }) => key.endsWith('.mp3'))
}

function countEach(kinds: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    [...new Set(kinds)].map((kind) => [kind, kinds.filter((other) => other === kind).length]),
  )
}

function activityKinds(backend: Backend, book: BookRow): string[] {
  const kinds: string[] = []
  try {
    JSON.stringify(configOf(backend, book), (name, value) => {
      if (name === 'activity' && typeof value?.type === 'string') kinds.push(value.type)
      return value
    })
  } catch {
    // A broken config.json has no activities.
  }
  return kinds
}
