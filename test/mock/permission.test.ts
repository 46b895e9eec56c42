import { describe, expect, it } from 'vitest'
import { createMockService } from '../../src/testing/index.js'
import { ask, login, open, outcome, storagePath } from './support.js'

const INVALID = [401, { detail: 'Invalid token' }]
const BRAINS = storagePath('Universal ELT', 'BRAINS')

describe('what the mock service lets in', () => {
  it.each([undefined, '', 'Bearer', 'Bearer ', 'Basic YTpi', 'token'])(
    'answers 403 to the authorization %j',
    async (authorization) => {
      const headers = authorization === undefined ? {} : { authorization }
      const response = await ask(createMockService(), 'GET', '/books/', { headers })
      expect(response.headers.has('www-authenticate')).toBe(false)
      expect(await outcome(Promise.resolve(response))).toEqual([403, { detail: 'Not authenticated' }])
    },
  )

  it('answers 401 to a token that is no token, was tampered with, or comes from elsewhere', async () => {
    const service = createMockService()
    const [header, payload, signature] = (await login(service)).split('.')
    const longer = Buffer.from('{"sub":"1","iat":0,"exp":99999999999}').toString('base64url')
    const foreign = await login(createMockService())
    const tokens = ['x', 'a.b.c', `${header}.${payload}`, `${header}.${longer}.${signature}`, foreign]
    for (const token of [...tokens, `${header}.${payload}.${signature}.`]) {
      expect(await outcome(ask(service, 'GET', '/books/', { token }))).toEqual(INVALID)
    }
  })

  it('accepts the scheme in any case of letters', async () => {
    const service = createMockService()
    const headers = { authorization: `bEARER ${await login(service)}` }
    expect((await ask(service, 'GET', '/books/', { headers })).status).toBe(200)
  })

  it('answers 401 from the second on in which a token expires', async () => {
    let now = Date.UTC(2025, 10, 3)
    const service = createMockService({ now: () => now, tokenLifetimeSeconds: 10 })
    const token = await login(service)
    now += 9_999
    expect((await ask(service, 'GET', '/books/', { token })).status).toBe(200)
    now += 1
    expect(await outcome(ask(service, 'GET', '/books/', { token }))).toEqual(INVALID)
    expect(await outcome(ask(service, 'GET', '/auth/session', { token }))).toEqual(INVALID)
  })

  it('answers 401 to revoked tokens, and accepts the same text once it is issued again', async () => {
    const service = createMockService({ now: () => Date.UTC(2025, 10, 3) })
    const token = await login(service)
    service.revokeTokens()
    expect(await outcome(ask(service, 'GET', '/books/', { token }))).toEqual(INVALID)
    expect(await login(service)).toBe(token)
    expect((await ask(service, 'GET', '/books/', { token })).status).toBe(200)
  })

  it.each(['2025', '2026'] as const)('accepts API keys for the books only, in %s', async (dialect) => {
    const service = createMockService({ dialect })
    const token = service.addApiKey('lms')
    expect(token).toMatch(/^dcs_[\w-]{32}$/)
    expect((await ask(service, 'GET', '/books/', { token })).status).toBe(200)
    expect((await ask(service, 'GET', '/books/1', { token })).status).toBe(200)
    for (const path of [BRAINS, `${BRAINS}/config`, '/auth/session', '/api-keys/']) {
      expect(await outcome(ask(service, 'GET', path, { token }))).toEqual(INVALID)
    }
    expect(await outcome(ask(service, 'GET', '/books/', { token: 'dcs_unknown' }))).toEqual(INVALID)
  })

  it('needs no login for its greeting and its health', async () => {
    const service = createMockService()
    const version = expect.any(String)
    expect(await outcome(ask(service, 'GET', '/'))).toEqual([
      200,
      { status: 'ok', service: 'dream-central-storage', version },
    ])
    expect(await outcome(ask(service, 'GET', '/health'))).toEqual([
      200,
      { status: 'ok', service: 'dream-central-storage', version },
    ])
  })

  it('checks the permission before the input', async () => {
    const { call } = await open()
    expect((await call('GET', '/books/x', { token: 'bad' })).status).toBe(401)
    expect((await call('GET', '/books/x')).status).toBe(422)
  })
})
