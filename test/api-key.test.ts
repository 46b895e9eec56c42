import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { API_KEY_OPERATIONS } from '../generated/operations.js'
import {
  DreamCentralStorageClient,
  DreamStorageAuthError,
  DreamStorageForbiddenError,
  DreamStorageInputError,
  optionsFromEnv,
} from '../src/index.js'
import { createClient, type TestOptions } from './support/client.js'
import { failure, thrown } from './support/failure.js'
import { FakeService, json } from './support/fake-service.js'
import { LOGIN } from './support/logins.js'

const KEY = 'dcs_prod_backend_0123456789abcdefghij'
const LOGIN_OPTIONS = { email: 'a@b.c', password: 'admin' }

/** A client with an API key, and alone or beside a login, and the service that it calls. */
function setUp(answer?: FakeService['answer'], options: Partial<TestOptions> = LOGIN_OPTIONS) {
  const service = new FakeService(answer)
  const client = createClient({ ...service.options, token: undefined, apiKey: KEY, ...options })
  return { service, client }
}

const bearersOf = ({ seen }: FakeService): string[] =>
  seen.map(({ authorization }) =>
    authorization === `Bearer ${KEY}` ? 'key' : authorization ? 'JWT' : 'none',
  )

describe('beside a login', () => {
  test('the key goes where the service takes one, the token of the login everywhere else', async () => {
    const { service, client } = setUp(({ path }) => json(path === '/books/' ? [] : { children: [] }))
    await client.getBooks()
    expect(bearersOf(service)).toEqual(['key'])
    await client.getBookConfig('p', 'b')
    await client.downloadAsset('p', 'b', 'a')
    await client.api.GET('/publishers/')
    await client.api.GET('/webhooks/')
    await client.api.GET('/health')
    expect(bearersOf(service)).toEqual(['key', 'none', 'JWT', 'JWT', 'key', 'JWT', 'none'])
  })

  test('the token of the login goes where a key is always forbidden', async () => {
    const { service, client } = setUp(() => json({}))
    await client.api.PUT('/processing/settings', { body: {} })
    expect(bearersOf(service)).toEqual(['none', 'JWT'])
  })

  test('a refused key is no reason to log in, and is an AuthError', async () => {
    const { service, client } = setUp(() => json({ detail: 'Invalid API key' }, 401))
    await failure(client.getBookById(1), DreamStorageAuthError)
    expect(service.count(LOGIN)).toBe(0)
    expect(service.seen).toHaveLength(1)
  })

  test('authenticate() and getAssetRequest() use the login', async () => {
    const { service, client } = setUp()
    const { access_token: token } = await client.authenticate()
    expect(token).not.toBe(KEY)
    const { headers } = await client.getAssetRequest('p', 'b', 'a')
    expect(headers.get('authorization')).toBe(`Bearer ${token}`)
    expect(service.count(LOGIN)).toBe(1)
  })
})

describe('alone', () => {
  const alone = { email: undefined, password: undefined }

  test('it is sent where the service takes one', async () => {
    const { service, client } = setUp(undefined, alone)
    expect(await client.getBooks()).toEqual([])
    expect(await client.authenticate()).toEqual({ access_token: KEY, token_type: 'bearer' })
    expect(bearersOf(service)).toEqual(['key'])
  })

  test.each<[string, (client: DreamCentralStorageClient) => Promise<unknown>, string]>([
    ['a file', (client) => client.downloadAsset('p', 'b', 'a'), 'an API key cannot read files'],
    ['a stream', (client) => client.streamAsset('p', 'b', 'a'), 'an API key cannot read files'],
    [
      'a request for a file',
      (client) => client.getAssetRequest('p', 'b', 'a'),
      'an API key cannot read files',
    ],
    ['a config', (client) => client.getBookConfig('p', 'b'), 'an API key is not accepted here'],
    ['a listing', (client) => client.listBookContents('p', 'b'), 'an API key is not accepted here'],
    ['client.api', (client) => client.api.GET('/webhooks/'), 'an API key is not accepted here'],
  ])('nothing is sent for %s', async (_, call, message) => {
    const { service, client } = setUp(undefined, alone)
    const error = await failure(call(client), DreamStorageAuthError)
    expect(error.message).toMatch(new RegExp(`: ${message}: give email and password$`))
    expect(error).toMatchObject({ attempts: 0, status: undefined })
    expect(service.seen).toHaveLength(0)
    expect(client.stats().connections).toMatchObject({ active: 0, queued: 0 })
  })

  test('a public route needs none', async () => {
    const { service, client } = setUp(() => json({}), alone)
    await client.api.GET('/health')
    expect(bearersOf(service)).toEqual(['none'])
  })

  test('where a key is forbidden, the 403 of the service says so', async () => {
    const detail = 'Settings update requires user authentication'
    const { client } = setUp(() => json({ detail }, 403), alone)
    const { error, response } = await client.api.PUT('/processing/settings', { body: {} })
    expect(response.status).toBe(403)
    expect(error).toEqual({ detail })
    const publisher = await failure(client.getBookById(1), DreamStorageForbiddenError)
    expect(publisher.message).toContain(detail)
  })
})

