import { describe, expect, test } from 'vitest'
import {
  DreamStorageAuthError,
  DreamStorageInputError,
  DreamStorageRequestError,
  DreamStorageResponseError,
  DreamStorageServerError,
} from '../../src/index.js'
import { createClient } from '../support/client.js'
import { failure, rejection } from '../support/failure.js'
import { hang, json } from '../support/fake-service.js'
import { fakeTime, pass, settle } from '../support/fake-time.js'
import { down, inTurn, invalidCredentials } from '../support/faults.js'
import { Gate } from '../support/gate.js'
import { jwt } from '../support/jwt.js'
import { bearers, LOGIN, tokenOf } from '../support/logins.js'
import { collect } from '../support/process-events.js'
import { BOOK, calls, ok, serve } from '../support/serve.js'
import * as server from '../support/server.js'

describe('a login', () => {
  test('is made once, with email and password, and its token goes with every call', async () => {
    const { service, client } = serve()
    service.logIn = tokenOf('first.token')
    for (let id = 1; id <= 5; id++) await client.getBookById(id)
    expect(service.count(LOGIN)).toBe(1)
    expect(await service.seen[0]?.request.json()).toEqual({ email: 'admin@admin.com', password: 'admin' })
    expect(service.seen[0]?.authorization).toBe(null)
    expect(bearers(service)).toEqual(Array(5).fill('first.token'))
  })

  test('is one for 100 concurrent calls, and nothing is sent before it has been answered', async () => {
    const { service, client } = serve()
    const gate = new Gate()
    service.logIn = gate.answer
    const all = Promise.all(calls(client, 100))
    await settle()
    expect(service.seen).toHaveLength(1)
    gate.held[0]?.answer(tokenOf('shared')())
    expect(await all).toEqual(Array(100).fill(BOOK))
    expect(service.count(LOGIN)).toBe(1)
    expect(bearers(service)).toEqual(Array(100).fill('shared'))
  })

  test('is shared by calls of every kind', async () => {
    const { service, client } = serve()
    service.answer = ({ path }) => json(path === '/books/' ? [BOOK] : BOOK)
    await Promise.all([
      client.getBooks(),
      client.getBookById(1),
      client.getBookConfig('Universal ELT', 'BRAINS'),
      client.downloadAsset('Universal ELT', 'BRAINS', 'a.mp3'),
      client.getAssetRequest('Universal ELT', 'BRAINS', 'a.mp3'),
      client.api.GET('/api-keys/'),
    ])
    expect(service.count(LOGIN)).toBe(1)
  })

  test('is not asked for by the routes that are open to all', async () => {
    const { service, client } = serve()
    await client.api.GET('/health')
    await client.api.GET('/')
    expect(service.seen.map(({ path, authorization }) => [path, authorization])).toEqual([
      ['/health', null],
      ['/', null],
    ])
  })

  test('outlives the call that began it, when that is aborted, for all who wait', async () => {
    const { service, client } = serve()
    const gate = new Gate()
    service.logIn = gate.answer
    const reason = new Error('changed my mind')
    const controller = new AbortController()
    const first = rejection(client.getBookById(1, { signal: controller.signal }))
    const others = Promise.all(calls(client, 5))
    await settle()
    controller.abort(reason)
    expect(await first).toBe(reason)
    gate.held[0]?.answer(tokenOf('shared')())
    expect(await others).toEqual(Array(5).fill(BOOK))
    expect(service.seen).toHaveLength(6)
  })

  test('serves the next call when all who waited for it have been aborted', async () => {
    const { service, client } = serve()
    const gate = new Gate()
    service.logIn = gate.answer
    const controller = new AbortController()
    const aborted = [1, 2, 3].map((id) => rejection(client.getBookById(id, { signal: controller.signal })))
    await settle()
    controller.abort()
    await Promise.all(aborted)
    const next = client.getBookById(4)
    gate.held[0]?.answer(tokenOf('late')())
    expect(await next).toEqual(BOOK)
    expect(service.seen.map(({ path }) => path)).toEqual(['/auth/login', '/books/4'])
  })

  test('is repeated after a failure of the service, and shared all the while', async () => {
    fakeTime()
    const { service, client } = serve(ok, { retry: { jitter: false } })
    service.logIn = inTurn(() => down(500), down, tokenOf('third'))
    const all = Promise.all(calls(client, 20))
    await pass(3_010)
    expect(await all).toEqual(Array(20).fill(BOOK))
    expect(service.count(LOGIN)).toBe(3)
  })

  test('that fails with the service fails all who wait with the error of the service', async () => {
    const { service, client } = serve()
    service.logIn = () => down()
    const errors = await Promise.all(calls(client, 20).map((call) => failure(call, DreamStorageServerError)))
    expect(new Set(errors.map(({ status }) => status))).toEqual(new Set([503]))
    expect(service.seen).toHaveLength(4)
    expect(service.count(LOGIN)).toBe(4)
  })

  test.each([
    ['no token', {}],
    ['an empty token', { access_token: '' }],
    ['a token that no header can carry', { access_token: 'two\nlines' }],
    ['a token that is a number', { access_token: 12 }],
    ['a list', []],
    ['null', null],
  ])('that answers %s is an error of the family, and nothing else is sent', async (_, body) => {
    const { service, client } = serve()
    service.logIn = () => json(body)
    await failure(client.getBookById(1), DreamStorageResponseError)
    expect(service.seen).toHaveLength(1)
  })
})

