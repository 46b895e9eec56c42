import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { describe, expect, test } from 'vitest'
import {
  DreamCentralStorageClient,
  DreamStorageInputError,
  DreamStorageNetworkError,
  DreamStorageRateLimitError,
  DreamStorageResponseError,
  DreamStorageServerError,
} from '../src/index.js'
import { failure, thrown } from './support/failure.js'
import { json } from './support/fake-service.js'
import { pass } from './support/fake-time.js'
import { down, fetchFailed, invalidToken } from './support/faults.js'
import { LOGIN } from './support/logins.js'
import { BOOK, serve, serveInFakeTime } from './support/serve.js'

const base = { baseUrl: 'http://dcs.test', token: 'key' }

/** The message of the input error that these options are refused with. */
function refusal(options: object): string {
  const make = (): unknown => new DreamCentralStorageClient({ ...base, ...options } as never)
  return thrown(make, DreamStorageInputError).message
}

describe('retry: false', () => {
  test.each([
    ['a failure of the service', () => down(), DreamStorageServerError],
    ['a failure of the network', () => Promise.reject(fetchFailed()), DreamStorageNetworkError],
    ['a 429', () => json({}, 429, { 'retry-after': '1' }), DreamStorageRateLimitError],
  ])('sends once, without a delay, after %s', async (_, answer, Class) => {
    const { client, service } = serve(answer, { token: 'key', retry: false })
    await failure(client.getBookById(1), Class)
    expect(service.seen).toHaveLength(1)
    expect(client.stats().requests).toEqual({ calls: 1, attempts: 1, retries: 0 })
  })

  test('still renews a token that is refused, once', async () => {
    const { client, service } = serve(undefined, { retry: false })
    const { answer } = service
    let asked = 0
    service.answer = (seen, signal) => (asked++ === 0 ? invalidToken() : answer(seen, signal))
    expect(await client.getBookById(1)).toEqual(BOOK)
    expect(service.count(LOGIN)).toBe(2)
  })

  test('holds for logins and for the continuation of a stream too', async () => {
    const { client, service } = serve(() => new Response('ab', { headers: { 'content-length': '9' } }), {
      retry: false,
    })
    const { body } = await client.streamAsset('p', 'b', 'a')
    await failure(new Response(body).arrayBuffer(), DreamStorageNetworkError)
    expect(service.count('GET')).toBe(1)
    service.logIn = () => down()
    await failure(client.authenticate(), DreamStorageServerError)
    expect(service.count(LOGIN)).toBe(2)
  })

  test('is the same as maxRetries: 0', async () => {
    const { client, service } = serveInFakeTime(() => down(), { token: 'key', retry: { maxRetries: 0 } })
    const book = failure(client.getBookById(1), DreamStorageServerError)
    await pass(0)
    await book
    expect(service.seen).toHaveLength(1)
  })

  test.each([true, 0, null, 'no', 3])('is not said by %j', (retry) => {
    expect(refusal({ retry })).toMatch(/^retry must be an object/)
  })
})

describe('maxJsonBytes', () => {
  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, '1024', null, {}, 10n])(
    'may not be %o',
    (maxJsonBytes) => {
      expect(refusal({ maxJsonBytes })).toMatch(/^maxJsonBytes must be an integer from 1 on, got /)
    },
  )

  test('is the largest body that is parsed, to the byte, and does not limit files', async () => {
    const text = JSON.stringify(BOOK)
    const { client, service } = serve(() => new Response(text), { token: 'key', maxJsonBytes: text.length })
    expect(await client.getBookById(1)).toEqual(BOOK)
    service.answer = () => new Response(`${text} `)
    const { message, status } = await failure(client.getBookById(1), DreamStorageResponseError)
    expect(message).toContain('too large')
    expect(status).toBe(200)
    expect(await client.downloadAsset('p', 'b', 'a')).toHaveLength(text.length + 1)
    expect(client.stats().connections.active).toBe(0)
    expect(service.seen).toHaveLength(3)
  })
})

describe('compression', () => {
  test.each([0, 1, null, 'gzip', {}, ['gzip']])('may not be %o', (compression) => {
    expect(refusal({ compression })).toMatch(/^compression must be true or false, got /)
  })

  test.each([
    [undefined, 'gzip, br'],
    [true, 'gzip, br'],
    [false, 'identity'],
  ])(
    '%s asks for %s where the answer is JSON, logins included, and never for files',
    async (compression, coding) => {
      const { client, service } = serve(undefined, { compression })
      await client.getBookById(1)
      await client.downloadAsset('p', 'b', 'a')
      const asked = service.seen.map(({ request }) => request.headers.get('accept-encoding'))
      expect(asked).toEqual([coding, coding, 'identity'])
    },
  )
})

describe('agent', () => {
  const http = new HttpAgent()
  const https = new HttpsAgent()

  test.each([null, true, 'http', 7, {}, [], () => {}, HttpAgent, new URL('http://proxy.test')])(
    'may not be %o',
    (agent) => {
      expect(refusal({ agent })).toMatch(/^agent must be an http.Agent or https.Agent, got /)
    },
  )

  test('may not be of another protocol than the base URL', () => {
    expect(refusal({ agent: https })).toBe('agent is for "https:", but baseUrl is http:')
    expect(refusal({ agent: http, baseUrl: 'https://dcs.test' })).toBe(
      'agent is for "http:", but baseUrl is https:',
    )
  })

  test('may not stand beside fetch', () => {
    expect(refusal({ agent: http, fetch })).toBe('agent contradicts fetch: pass only one of them')
  })

  test.each([
    ['http', http, 'http://dcs.test'],
    ['https', https, 'https://dcs.test'],
    ['of no protocol of its own, as for proxies', { addRequest: () => {} }, 'https://dcs.test'],
    ['undefined beside fetch', undefined, 'http://dcs.test'],
  ])('may be one: %s', (_, agent, baseUrl) => {
    const options = { ...base, baseUrl, agent, ...(agent === undefined && { fetch }) }
    expect(new DreamCentralStorageClient(options as never)).toBeInstanceOf(DreamCentralStorageClient)
  })
})
