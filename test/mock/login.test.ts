import { describe, expect, it } from 'vitest'
import { createMockService } from '../../src/testing/index.js'
import { ask, login, open, outcome } from './support.js'

const CLOCK = Date.UTC(2025, 10, 3, 8, 15, 30, 900)

function claimsOf(token: string): unknown {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
}

describe('logging in to the mock service', () => {
  it('gives a JWT that lives for half an hour, in whole seconds', async () => {
    const service = createMockService({ now: () => CLOCK })
    const token = await login(service)
    const iat = Math.floor(CLOCK / 1000)
    expect(claimsOf(token)).toEqual({ sub: '1', iat, exp: iat + 1800 })
  })

  it('gives the same token twice in one second, and another in the next', async () => {
    let now = CLOCK
    const service = createMockService({ now: () => now, tokenLifetimeSeconds: 60 })
    const first = await login(service)
    expect(await login(service)).toBe(first)
    now += 1000
    expect(await login(service)).not.toBe(first)
  })

  it('trims and lower-cases the email, but not the password', async () => {
    const service = createMockService()
    service.addUser({ email: ' Ada@Example.org', password: ' Pass ' })
    const credentials = (email: string, password: string) => ({ json: { email, password } })
    const post = (json: object): Promise<Response> => ask(service, 'POST', '/auth/login', json)
    expect((await post(credentials('\tADA@example.ORG ', ' Pass '))).status).toBe(200)
    expect(await outcome(post(credentials('ada@example.org', 'Pass')))).toEqual([
      401,
      { detail: 'Invalid credentials' },
    ])
    expect((await post(credentials('nobody@example.org', ' Pass '))).status).toBe(401)
  })

  it('answers 422 with the echoed input when a field is missing or of a wrong type', async () => {
    const service = createMockService()
    const body = { email: 7 }
    expect(await outcome(ask(service, 'POST', '/auth/login', { json: body }))).toEqual([
      422,
      {
        detail: [
          { type: 'string_type', loc: ['body', 'email'], msg: 'Input should be a valid string', input: 7 },
          { type: 'missing', loc: ['body', 'password'], msg: 'Field required', input: body },
        ],
      },
    ])
  })

  it.each([
    ['', 'missing', ['body']],
    ['{"email"', 'json_invalid', ['body', 0]],
    ['"text"', 'model_attributes_type', ['body']],
    ['null', 'model_attributes_type', ['body']],
  ])('answers 422 to the body %j', async (body, type, loc) => {
    const response = await ask(createMockService(), 'POST', '/auth/login', { body })
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({ detail: [{ type, loc }] })
  })

  it('says whose session it is', async () => {
    const { get } = await open()
    expect(await get('/auth/session')).toEqual({ user_id: 1, email: 'admin@admin.com', token_type: 'bearer' })
  })
})
