// @ts-check

/**
 * @typedef {object} Settings What a contestant is made with.
 * @property {string} baseUrl
 * @property {number} retryDelayMs The wait before the first repetition, doubled each time; for all who repeat.
 *
 * @typedef {object} Contestant The same few calls, each in the way of one library.
 * @property {(id: number) => Promise<{ id: number }>} getBook
 * @property {() => Promise<readonly unknown[]>} getBooks From a cache, where the library has one.
 * @property {(bytes: number) => Promise<number>} download Reads a file as it arrives and keeps nothing; gives its size.
 */

/** Who logs in. */
export const CREDENTIALS = { email: 'admin@admin.com', password: 'admin' }

/** Sockets, for those who can be told. */
export const CONNECTIONS = 10

/** For a whole request, as this client has it. */
export const TIMEOUT_MS = 30_000

/** How long a catalogue is kept, as this client has it. */
export const CATALOGUE_TTL_MS = 900_000

/** The file of so many bytes. @param {number} bytes */
export function objectPath(bytes) {
  return `/storage/books/Publisher%201/BOOK%201/object?path=${bytes}.bin`
}

/**
 * The usual recipe: one token for all, and one login at a time, for which everybody waits.
 * @param {() => Promise<string>} logIn
 */
export function createSession(logIn) {
  /** @type {string | undefined} */
  let token
  /** @type {Promise<string> | undefined} */
  let pending
  const renew = () => {
    pending ??= logIn()
      .then((fresh) => {
        token = fresh
        return fresh
      })
      .finally(() => {
        pending = undefined
      })
    return pending
  }
  return { renew, bearer: async () => `Bearer ${token ?? (await renew())}` }
}

/**
 * Reads a body to its end.
 * @param {AsyncIterable<Uint8Array> | null | undefined} body
 */
export async function drain(body) {
  let bytes = 0
  for await (const chunk of body ?? []) bytes += chunk.byteLength
  return bytes
}