describe('a refused login', () => {
  test('is an error for every waiter and is not repeated', async () => {
    const { service, client } = serve()
    service.logIn = invalidCredentials
    const errors = await Promise.all(calls(client, 50).map((call) => failure(call, DreamStorageAuthError)))
    expect(new Set(errors.map(({ status, code }) => `${status} ${code}`))).toEqual(
      new Set(['401 ERR_DREAM_STORAGE_AUTH']),
    )
    expect(service.seen).toHaveLength(1)
  })

  test('is remembered for one second, in which calls fail alike without a login', async () => {
    fakeTime()
    const { service, client } = serve()
    service.logIn = invalidCredentials
    await failure(client.getBookById(1), DreamStorageAuthError)
    await pass(999)
    await failure(client.getBookById(1), DreamStorageAuthError)
    expect(service.count(LOGIN)).toBe(1)
    await pass(1)
    await failure(client.getBookById(1), DreamStorageAuthError)
    expect(service.count(LOGIN)).toBe(2)
  })

  test('costs one login a second however many calls there are', async () => {
    fakeTime()
    const { service, client } = serve()
    service.logIn = invalidCredentials
    for (let tenth = 0; tenth < 50; tenth++) {
      await Promise.all(calls(client, 4).map((call) => failure(call, DreamStorageAuthError)))
      await pass(100)
    }
    expect(service.seen).toHaveLength(5)
  })

  test('does not keep authenticate() from trying', async () => {
    fakeTime()
    const { service, client } = serve()
    service.logIn = invalidCredentials
    await failure(client.getBookById(1), DreamStorageAuthError)
    await failure(client.authenticate(), DreamStorageAuthError)
    await failure(client.authenticate(), DreamStorageAuthError)
    expect(service.count(LOGIN)).toBe(3)
  })

  test('is forgotten with the next login that succeeds', async () => {
    fakeTime()
    const { service, client } = serve()
    service.logIn = inTurn(invalidCredentials, tokenOf('revoked'), tokenOf('good'))
    service.answer = ({ authorization }) =>
      authorization === 'Bearer good' ? json(BOOK) : json({ detail: 'Invalid token' }, 401)
    await failure(client.getBookById(1), DreamStorageAuthError)
    await client.authenticate()
    expect(await client.getBookById(1)).toEqual(BOOK)
    expect(service.count(LOGIN)).toBe(3)
  })

  test('is remembered by the client that was refused only', async () => {
    const { service, client } = serve()
    service.logIn = inTurn(invalidCredentials, tokenOf('good'))
    await failure(client.getBookById(1), DreamStorageAuthError)
    expect(await createClient(service.options).getBookById(1)).toEqual(BOOK)
  })

  test('says that it is the login, in words of the client’s own', async () => {
    const { service, client } = serve()
    service.logIn = inTurn(invalidCredentials, () => json({ detail: 'secret' }, 422))
    const refused = await failure(client.authenticate(), DreamStorageAuthError)
    expect(refused.message).toBe('POST /auth/login: 401 the login was refused')
    const invalid = await failure(client.authenticate(), DreamStorageRequestError)
    expect(invalid).toMatchObject({ message: 'POST /auth/login: 422', detail: undefined })
  })

  test('says nothing of the password', async () => {
    const { service, client } = serve(ok, { password: 'hunter2' })
    service.logIn = () =>
      json({ detail: [{ loc: ['body'], msg: 'no', input: { password: 'hunter2' } }] }, 422)
    const error = await rejection(client.getBookById(1))
    expect(JSON.stringify(error) + String(error) + String((error as Error).stack)).not.toContain('hunter2')
  })
})

