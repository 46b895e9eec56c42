// @ts-check
import { CREDENTIALS, createSession, drain, objectPath } from '../shared.js'

/** The global fetch as it is. @param {import('../shared.js').Settings} settings */
export function create({ baseUrl }) {
  const { bearer } = createSession(async () => {
    const headers = { 'content-type': 'application/json' }
    const init = { method: 'POST', headers, body: JSON.stringify(CREDENTIALS) }
    return /** @type {any} */ (await (await fetch(`${baseUrl}/auth/login`, init)).json()).access_token
  })
  const get = async (/** @type {string} */ path) => {
    const response = await fetch(baseUrl + path, { headers: { authorization: await bearer() } })
    if (response.ok) return response
    await response.body?.cancel()
    throw new Error(`status ${response.status}`)
  }
  return {
    bearer,
    /** @returns {Promise<any>} */
    json: async (/** @type {string} */ path) => (await get(path)).json(),
    getBook: async (/** @type {number} */ id) => (await get(`/books/${id}`)).json(),
    getBooks: async () => (await get('/books/')).json(),
    stream: async (/** @type {string} */ path) => drain((await get(objectPath(path))).body),
    download: async (/** @type {string} */ path) =>
      (await (await get(objectPath(path))).arrayBuffer()).byteLength,
    toFile: async (/** @type {string} */ path, /** @type {string} */ file) => {
      const { stat, writeFile } = await import('node:fs/promises')
      await writeFile(file, /** @type {any} */ ((await get(objectPath(path))).body))
      return (await stat(file)).size
    },
  }
}
