import { describe, expect, test } from 'vitest'
import { DreamStorageAuthError, DreamStorageForbiddenError, DreamStorageServerError } from '../src/index.js'
import { createClient } from './support/client.js'
import { failure } from './support/failure.js'
import { FakeService, json } from './support/fake-service.js'
import { fakeTime, pass, settle } from './support/fake-time.js'
import { down, inTurn, invalidCredentials, invalidToken } from './support/faults.js'
import { Gate } from './support/gate.js'
import { jwt } from './support/jwt.js'
import { bearers, LOGIN, tokenOf } from './support/logins.js'
import { random } from './support/random.js'
import { BOOK, serve } from './support/serve.js'
import { ARCHIVE, archives, uploadForm, uploadStream } from './support/uploads.js'

/** A service that knows its tokens by generation: the text may be the same for all of them. */
class RevokingService extends FakeService {
  #good = 0
  readonly #textOf: (login: number) => string

  constructor(textOf: (login: number) => string) {
    super()
    this.#textOf = textOf
    this.logIn = () => tokenOf(this.#textOf(++this.#good))()
    this.answer = ({ authorization }) => (this.accepts(authorization) ? json(BOOK) : invalidToken())
  }

  /** If all tokens have one text, it is valid when the last login was after the last revocation. */
  accepts(authorization: string | null): boolean {
    return !this.isRevoked && authorization === `Bearer ${this.#textOf(this.#good)}`
  }

  isRevoked = false
}

/** Revokes the current token. The next login returns a valid one. */
function revoke(service: RevokingService): void {
  const logIn = service.logIn
  service.isRevoked = true
  service.logIn = (seen, signal) => {
    service.isRevoked = false
    return logIn(seen, signal)
  }
}

const SEEDS = Array.from({ length: 20 }, (_, seed) => seed)

describe('a revoked token under 50 concurrent calls whose answers are delayed', () => {
  /** Judges when the request arrives, answers 0 to 1 500 ms later. */
  function delayAnswers(service: FakeService, seed: number): void {
    const next = random(seed)
    const { answer, logIn } = service
    const late = (judge: FakeService['answer']): FakeService['answer'] => {
      return async (seen, signal) => {
        const response = await judge(seen, signal)
        await new Promise((resolve) => setTimeout(resolve, next() * 1_500))
        return response
      }
    }
    service.answer = late(answer)
    service.logIn = late(logIn)
  }

  async function run(textOf: (login: number) => string, seed: number, maxConnections: number): Promise<void> {
    fakeTime()
    const service = new RevokingService(textOf)
    const client = createClient({ ...service.options, maxConnections })
    await client.getBookById(1)
    revoke(service)
    delayAnswers(service, seed)
    const before = service.count(LOGIN)
    const calls = Promise.all(Array.from({ length: 50 }, (_, id) => client.getBookById(id + 1)))
    await pass(30_000)
    expect(await calls).toEqual(Array(50).fill(BOOK))
    expect(service.count(LOGIN) - before).toBe(1)
  }

  test.each(SEEDS)('costs one login and no call (seed %i, all sent at once)', async (seed) => {
    await run((login) => `token${login}`, seed, 50)
  })

  test.each(SEEDS)('costs one login and no call (seed %i, ten connections)', async (seed) => {
    await run((login) => `token${login}`, seed, 10)
  })

  test.each(SEEDS)('costs one login and no call (seed %i, both logins give the same text)', async (seed) => {
    await run(() => jwtOfThisSecond, seed, 50)
  })

  test('costs one login even if a call begins while every answer is on its way', async () => {
    fakeTime()
    const service = new RevokingService((login) => `token${login}`)
    const client = createClient({ ...service.options, maxConnections: 50 })
    await client.getBookById(1)
    revoke(service)
    delayAnswers(service, 7)
    const calls: Array<Promise<unknown>> = []
    for (let id = 1; id <= 50; id++) {
      calls.push(client.getBookById(id))
      await pass(60)
    }
    await pass(10_000)
    expect(await Promise.all(calls)).toEqual(Array(50).fill(BOOK))
    expect(service.count(LOGIN)).toBe(2)
  })
})

const jwtOfThisSecond = jwt()

describe('a 401', () => {
  test('for a token that is no longer the current one is answered with the current one, without a login', async () => {
    const { service, client } = serve()
    service.logIn = inTurn(tokenOf('old'), tokenOf('new'))
    const gate = new Gate()
    service.answer = gate.answer
    const call = client.getBookById(1)
    await settle()
    await client.authenticate()
    gate.held[0]?.answer(invalidToken())
    await settle()
    gate.held[1]?.answer(json(BOOK))
    expect(await call).toEqual(BOOK)
    expect(bearers(service)).toEqual(['old', 'new'])
    expect(service.count(LOGIN)).toBe(2)
  })

  test('after the token was renewed is an error, with one login and two attempts', async () => {
    const { service, client } = serve()
    service.answer = invalidToken
    const error = await failure(client.getBookById(1), DreamStorageAuthError)
    expect(error).toMatchObject({ status: 401, attempts: 2, method: 'GET', route: '/books/{book_id}' })
    expect(service.seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
      LOGIN,
      'GET /books/1',
      LOGIN,
      'GET /books/1',
    ])
  })

  test('of a raw call after the token was renewed is answered, not thrown', async () => {
    const { service, client } = serve()
    service.answer = invalidToken
    const { error, response } = await client.api.GET('/books/')
    expect({ error, status: response.status }).toEqual({ error: { detail: 'Invalid token' }, status: 401 })
    expect(service.seen).toHaveLength(4)
  })

  test('whose login is refused is an error', async () => {
    const { service, client } = serve()
    service.logIn = inTurn(tokenOf('good'), invalidCredentials)
    service.answer = invalidToken
    const error = await failure(client.getBookById(1), DreamStorageAuthError)
    expect(error.route).toBe('/auth/login')
    expect(service.count('GET')).toBe(1)
  })

  test('whose login fails with the service is the error of the service', async () => {
    const { service, client } = serve()
    service.logIn = inTurn(tokenOf('good'), down)
    service.answer = invalidToken
    await failure(client.getBookById(1), DreamStorageServerError)
    expect(service.count('GET')).toBe(1)
  })

  test('makes calls that begin meanwhile wait for the new token', async () => {
    const { service, client } = serve()
    const gate = new Gate()
    service.logIn = tokenOf('old')
    service.answer = ({ authorization }) => (authorization === 'Bearer new' ? json(BOOK) : invalidToken())
    await client.authenticate()
    service.logIn = gate.answer
    const first = client.getBookById(1)
    await settle()
    const second = client.getBookById(2)
    await settle()
    expect(bearers(service)).toEqual(['old'])
    gate.held[0]?.answer(tokenOf('new')())
    expect(await Promise.all([first, second])).toEqual([BOOK, BOOK])
    expect(bearers(service)).toEqual(['old', 'new', 'new'])
  })

  test('uses the renewal in the background that is under way', async () => {
    fakeTime()
    const { service, client } = serve()
    service.logIn = tokenOf(jwt(1800))
    await client.getBookById(1)
    await pass(26 * 60_000)
    const gate = new Gate()
    service.logIn = gate.answer
    service.answer = ({ authorization }) => (authorization === 'Bearer new' ? json(BOOK) : invalidToken())
    const call = client.getBookById(1)
    await settle()
    gate.held[0]?.answer(tokenOf('new')())
    expect(await call).toEqual(BOOK)
    expect(service.count(LOGIN)).toBe(2)
  })

  test('is sent again for downloads, as bytes and as a stream', async () => {
    const service = new RevokingService((login) => `token${login}`)
    const client = createClient(service.options)
    await client.authenticate()
    revoke(service)
    const params = { path: { publisher: 'p', book_name: 'b' }, query: { path: 'a.mp3' } }
    const streamed = await client.api.GET('/storage/books/{publisher}/{book_name}/object', {
      params,
      parseAs: 'stream',
    })
    expect(await new Response(streamed.data).json()).toEqual(BOOK)
    revoke(service)
    expect(Buffer.from(await client.downloadAsset('p', 'b', 'a.mp3')).toString()).toBe(JSON.stringify(BOOK))
    expect(service.count(LOGIN)).toBe(3)
  })

  test('does not count for the breaker', async () => {
    const { service, client } = serve()
    service.answer = invalidToken
    for (let call = 0; call < 10; call++) await failure(client.getBookById(1), DreamStorageAuthError)
    expect(client.stats().circuits.catalogue).toBe('closed')
  })

  test('frees its connection before the login', async () => {
    const service = new RevokingService((login) => `token${login}`)
    const client = createClient({ ...service.options, maxConnections: 1, timeouts: { queueMs: 100 } })
    await client.authenticate()
    revoke(service)
    expect(await client.getBookById(1)).toEqual(BOOK)
  })
})

