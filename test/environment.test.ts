import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { DreamCentralStorageClient, DreamStorageInputError, optionsFromEnv } from '../src/index.js'
import { thrown } from './support/failure.js'
import { FakeService } from './support/fake-service.js'

const SECRET = 'hunter2-correct-horse'
const LOGIN = { DREAM_CENTRAL_STORAGE_EMAIL: 'a@b.c', DREAM_CENTRAL_STORAGE_PASSWORD: SECRET }
const NAMES = ['URL', 'EMAIL', 'PASSWORD', 'API_KEY', 'TOKEN_EXPIRY', 'TOKEN', 'LOG_LEVEL'].map(
  (name) => `DREAM_CENTRAL_STORAGE_${name}`,
)

/** The variables of the process, which must not influence tests with their own. */
function clearEnvironment(): void {
  for (const name of NAMES) vi.stubEnv(name, undefined)
  onTestFinished(() => void vi.unstubAllEnvs())
}

describe('optionsFromEnv', () => {
  test('takes email and password, and the address of the development service by default', () => {
    expect(optionsFromEnv(LOGIN)).toEqual({
      baseUrl: 'http://localhost:8081',
      email: 'a@b.c',
      password: SECRET,
      tokenLifetimeMs: undefined,
      logger: undefined,
    })
  })

  test('takes an API key instead', () => {
    const options = optionsFromEnv({ DREAM_CENTRAL_STORAGE_TOKEN: 'dcs_key' })
    expect(options).toEqual({
      baseUrl: 'http://localhost:8081',
      token: 'dcs_key',
      tokenLifetimeMs: undefined,
      logger: undefined,
    })
  })

  test('takes the address', () => {
    const url = 'https://books.example.org/dcs'
    expect(optionsFromEnv({ ...LOGIN, DREAM_CENTRAL_STORAGE_URL: url }).baseUrl).toBe(url)
  })

  test.each([
    ['1800', 1_800_000],
    ['0.5', 500],
  ])('takes the life of tokens in seconds: %s', (seconds, ms) => {
    const options = optionsFromEnv({ ...LOGIN, DREAM_CENTRAL_STORAGE_TOKEN_EXPIRY: seconds })
    expect(options.tokenLifetimeMs).toBe(ms)
  })

  test.each(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])(
    'makes a pino logger of the level %s',
    (level) => {
      const { logger } = optionsFromEnv({ ...LOGIN, DREAM_CENTRAL_STORAGE_LOG_LEVEL: level })
      expect(logger).toHaveProperty('level', level)
    },
  )

  test('takes an empty variable for an absent one', () => {
    const empty = Object.fromEntries(NAMES.map((name) => [name, '']))
    expect(optionsFromEnv({ ...empty, ...LOGIN })).toEqual(optionsFromEnv(LOGIN))
  })

  test('gives options that the constructor takes', async () => {
    const service = new FakeService()
    const options = optionsFromEnv({ ...LOGIN, DREAM_CENTRAL_STORAGE_LOG_LEVEL: 'silent' })
    await using client = new DreamCentralStorageClient({ ...options, fetch: service.fetch })
    await client.getBooks()
    expect(service.seen[0]?.request.url).toBe('http://localhost:8081/auth/login')
    expect(await service.seen[0]?.request.json()).toEqual({ email: 'a@b.c', password: SECRET })
  })

  test('reads the environment of the process when it is given none', () => {
    clearEnvironment()
    thrown(() => optionsFromEnv(), DreamStorageInputError)
    vi.stubEnv('DREAM_CENTRAL_STORAGE_TOKEN', 'dcs_from_process')
    expect(optionsFromEnv()).toHaveProperty('token', 'dcs_from_process')
  })

  test.each([
    ['nothing', {}, ['EMAIL', 'PASSWORD', 'TOKEN']],
    ['an email alone', { DREAM_CENTRAL_STORAGE_EMAIL: 'a@b.c' }, ['PASSWORD']],
    ['a password alone', { DREAM_CENTRAL_STORAGE_PASSWORD: SECRET }, ['EMAIL']],
    [
      'a key beside a login',
      { ...LOGIN, DREAM_CENTRAL_STORAGE_TOKEN: SECRET },
      ['TOKEN', 'EMAIL', 'PASSWORD'],
    ],
    [
      'a key beside an email',
      { DREAM_CENTRAL_STORAGE_EMAIL: 'a@b.c', DREAM_CENTRAL_STORAGE_TOKEN: SECRET },
      ['TOKEN', 'EMAIL'],
    ],
    [
      'no number',
      { ...LOGIN, DREAM_CENTRAL_STORAGE_TOKEN_EXPIRY: SECRET },
      ['TOKEN_EXPIRY', 'number of seconds'],
    ],
    ['no time', { ...LOGIN, DREAM_CENTRAL_STORAGE_TOKEN_EXPIRY: '0' }, ['TOKEN_EXPIRY', 'greater than 0']],
    [
      'a negative time',
      { ...LOGIN, DREAM_CENTRAL_STORAGE_TOKEN_EXPIRY: '-5' },
      ['TOKEN_EXPIRY', 'greater than 0'],
    ],
    [
      'endless time',
      { ...LOGIN, DREAM_CENTRAL_STORAGE_TOKEN_EXPIRY: 'Infinity' },
      ['TOKEN_EXPIRY', 'number of seconds'],
    ],
    ['no level', { ...LOGIN, DREAM_CENTRAL_STORAGE_LOG_LEVEL: SECRET }, ['LOG_LEVEL', 'debug']],
  ])('throws an input error that names the variable, and no secret, for %s', (_, env, parts) => {
    const error = thrown(() => optionsFromEnv(env), DreamStorageInputError)
    for (const part of parts) expect(error.message).toContain(part)
    expect(error.message).toContain('DREAM_CENTRAL_STORAGE_')
    expect(error.message).not.toContain(SECRET)
  })

  test.each([`http://admin:${SECRET}`, `admin:${SECRET}@dcs.test`, `http://dcs.test?token=${SECRET}`])(
    'gives an address that the constructor refuses without telling it (%#)',
    (url) => {
      const options = optionsFromEnv({ ...LOGIN, DREAM_CENTRAL_STORAGE_URL: url })
      const error = thrown(() => new DreamCentralStorageClient(options), DreamStorageInputError)
      expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(SECRET)
    },
  )
})