describe('authenticate()', () => {
  test('logs in anew each time and replaces the token', async () => {
    const { service, client } = serve()
    service.logIn = inTurn(tokenOf('one'), tokenOf('two'), tokenOf('three'))
    expect(await client.authenticate()).toEqual({ access_token: 'one', token_type: 'bearer' })
    await client.getBookById(1)
    expect(await client.authenticate()).toEqual({ access_token: 'two', token_type: 'bearer' })
    await client.getBookById(2)
    await client.authenticate()
    await client.getBookById(3)
    expect(bearers(service)).toEqual(['one', 'two', 'three'])
  })

  test('waits for a login that is under way and then logs in, so that there is one login at a time', async () => {
    const { service, client } = serve()
    let open = 0
    let mostOpen = 0
    service.logIn = async () => {
      mostOpen = Math.max(mostOpen, ++open)
      await settle()
      open--
      return json({ access_token: jwt(), token_type: 'bearer' })
    }
    await Promise.all([
      client.getBookById(1),
      client.authenticate(),
      client.getBookById(2),
      client.authenticate(),
    ])
    expect({ logins: service.count(LOGIN), mostOpen }).toEqual({ logins: 2, mostOpen: 1 })
  })

  test('that fails leaves the token that is held alone', async () => {
    const { service, client } = serve()
    service.logIn = inTurn(tokenOf('good'), invalidCredentials)
    await client.getBookById(1)
    await failure(client.authenticate(), DreamStorageAuthError)
    expect(await client.getBookById(2)).toEqual(BOOK)
    expect(bearers(service)).toEqual(['good', 'good'])
  })

  test('does not hold up the calls that have a good token', async () => {
    const { service, client } = serve()
    await client.getBookById(1)
    service.logIn = (_, signal) => hang(signal)
    void rejection(client.authenticate())
    await settle()
    expect(await client.getBookById(2)).toEqual(BOOK)
  })

  test('is repeated after a failure of the service', async () => {
    const { service, client } = serve()
    service.logIn = inTurn(() => down(), tokenOf('good'))
    expect(await client.authenticate()).toEqual({ access_token: 'good', token_type: 'bearer' })
    expect(service.count(LOGIN)).toBe(2)
  })

  test('that is aborted leaves the login to those who wait for it', async () => {
    const { service, client } = serve()
    const gate = new Gate()
    service.logIn = gate.answer
    const controller = new AbortController()
    const aborted = rejection(client.authenticate({ signal: controller.signal }))
    const call = client.getBookById(1)
    await settle()
    controller.abort('enough')
    expect(await aborted).toBe('enough')
    gate.held[0]?.answer(tokenOf('good')())
    expect(await call).toEqual(BOOK)
    expect(service.count(LOGIN)).toBe(1)
  })
})

