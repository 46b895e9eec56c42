import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { DreamStorageAuthError, DreamStorageNetworkError, DreamStorageRequestError } from '../src/index.js'
import { createClient } from './support/client.js'
import { failure } from './support/failure.js'
import { FakeService, json } from './support/fake-service.js'
import { partsIn } from './support/secrets.js'
import { serve } from './support/serve.js'

const TOKEN = 'dcs_0123456789abcdefghijklmnop'
const SIGNATURE = 'f00dfeedf00dfeedf00dfeed'
const ESCAPE = '\u001b[31m'
const WORDS = `${ESCAPE}sent ${TOKEN} to http://u:${SIGNATURE}@minio.test/a?X-Amz-Signature=${SIGNATURE}\u202e`

function expectClean(error: Error): void {
  const told = inspect(error, { depth: 10, showHidden: true })
  for (const secret of [TOKEN, SIGNATURE]) expect(partsIn(told, secret), told).toEqual([])
  expect(told.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
}

function named(name: string): Error {
  return Object.assign(new Error('fetch failed'), { name })
}

/** Changes the message only, so that the stack still has the words. */
function renamed(): Error {
  const error = new Error(WORDS)
  error.message = 'fetch failed'
  return error
}

const CAUSES: ReadonlyArray<readonly [string, () => unknown]> = [
  ['a message', () => new Error(WORDS)],
  ['a text', () => WORDS],
  ['a cause', () => new TypeError('fetch failed', { cause: new Error('a', { cause: new Error(WORDS) }) })],
  ['a cause that is a text', () => new TypeError('fetch failed', { cause: WORDS })],
  ['one of several errors', () => new AggregateError([new Error('a'), new Error(WORDS)], 'all failed')],
  ['several errors in a cause', () => new Error('a', { cause: new AggregateError([new Error(WORDS)]) })],
  ['its name', () => named(WORDS)],
  ['its stack', renamed],
  ['its reason', () => Object.assign(new Error('a'), { reason: WORDS, code: 'ERR_TLS' })],
  ['its code', () => Object.assign(new Error('a'), { code: WORDS })],
  ['a request', () => Object.assign(new Error('a'), { config: { headers: { authorization: TOKEN } } })],
  ['bytes', () => Object.assign(new Error('a'), { rawPacket: Buffer.from(WORDS) })],
]

test.each(CAUSES)(
  'a transport that fails with words of others in %s is quoted without them',
  async (_, make) => {
    const { client } = serve(
      () => {
        throw make()
      },
      { token: TOKEN, retry: false },
    )
    expectClean(await failure(client.getBookById(1), DreamStorageNetworkError))
  },
)

test.each(CAUSES)('so is a token function that fails with them in %s', async (_, make) => {
  let count = 0
  const token = (): string => {
    if (count++ === 0) return TOKEN
    throw make()
  }
  const client = createClient({ ...new FakeService(() => json({ detail: 'no' }, 401)).options, token })
  expectClean(await failure(client.getBookById(1), DreamStorageAuthError))
})

test('an error of the system without words of others stays the cause as it is', async () => {
  const cause = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), {
    code: 'ECONNREFUSED',
    port: 1,
  })
  const { client } = serve(
    () => {
      throw cause
    },
    { retry: false },
  )
  expect((await failure(client.getBookById(1), DreamStorageNetworkError)).cause).toBe(cause)
})

test.each([
  ['in two lines', TOKEN.replace('abc', 'a\nbc')],
  ['with colours', TOKEN.replace('abc', `a${ESCAPE}bc`)],
  ['with a hidden character', TOKEN.replace('abc', 'a\u200bbc')],
  ['percent-encoded', TOKEN.replaceAll('_', '%5F')],
  ['as JSON', TOKEN.replaceAll('_', '\\u005f')],
])('a token that the service repeats %s is blanked', async (_, token) => {
  const { client } = serve(() => json({ detail: `no: ${token}.` }, 409), { token: TOKEN })
  const error = await failure(client.getBookById(1), DreamStorageRequestError)
  expect(error.message).toBe('GET /books/{book_id}: 409 no: [redacted].')
  expect(error.detail).toBe('no: [redacted].')
})

test('a part of a header that is secret by its name is blanked, and a password in UTF-8 read as Latin-1', async () => {
  const password = 'pässwörd-of-the-admin'
  const detail = `no: ${SIGNATURE} ${Buffer.from(password).toString('latin1')}`
  const headers = { 'x-proxy-auth': `Basic ${SIGNATURE}` }
  const { client } = serve(() => json({ detail }, 409), { headers, password })
  expect((await failure(client.getBookById(1), DreamStorageRequestError)).detail).toBe(
    'no: [redacted] [redacted]',
  )
})

test('detail is cleaned and bounded, however large, deep or wide it is, in little time', async () => {
  const wide = Array.from({ length: 900 }, (_, index) => ({ [`n${index}`]: ' z'.repeat(500) }))
  const deep = JSON.parse(`${'{"a":['.repeat(40)}1${']}'.repeat(40)}`)
  for (const detail of [
    wide,
    { deep, wide },
    'z '.repeat(500_000),
    Array(300_000).fill(1),
    ' '.repeat(1e6),
  ]) {
    const { client } = serve(() => json({ detail }, 409), { token: TOKEN })
    const before = process.cpuUsage()
    const error = await failure(client.getBookById(1), DreamStorageRequestError)
    const { user } = process.cpuUsage(before)
    expect(JSON.stringify(error).length).toBeLessThan(60_000)
    expect(error.message.length).toBeLessThan(340)
    expect(user / 1_000).toBeLessThan(2_000)
  }
})
