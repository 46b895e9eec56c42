// @ts-check
import { Agent, request } from 'undici'
import { CONNECTIONS, CREDENTIALS, createSession, drain, objectPath } from '../shared.js'

/** undici's request over an Agent. @param {import('../shared.js').Settings} settings */
export function create({ baseUrl }) {
  const dispatcher = new Agent({ connections: CONNECTIONS })
  const session = createSession(async () => {
    const { body } = await request(`${baseUrl}/auth/login`, {
      dispatcher,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(CREDENTIALS),
    })
    return /** @type {any} */ (await body.json()).access_token
  })
  /** @param {string} path @returns {Promise<any>} */
  const get = async (path) => {
    const headers = { authorization: await session.bearer() }
    const { statusCode, body } = await request(baseUrl + path, { dispatcher, headers })
    if (statusCode === 200) return body
    await body.dump()
    throw new Error(`status ${statusCode}`)
  }
  return {
    getBook: async (/** @type {number} */ id) => (await get(`/books/${id}`)).json(),
    getBooks: async () => (await get('/books/')).json(),
    download: async (/** @type {number} */ bytes) => drain(await get(objectPath(bytes))),
  }
}
