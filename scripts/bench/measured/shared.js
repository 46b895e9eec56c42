// @ts-check

/**
 * What a contestant is made with: the module of the build that is measured, and the wait before the first retry.
 * @typedef {{ baseUrl: string, entry: string, retryDelayMs: number }} Settings
 *
 * The same few calls, each in the way of one library. Files are named by their size, and transfers return theirs.
 * @typedef {object} Contestant
 * @property {(id: number) => Promise<any>} getBook
 * @property {() => Promise<any>} getBooks From a cache, where the library has one.
 * @property {(path: string) => Promise<number>} stream
 * @property {(path: string) => Promise<number>} download
 * @property {(path: string, file: string) => Promise<number>} toFile
 * @property {(book: string) => Promise<(directory: string) => Promise<unknown>>} prepareMirror
 */

export const CREDENTIALS = { email: 'admin@admin.com', password: 'admin' }
export const PUBLISHER = 'Publisher 1'
export const BOOK = 'BOOK 1'

// The defaults of this client, for all that can be told.
export const CONNECTIONS = 10
export const TIMEOUT_MS = 30_000
export const CATALOGUE_TTL_MS = 900_000

/** The URL path of a book's files. */
export function bookPath(book = BOOK) {
  return `/storage/books/${encodeURIComponent(PUBLISHER)}/${encodeURIComponent(book)}`
}

/** The URL path of a file. @param {string} path */
export function objectPath(path, book = BOOK) {
  return `${bookPath(book)}/object?path=${encodeURIComponent(path)}`
}

/** The usual recipe: one token for all, and one login at a time. @param {() => Promise<string>} logIn */
export function createSession(logIn) {
  /** @type {string | undefined} */
  let token
  /** @type {Promise<string> | undefined} */
  let pending
  const renew = () => {
    pending ??= logIn().finally(() => {
      pending = undefined
    })
    return pending.then((fresh) => {
      token = fresh
      return fresh
    })
  }
  return { renew, bearer: async () => `Bearer ${token ?? (await renew())}` }
}

/** Reads a body as it arrives and keeps nothing; returns its size. @param {any} body */
export async function drain(body) {
  let bytes = 0
  for await (const chunk of body) bytes += chunk.byteLength
  return bytes
}
