// @ts-check
import { DreamCentralStorageClient } from '../../../../dist/index.js'
import { CREDENTIALS, drain } from '../shared.js'

/** This client with everything on, as it is by default. @param {import('../shared.js').Settings} settings */
export function create({ baseUrl, retryDelayMs }) {
  const client = new DreamCentralStorageClient({
    baseUrl,
    ...CREDENTIALS,
    retry: { baseDelayMs: retryDelayMs },
  })
  return {
    getBook: (/** @type {number} */ id) => /** @type {Promise<any>} */ (client.getBookById(id)),
    getBooks: () => client.getBooks(),
    download: async (/** @type {number} */ bytes) => {
      const { body } = await client.streamAsset('Publisher 1', 'BOOK 1', `${bytes}.bin`)
      return drain(body)
    },
  }
}
