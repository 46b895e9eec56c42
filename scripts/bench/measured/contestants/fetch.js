// @ts-check
import { CREDENTIALS, createSession, drain, objectPath } from '../shared.js'

/** The global fetch as it is. @param {import('../shared.js').Settings} settings */
export function create({ baseUrl }) {
  const session = createSession(async () => {
    const response = await fetch(`${baseUrl}/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(CREDENTIALS),
    })
    return /** @type {any} */ (await response.json()).access_token
  })
  /** @param {string} path */
  const get = async (path) => {
    const response = await fetch(baseUrl + path, { headers: { authorization: await session.bearer() } })
    if (response.ok) return response
    await response.body?.cancel()
    throw new Error(`status ${response.status}`)
  }
  return {
    getBook: async (/** @type {number} */ id) => /** @type {any} */ ((await get(`/books/${id}`)).json()),
    getBooks: async () => /** @type {any} */ ((await get('/books/')).json()),
    download: async (/** @type {number} */ bytes) => drain((await get(objectPath(bytes))).body),
  }
}
