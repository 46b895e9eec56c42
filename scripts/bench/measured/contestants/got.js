// @ts-check
import { Agent } from 'node:http'
import got from 'got'
import { CONNECTIONS, CREDENTIALS, createSession, drain, objectPath, TIMEOUT_MS } from '../shared.js'

/** got with its retries, its cache for the catalogue, and its readme's hook for a 401. @param {import('../shared.js').Settings} settings */
export function create({ baseUrl, retryDelayMs }) {
  const base = got.extend({
    prefixUrl: baseUrl,
    agent: { http: new Agent({ keepAlive: true, maxSockets: CONNECTIONS }) },
    timeout: { request: TIMEOUT_MS },
    retry: {
      // 0 says that there shall be no repetition.
      calculateDelay: ({ attemptCount, computedValue }) =>
        computedValue === 0 ? 0 : retryDelayMs * 2 ** (attemptCount - 1),
    },
  })
  const session = createSession(async () => {
    const answer = await base.post('auth/login', { json: CREDENTIALS }).json()
    return /** @type {any} */ (answer).access_token
  })
  const api = base.extend({
    hooks: {
      beforeRequest: [
        async (options) => {
          options.headers['authorization'] = await session.bearer()
        },
      ],
      afterResponse: [
        async (response, retryWithMergedOptions) => {
          if (response.statusCode !== 401) return response
          return retryWithMergedOptions({ headers: { authorization: `Bearer ${await session.renew()}` } })
        },
      ],
    },
  })
  // With a bearer, HTTP lets private caches only keep an answer.
  const cached = api.extend({ cache: new Map(), cacheOptions: { shared: false } })
  return {
    getBook: (/** @type {number} */ id) => /** @type {Promise<any>} */ (api(`books/${id}`).json()),
    getBooks: () => /** @type {Promise<any>} */ (cached('books/').json()),
    stream: (/** @type {string} */ path) => drain(api.stream(objectPath(path).slice(1))),
  }
}