describe('an API key', () => {
  test('goes with every call, without a login, and is what authenticate() answers', async () => {
    const { service, client } = serve(ok, { token: 'dcs_key' })
    await client.getBookById(1)
    expect(await client.authenticate()).toEqual({ access_token: 'dcs_key', token_type: 'bearer' })
    expect(service.seen.map(({ path, authorization }) => [path, authorization])).toEqual([
      ['/books/1', 'Bearer dcs_key'],
    ])
  })

  test('that is rejected is an error, with no login and no second attempt', async () => {
    const { service, client } = serve(ok, { token: 'dcs_key' })
    service.answer = () => json({ detail: 'Invalid token' }, 401)
    const error = await failure(client.getBookById(1), DreamStorageAuthError)
    expect(error).toMatchObject({ status: 401, attempts: 1, method: 'GET', route: '/books/{book_id}' })
    expect(service.seen.map(({ path }) => path)).toEqual(['/books/1'])
  })
})

describe('a token function', () => {
  /** Gives token1, token2 and so on. */
  function counter(): { token: () => Promise<string>; asked: () => number } {
    let asked = 0
    return { token: async () => `token${++asked}`, asked: () => asked }
  }

  test('is asked for each call', async () => {
    const { token, asked } = counter()
    const { service, client } = serve(ok, { token })
    for (let id = 1; id <= 3; id++) await client.getBookById(id)
    expect(bearers(service)).toEqual(['token1', 'token2', 'token3'])
    expect(asked()).toBe(3)
  })

  test('is not asked again for a retry', async () => {
    const { token } = counter()
    const { service, client } = serve(ok, { token })
    const statuses = [503, 503]
    service.answer = () => json(BOOK, statuses.shift() ?? 200)
    await client.getBookById(1)
    expect(bearers(service)).toEqual(['token1', 'token1', 'token1'])
  })

  test('is asked once more after a 401', async () => {
    const { token } = counter()
    const { service, client } = serve(ok, { token })
    service.answer = ({ authorization }) => json(BOOK, authorization === 'Bearer token2' ? 200 : 401)
    expect(await client.getBookById(1)).toEqual(BOOK)
    expect(bearers(service)).toEqual(['token1', 'token2'])
  })

  test('whose second token is rejected too is an error, and is not asked again', async () => {
    const { token, asked } = counter()
    const { service, client } = serve(ok, { token })
    service.answer = () => json({ detail: 'Invalid token' }, 401)
    await failure(client.getBookById(1), DreamStorageAuthError)
    expect({ asked: asked(), sent: service.seen.length }).toEqual({ asked: 2, sent: 2 })
  })

  test('whose second token is rejected after a retry is an error, and is not asked again', async () => {
    const { token, asked } = counter()
    const { service, client } = serve(ok, { token })
    const statuses = [401, 503, 401]
    service.answer = () => json({}, statuses.shift() ?? 200)
    await failure(client.getBookById(1), DreamStorageAuthError)
    expect({ asked: asked(), sent: service.seen.length }).toEqual({ asked: 2, sent: 3 })
  })

  test('may answer without a promise', async () => {
    const { service, client } = serve(ok, { token: () => 'now' })
    await client.getBookById(1)
    expect(bearers(service)).toEqual(['now'])
  })

  test.each([
    ['rejects', async () => Promise.reject(new Error('vault is sealed'))],
    [
      'throws',
      () => {
        throw new Error('vault is sealed')
      },
    ],
  ])('that %s is an error of the family with that cause, and nothing is sent', async (_, token) => {
    const { service, client } = serve(ok, { token })
    const error = await failure(client.getBookById(1), DreamStorageAuthError)
    expect(error.cause).toEqual(new Error('vault is sealed'))
    expect(service.seen).toHaveLength(0)
  })

  test.each([undefined, null, '', 42, {}, 'two words', 'line\nbreak', 'ş'])(
    'that gives %j is an error of the family, and nothing is sent',
    async (nonsense) => {
      const { service, client } = serve(ok, { token: async () => nonsense })
      await failure(client.getBookById(1), DreamStorageInputError)
      expect(service.seen).toHaveLength(0)
    },
  )

  test('that fails after a 401 is an error of the family', async () => {
    const { client, service } = serve(ok, {
      token: inTurn(
        () => 'good' as never,
        () => Promise.reject(new Error('gone')),
      ),
    })
    service.answer = () => json({ detail: 'Invalid token' }, 401)
    const error = await failure(client.getBookById(1), DreamStorageAuthError)
    expect(error.cause).toEqual(new Error('gone'))
    expect(service.seen).toHaveLength(1)
  })

  test('that aborts the call and then rejects leaves no unhandled rejection', async () => {
    const unhandled = collect('unhandledRejection')
    const controller = new AbortController()
    const token = async (): Promise<string> => {
      controller.abort('the caller left')
      throw new Error('and there is no token')
    }
    const { client } = serve(ok, { token })
    expect(await rejection(client.getBookById(1, { signal: controller.signal }))).toBe('the caller left')
    await settle()
    expect(unhandled).toEqual([])
  })
})

