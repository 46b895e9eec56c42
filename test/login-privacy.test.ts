import { expect, test } from 'vitest'
import type { createClient } from './support/client.js'
import { json } from './support/fake-service.js'
import { inTurn, invalidToken } from './support/faults.js'
import { LOGIN, tokenOf } from './support/logins.js'
import { reachableText } from './support/reachable.js'
import { partsIn } from './support/secrets.js'
import { BOOK, serve } from './support/serve.js'

const PASSWORD = 'correct-horse-battery-staple'

type Client = ReturnType<typeof createClient>

/** A middleware that keeps all it can reach: requests with their bodies, answers with theirs, errors and options. */
function spyOn(client: Client): { urls: string[]; texts: string[] } {
  const urls: string[] = []
  const texts: string[] = []
  client.api.use({
    onRequest: async ({ request, ...rest }) => {
      urls.push(new URL(request.url).pathname)
      texts.push(await request.clone().text(), JSON.stringify([...request.headers]))
      texts.push(reachableText({ request, ...rest }))
    },
    onResponse: async ({ request, response, ...rest }) => {
      texts.push(await response.clone().text(), JSON.stringify([...response.headers]))
      texts.push(reachableText({ request, response, ...rest }))
    },
    onError: ({ error }) => {
      texts.push(reachableText(error))
    },
  })
  return { urls, texts }
}

/** That the middleware saw neither a login nor anything of the password or the tokens. */
function expectNoLogin({ urls, texts }: ReturnType<typeof spyOn>, tokens: readonly string[]): void {
  expect(urls).not.toContain('/auth/login')
  for (const text of texts) {
    for (const secret of [PASSWORD, ...tokens]) expect(partsIn(text, secret)).toEqual([])
  }
}

test('a middleware sees no login, first, repeated, renewed or asked for, and no password and no token', async () => {
  const tokens = ['first-token-of-all', 'second-token-of-all', 'third-token-of-all']
  const { client, service } = serve(
    inTurn(
      () => json(BOOK),
      invalidToken,
      () => json(BOOK),
    ),
    {
      password: PASSWORD,
    },
  )
  const spied = spyOn(client)
  service.logIn = inTurn(() => json({}, 503), ...tokens.map((token) => () => tokenOf(token)()))
  await client.getBookById(1)
  await client.getBookById(2)
  await client.authenticate()
  expect(service.count(LOGIN)).toBe(4)
  expect(spied.urls).toEqual(['/books/1', '/books/2'])
  expectNoLogin(spied, tokens)
})

test('a middleware of one call sees no login either', async () => {
  const { client, service } = serve(undefined, { password: PASSWORD })
  const urls: string[] = []
  await client.api.GET('/api-keys/', {
    middleware: [{ onRequest: ({ request }) => void urls.push(new URL(request.url).pathname) }],
  })
  expect(service.count(LOGIN)).toBe(1)
  expect(urls).toEqual(['/api-keys/'])
})

test('a middleware that hears of a login that failed hears nothing of the password', async () => {
  const { client, service } = serve(undefined, { password: PASSWORD })
  const spied = spyOn(client)
  service.logIn = inTurn(
    () => json({ detail: PASSWORD }, 401),
    () => json({ detail: [{ type: 't', loc: ['body'], msg: 'no', input: { password: PASSWORD } }] }, 422),
    () => new Response(PASSWORD, { status: 400 }),
  )
  const names: string[] = []
  for (const act of [() => client.getBookById(1), () => client.authenticate(), () => client.authenticate()]) {
    await act().catch((error: Error) => names.push(error.name))
  }
  expect(names).toEqual(['DreamStorageAuthError', 'DreamStorageRequestError', 'DreamStorageRequestError'])
  expect(service.count(LOGIN)).toBe(3)
  expectNoLogin(spied, [])
})

test('a middleware that refuses every request cannot refuse a login', async () => {
  const { client, service } = serve(undefined, { password: PASSWORD })
  client.api.use({
    onRequest: () => {
      throw new Error('no requests today')
    },
  })
  expect(await client.authenticate()).toMatchObject({ token_type: 'bearer' })
  expect(service.count(LOGIN)).toBe(1)
  await expect(client.getBookById(1)).rejects.toThrow('no requests today')
})
