import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { DreamCentralStorageClient, DreamStorageInputError, optionsFromEnv } from '../src/index.js'
import { createClient } from './support/client.js'
import { rejection, thrown } from './support/failure.js'
import { FakeService } from './support/fake-service.js'
import { partsIn } from './support/secrets.js'

const SECRET = 'hunter2-correct-horse'
const BASE = { baseUrl: 'http://dcs.test', email: 'a@b.c', password: 'x' }

function expectUntold(error: unknown): void {
  expect(error).toBeInstanceOf(DreamStorageInputError)
  const { message, stack, cause } = error as DreamStorageInputError
  const told = [message, stack ?? '', inspect(error, { depth: 10 }), JSON.stringify(error), inspect(cause)]
  for (const text of told) expect(partsIn(text, SECRET)).toEqual([])
  expect(message).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  expect(message.length).toBeLessThan(700)
}

// Each option, as the path to it.
const OPTIONS = [
  ...['baseUrl', 'email', 'password', 'token', 'tokenLifetimeMs', 'refreshMarginMs', 'timeouts', 'retry'],
  ...['maxConnections', 'maxFileConnections', 'circuitBreaker', 'cache', 'maxJsonBytes', 'compression'],
  ...['headers', 'agent', 'observers', 'logger', 'fetch'],
  ...['timeouts.connectMs', 'retry.jitter', 'retry.maxRetries', 'circuitBreaker.failureThreshold'],
  ...['cache.maxEntries', 'headers.authorization', 'headers.x-key', `headers.${SECRET}\n`, 'observers.0'],
  ...[SECRET, `retry.${SECRET}`, 'pasword', 'timeouts.pasword', 'headers.cookie'],
]

const VALUES: readonly unknown[] = [
  SECRET,
  `${SECRET}\r\nx-forged: 1`,
  `http://admin:${SECRET}@proxy.test:3128`,
  `admin:a/${SECRET}@proxy.test`,
  `http://proxy.test/?key=${SECRET}#${SECRET}`,
  [SECRET],
  { [SECRET]: SECRET },
  { toString: () => SECRET },
  new URL(`http://admin:${SECRET}@dcs.test`),
  Buffer.from(SECRET),
  Object.assign(() => SECRET, { toString: () => SECRET }),
]

/** The options with this one at the end of the path. */
function optionsWith(path: string, value: unknown): object {
  const [name = '', ...rest] = path.split('.')
  return rest.length === 0 ? { [name]: value } : { [name]: { [rest.join('.')]: value } }
}

test.each(OPTIONS)('the error for the option %j repeats nothing of a value that may be a secret', (path) => {
  let refused = 0
  for (const value of VALUES) {
    try {
      new DreamCentralStorageClient({ ...BASE, ...optionsWith(path, value) } as never)
    } catch (error) {
      refused++
      expectUntold(error)
    }
  }
  // Most of these are no value of any option.
  expect(refused).toBeGreaterThan(path === 'headers.x-key' || ['email', 'password'].includes(path) ? 1 : 3)
})

test.each(['URL', 'EMAIL', 'PASSWORD', 'TOKEN', 'TOKEN_EXPIRY', 'LOG_LEVEL'])(
  'the error for the variable …_%s repeats nothing of its value',
  (name) => {
    const env = {
      DREAM_CENTRAL_STORAGE_EMAIL: 'a@b.c',
      DREAM_CENTRAL_STORAGE_TOKEN: 'x',
      [`DREAM_CENTRAL_STORAGE_${name}`]: `http://admin:${SECRET}@dcs.test`,
    }
    expectUntold(thrown(() => new DreamCentralStorageClient(optionsFromEnv(env)), DreamStorageInputError))
  },
)

test.each([
  ['a value with a line break', { headers: { 'x-key': `${SECRET}\nx` } }],
  ['a name that is none', { headers: { [`${SECRET} x`]: 'a' } }],
  ['letters beyond Latin-1', { headers: { 'x-key': `${SECRET}ğ` } }],
  ['a header parameter with a line break', { params: { header: { 'x-key': `${SECRET}\nx` } } }],
])(
  'the error for a header or an option of a call repeats nothing of it, nor does its cause: %s',
  async (_, init) => {
    const client = createClient(new FakeService().options)
    const call = (client.api.GET as (route: string, init: object) => Promise<unknown>)('/books/', init)
    expectUntold(await rejection(call))
    expectUntold(await rejection(client.getBooks({ [SECRET]: 1 } as never)))
  },
)

test('a route that is a URL with a secret in its query is shown without it', async () => {
  const service = new FakeService(() => new Response('', { status: 404 }))
  const lines: string[] = []
  const log = (fields: object, message: string): unknown => lines.push(JSON.stringify(fields) + message)
  const logger = { debug: log, info: log, warn: log, error: log }
  const client = createClient({ ...service.options, logger })
  await client.api.GET(`/books/?key=${SECRET}` as '/books/')
  expect(service.count('GET /books/?key=')).toBe(1)
  expect(lines.length).toBeGreaterThan(2)
  for (const line of lines) expect(partsIn(line, SECRET)).toEqual([])
})
