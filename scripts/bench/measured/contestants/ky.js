// @ts-check
import ky from 'ky'
import { CREDENTIALS, createSession, drain, objectPath, TIMEOUT_MS } from '../shared.js'

/** ky with its retries, and the hook of its readme for a 401. @param {import('../shared.js').Settings} settings */
export function create({ baseUrl, retryDelayMs }) {
  const session = createSession(async () => {
    const answer = await ky.post(`${baseUrl}/auth/login`, { json: CREDENTIALS }).json()
    return /** @type {any} */ (answer).access_token
  })
  const api = ky.create({
    prefixUrl: baseUrl,
    timeout: TIMEOUT_MS,
    retry: { delay: (attempt) => retryDelayMs * 2 ** (attempt - 1) },
    hooks: {
      beforeRequest: [
        async (request, _options, { retryCount }) => {
          if (retryCount === 0) request.headers.set('authorization', await session.bearer())
        },
      ],
      afterResponse: [
        async (request, _options, response, { retryCount }) => {
          if (response.status !== 401 || retryCount > 0) return
          await session.renew()
          const headers = new Headers(request.headers)
          headers.set('authorization', await session.bearer())
          return ky.retry({ request: new Request(request, { headers }), delay: 0, code: 'TOKEN_REFRESHED' })
        },
      ],
    },
  })
  return {
    getBook: (/** @type {number} */ id) => /** @type {Promise<any>} */ (api(`books/${id}`).json()),
    getBooks: () => /** @type {Promise<any>} */ (api('books/').json()),
    download: async (/** @type {number} */ bytes) => drain((await api(objectPath(bytes).slice(1))).body),
  }
}
