// @ts-check
import { Agent } from 'node:http'
import axios from 'axios'
import { setupCache } from 'axios-cache-interceptor'
import axiosRetry, { exponentialDelay } from 'axios-retry'
import {
  CATALOGUE_TTL_MS,
  CONNECTIONS,
  CREDENTIALS,
  createSession,
  drain,
  objectPath,
  TIMEOUT_MS,
} from '../shared.js'

/** axios with axios-retry, axios-cache-interceptor for the catalogue, and the usual interceptor for a 401. @param {import('../shared.js').Settings} settings */
export function create({ baseUrl, retryDelayMs }) {
  const defaults = {
    baseURL: baseUrl,
    httpAgent: new Agent({ keepAlive: true, maxSockets: CONNECTIONS }),
    timeout: TIMEOUT_MS,
  }
  const session = createSession(async () => {
    const { data } = await axios.post('/auth/login', CREDENTIALS, defaults)
    return data.access_token
  })
  const api = setupCache(axios.create(defaults), { ttl: CATALOGUE_TTL_MS })
  // It doubles what it is given already for the first repetition.
  const retryDelay = (/** @type {number} */ count, /** @type {import('axios').AxiosError} */ error) =>
    exponentialDelay(count, error, retryDelayMs / 2)
  axiosRetry(/** @type {any} */ (api), { retries: 3, retryDelay })
  api.interceptors.request.use(async (config) => {
    config.headers.set('authorization', await session.bearer())
    return config
  })
  const repeated = new WeakSet()
  api.interceptors.response.use(undefined, async (error) => {
    if (error.response?.status !== 401 || repeated.has(error.config)) throw error
    await session.renew()
    const config = { ...error.config }
    repeated.add(config)
    return api(config)
  })
  return {
    getBook: async (/** @type {number} */ id) => (await api.get(`/books/${id}`, { cache: false })).data,
    getBooks: async () => (await api.get('/books/')).data,
    stream: async (/** @type {string} */ path) =>
      drain((await api.get(objectPath(path), { cache: false, responseType: 'stream' })).data),
  }
}
