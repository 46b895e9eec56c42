// @ts-check
import { DreamCentralStorageClient } from '../../../../dist/index.js'
import { CREDENTIALS, drain } from '../shared.js'

/** The raw api of this client: the same pipeline without its cache. @param {import('../shared.js').Settings} settings */
export function create({ baseUrl, retryDelayMs }) {
  const { api } = new DreamCentralStorageClient({
    baseUrl,
    ...CREDENTIALS,
    retry: { baseDelayMs: retryDelayMs },
  })
  /** @param {Promise<{ data?: any, response: Response }>} answer */
  const unwrap = async (answer) => {
    const { data, response } = await answer
    if (!response.ok) throw new Error(`status ${response.status}`)
    return data
  }
  return {
    getBook: (/** @type {number} */ id) =>
      unwrap(api.GET('/books/{book_id}', { params: { path: { book_id: id } } })),
    getBooks: () => unwrap(api.GET('/books/')),
    download: async (/** @type {number} */ bytes) => {
      const params = {
        path: { publisher: 'Publisher 1', book_name: 'BOOK 1' },
        query: { path: `${bytes}.bin` },
      }
      const route = '/storage/books/{publisher}/{book_name}/object'
      return drain(await unwrap(api.GET(route, { params, parseAs: 'stream' })))
    },
  }
}
