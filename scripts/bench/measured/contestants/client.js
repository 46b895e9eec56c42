// @ts-check
import { BOOK, CONNECTIONS, CREDENTIALS, drain, PUBLISHER } from '../shared.js'

/** A build of this client with its defaults. @param {import('../shared.js').Settings} settings */
export async function create({ baseUrl, entry, retryDelayMs }) {
  /** @type {import('../../../../src/index.js')} */
  const { DreamCentralStorageClient } = await import(entry)
  const retry = { baseDelayMs: retryDelayMs }
  const client = new DreamCentralStorageClient({ baseUrl, ...CREDENTIALS, retry })
  return {
    getBook: (/** @type {number} */ id) => client.getBookById(id),
    getBooks: () => client.getBooks(),
    stream: async (/** @type {string} */ path) =>
      drain((await client.streamAsset(PUBLISHER, BOOK, path)).body),
    download: async (/** @type {string} */ path) =>
      (await client.downloadAsset(PUBLISHER, BOOK, path)).byteLength,
    toFile: async (/** @type {string} */ path, /** @type {string} */ file) =>
      (await client.downloadAssetToFile(PUBLISHER, BOOK, path, file)).bytes,
    prepareMirror: async (/** @type {string} */ book) => async (/** @type {string} */ directory) => {
      const { failed } = await client.mirrorBook(PUBLISHER, book, directory, { concurrency: CONNECTIONS })
      if (failed[0]) throw failed[0].error
    },
  }
}