describe('.env.example', () => {
  const read = (): Promise<string> => readFile(new URL('../.env.example', import.meta.url), 'utf8')

  /** Every variable that optionsFromEnv reads. */
  function variablesRead(): string[] {
    const names = new Set<string>()
    const env = new Proxy<Record<string, string>>(LOGIN, {
      get: (login, name: string) => {
        names.add(name)
        return login[name]
      },
    })
    optionsFromEnv(env)
    return [...names].sort()
  }

  test('lists exactly the variables that are read, once each', async () => {
    const lines = (await read()).split('\n')
    const listed = lines.flatMap((line) => /^#?\s*([A-Z][A-Z_]*)=/.exec(line)?.[1] ?? [])
    expect(listed.toSorted()).toEqual(variablesRead())
    expect(variablesRead()).toEqual(NAMES.toSorted())
  })

  test('says that its login is for development only', async () => {
    const text = await read()
    expect(text).toMatch(/admin@admin\.com \/ admin.*development only/)
  })

  test('is good as it stands', async () => {
    const entries = (await read()).split('\n').flatMap((line) => {
      const [, name, value] = /^([A-Z_]+)=(.*)$/.exec(line) ?? []
      return name === undefined ? [] : [[name, value]]
    })
    expect(optionsFromEnv(Object.fromEntries(entries))).toMatchObject({
      baseUrl: 'http://localhost:8081',
      email: 'admin@admin.com',
      password: 'admin',
    })
  })
})

test('nothing else in src reads the environment', async () => {
  const root = new URL('../src/', import.meta.url)
  const files = (await readdir(root, { recursive: true })).filter((name) => name.endsWith('.ts'))
  const readers: string[] = []
  for (const name of files) {
    const text = await readFile(new URL(name.split('\\').join('/'), root), 'utf8')
    if (/process\.env|\benv\s*\}?\s*from 'node:process'/.test(text)) readers.push(join(name))
  }
  expect(files.length).toBeGreaterThan(20)
  expect(readers).toEqual([join('options', 'environment.ts')])
})