describe('a bearer', () => {
  const ELSEWHERE = [
    'http://evil.test',
    'https://dcs.test',
    'http://dcs.test:81',
    'http://dcs.test.evil.test',
    'http://dcs.test@evil.test',
  ]

  test.each(ELSEWHERE)('is not sent to %s when a raw call names it as its base URL', async (baseUrl) => {
    const { service, client } = serve()
    await failure(client.api.GET('/books/', { baseUrl }), DreamStorageInputError)
    expect(service.seen).toHaveLength(0)
  })

  test.each(ELSEWHERE)('is not sent to %s when a middleware sends the request there', async (baseUrl) => {
    const { service, client } = serve()
    client.api.use({ onRequest: () => new Request(`${baseUrl.replace('dcs.test@', '')}/books/`) })
    await failure(client.api.GET('/books/'), DreamStorageInputError)
    expect(service.seen).toHaveLength(0)
  })

  test('goes to the base URL behind its path prefix', async () => {
    const { service, client } = serve(ok, { baseUrl: 'http://dcs.test/dcs/v1/', token: 'key' })
    await client.getBookById(1)
    expect(service.seen.map(({ path, authorization }) => [path, authorization])).toEqual([
      ['/dcs/v1/books/1', 'Bearer key'],
    ])
    expect(client.getAssetUrl('p', 'b', 'a')).toMatch(/^http:\/\/dcs\.test\/dcs\/v1\/storage/)
  })

  test.each([301, 302, 303, 307, 308])(
    'does not follow a redirect of %i, which is an error',
    async (status) => {
      const target = await server.startServer((_, response) => server.json(response, 200, BOOK))
      const location = `${target.url}/books/1`
      const origin = await server.startServer((_, response) => {
        response.writeHead(status, { location }).end()
      })
      const client = createClient({ baseUrl: origin.url, token: 'key' })
      const error = await failure(client.getBookById(1), DreamStorageResponseError)
      expect(error.message).toContain(location)
      expect(error.status).toBe(status)
      expect({ asked: origin.requests.length, followed: target.requests.length }).toEqual({
        asked: 1,
        followed: 0,
      })
    },
  )

  test('of one client is not that of another', async () => {
    const { service, client } = serve()
    service.logIn = inTurn(tokenOf('one'), tokenOf('two'))
    await client.getBookById(1)
    await createClient(service.options).getBookById(2)
    expect(bearers(service)).toEqual(['one', 'two'])
  })
})

describe('stats()', () => {
  test('counts logins, failed logins and tells the end of the token', async () => {
    fakeTime()
    const { service, client } = serve()
    service.logIn = inTurn(invalidCredentials, tokenOf(jwt(60)))
    expect(client.stats().auth).toEqual({ logins: 0, failedLogins: 0 })
    await failure(client.authenticate(), DreamStorageAuthError)
    await client.authenticate()
    expect(client.stats().auth).toEqual({ logins: 1, failedLogins: 1, expiresAt: Date.now() + 60_000 })
  })
})
