// @ts-check
import createClient from 'openapi-fetch'
import { CREDENTIALS, createSession, drain } from '../shared.js'

/** openapi-fetch with a middleware for the bearer. @param {import('../shared.js').Settings} settings */
export function create({ baseUrl }) {
  /** @type {import('openapi-fetch').Client<any>} */
  const open = createClient({ baseUrl })
  /** @type {import('openapi-fetch').Client<any>} */
  const api = createClient({ baseUrl })
  const session = createSession(async () => {
    const { data } = await open.POST('/auth/login', { body: CREDENTIALS })
    return data?.['access_token']
  })
  api.use({
    onRequest: async ({ request }) => {
      request.headers.set('authorization', await session.bearer())
    },
    onResponse: async ({ request, response, options }) => {
      if (response.status !== 401) return
      await response.body?.cancel()
      await session.renew()
      const headers = new Headers(request.headers)
      headers.set('authorization', await session.bearer())
      return options.fetch(new Request(request, { headers }))
    },
  })
  /** @param {string} route @param {any} init @returns {Promise<any>} */
  const get = async (route, init = {}) => {
    const { data, response } = await api.GET(route, init)
    if (!response.ok) throw new Error(`status ${response.status}`)
    return data
  }
  return {
    getBook: (/** @type {number} */ id) => get('/books/{book_id}', { params: { path: { book_id: id } } }),
    getBooks: () => get('/books/'),
    download: async (/** @type {number} */ bytes) => {
      const params = {
        path: { publisher: 'Publisher 1', book_name: 'BOOK 1' },
        query: { path: `${bytes}.bin` },
      }
      return drain(await get('/storage/books/{publisher}/{book_name}/object', { params, parseAs: 'stream' }))
    },
  }
}