describe('the option apiKey', () => {
  const base = { baseUrl: 'http://dcs.test' }
  const refusal = (options: object): string =>
    thrown(() => new DreamCentralStorageClient({ ...base, ...options } as never), DreamStorageInputError)
      .message

  test.each([`dcs_prod_ışık_${KEY}`, 'a b', '', 'a\r\nb', 7, () => KEY])('may not be %o', (apiKey) => {
    const message = refusal({ apiKey })
    expect(message).toMatch(
      /^apiKey must be a string of visible ASCII characters, as a header can hold, got /,
    )
    expect(message).not.toContain('dcs_prod')
  })

  test('contradicts token, and does not replace half of a login', () => {
    expect(refusal({ apiKey: KEY, token: 'x' })).toBe('token contradicts apiKey: pass only one of them')
    expect(refusal({ apiKey: KEY, email: 'a@b.c' })).toBe('password is missing')
    expect(refusal({})).toBe('email and password, or apiKey, or token, are missing')
  })

  test('is a secret', async () => {
    const { client } = setUp(() => json({ detail: `no ${KEY}, ${encodeURIComponent(KEY)}` }, 400))
    const error = await client.getBookById(1).catch((reason: unknown) => reason)
    expect(inspect(error)).not.toContain(KEY)
    expect(inspect(client, { depth: 9, showHidden: true })).not.toContain(KEY)
  })

  test('is read from the environment, beside the login or alone', () => {
    const [URL, EMAIL, PASSWORD] = ['http://dcs.test', 'a@b.c', 'admin']
    const from = (env: Record<string, string>) =>
      optionsFromEnv(
        Object.fromEntries(
          Object.entries(env).map(([name, value]) => [`DREAM_CENTRAL_STORAGE_${name}`, value]),
        ),
      )
    expect(from({ URL, API_KEY: KEY })).toMatchObject({ apiKey: KEY })
    expect(from({ URL, EMAIL, PASSWORD, API_KEY: KEY })).toMatchObject({ email: EMAIL, apiKey: KEY })
    const contradiction = thrown(() => from({ TOKEN: 'x', API_KEY: KEY }), DreamStorageInputError)
    expect(contradiction.message).toContain('DREAM_CENTRAL_STORAGE_TOKEN contradicts')
    const half = thrown(() => from({ EMAIL, API_KEY: KEY }), DreamStorageInputError)
    expect(half.message).toContain('both, or neither')
    expect(half.message + contradiction.message).not.toContain(KEY)
  })
})

test('every operation that takes a key gets it', async () => {
  const { service, client } = setUp(() => json({}), { email: undefined, password: undefined })
  for (const operation of API_KEY_OPERATIONS) {
    const [method, route] = operation.split(' ')
    const names = Array.from(String(route).matchAll(/\{(\w+)\}/g), ([, name]) => [name, '1'])
    await client.api.request(method as 'get', route as '/health', {
      params: { path: Object.fromEntries(names) } as never,
    })
  }
  expect(bearersOf(service)).toEqual(API_KEY_OPERATIONS.map(() => 'key'))
})