describe('the body of a request that is rejected', () => {
  test('is sent again as it was when it is JSON', async () => {
    const { service, client } = serve()
    const body = { publisher: 'Universal ELT', book_name: 'ĞÜŞ', language: 'tr', category: 'x' }
    service.answer = inTurn(invalidToken, () => json(BOOK, 201))
    const { response } = await client.api.POST('/books/', { body })
    expect(response.status).toBe(201)
    const sent = service.seen.filter(({ path }) => path === '/books/')
    expect(await Promise.all(sent.map(({ request }) => request.json()))).toEqual([body, body])
    expect(service.count(LOGIN)).toBe(2)
  })

  test('is sent again as it was when it is a form with a file', async () => {
    const { service, client } = serve()
    service.answer = inTurn(invalidToken, () => json({ book_id: 1, version: '1', files: [] }, 201))
    expect(await uploadForm(client)).toBe(201)
    expect(await archives(service)).toEqual([ARCHIVE, ARCHIVE])
  })

  test('is not sent again when it is a stream', async () => {
    const { service, client } = serve()
    service.answer = async ({ request }) => {
      await request.text()
      return invalidToken()
    }
    expect(await uploadStream(client)).toBe(401)
    expect(service.count('POST /books')).toBe(1)
  })

  test('is sent once more at most', async () => {
    const { service, client } = serve()
    service.answer = invalidToken
    const { response } = await client.api.DELETE('/books/{book_id}', { params: { path: { book_id: 1 } } })
    expect(response.status).toBe(401)
    expect(service.count('DELETE')).toBe(2)
  })
})

describe('a 403', () => {
  test('is an error at once and no reason to log in again', async () => {
    const { service, client } = serve()
    service.answer = () => json({ detail: 'Not authenticated' }, 403)
    const error = await failure(client.getBookById(1), DreamStorageForbiddenError)
    expect(error).toMatchObject({ status: 403, attempts: 1, code: 'ERR_DREAM_STORAGE_FORBIDDEN' })
    expect(service.seen).toHaveLength(2)
    expect(service.count(LOGIN)).toBe(1)
  })

  test('leaves the token in use', async () => {
    const { service, client } = serve()
    service.answer = inTurn(
      () => json({ detail: 'Not authenticated' }, 403),
      () => json(BOOK),
    )
    await failure(client.getBookById(1), DreamStorageForbiddenError)
    await client.getBookById(1)
    expect(service.count(LOGIN)).toBe(1)
  })
})
