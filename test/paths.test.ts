import { describe, expect, test } from 'vitest'
import { type DreamCentralStorageClient, DreamStorageInputError } from '../src/index.js'
import { createClient } from './support/client.js'
import { failure, thrown } from './support/failure.js'
import { FakeService } from './support/fake-service.js'
import { type LiveService, sendFile, startLiveService } from './support/live-service.js'
import { json } from './support/server.js'

const NAMES = [
  'Universal ELT',
  "O'Reilly & Söhne",
  "Teacher's Guide: A & B",
  'C# + Math 100%',
  'a+b',
  '50%25',
  '%2e%2e',
  'a=b;c,d@e$f!g*h(i)j~k',
  'Is it? <b>"{book_name}" [1] |^`',
  'Yeşil Elma Yayınları',
  'İIığĞşŞ',
  'Küçük Kâşifler – İlk Adım',
  'étude ü ç',
  'e\u0301 is not é',
  '📚 Books 👩‍👩‍👧',
  '日本語',
  '...',
  '..a',
  'a..b',
  '.hidden',
  'ends with a dot.',
  ' ',
  ' spaces around ',
  '\u00a0',
  '\u2028',
  '-1',
  'x'.repeat(500),
]

const EVIL_NAMES = [
  '',
  '.',
  '..',
  '/',
  'a/b',
  '/a',
  'a/',
  '../a',
  '\\',
  'a\\b',
  '\u0000',
  'a\tb',
  'a\nb',
  'a\rb',
  'a\u001fb',
  'a\u007fb',
  'a\u0080b',
  'a\u009fb',
  'a\ud83d',
  '\udcdaa',
]

const EVIL_ASSETS = [
  ...EVIL_NAMES.filter((name) => name !== 'a/b'),
  './a',
  'a/.',
  'a/..',
  'a/../b',
  'a/./b',
  'a//b',
  'a/b/',
  '//a',
  'a/b\\c',
  'a/b\u0000c',
]

const NO_STRINGS = [undefined, null, 42, true, {}, [], ['a'], Symbol('a'), () => 'a', Object.create(null)]

/** A service of which every book has one config and every file the same three bytes. */
function startLibrary(): Promise<LiveService> {
  return startLiveService(({ segments }, response) => {
    if (segments.at(-1) === 'object') sendFile(response, Uint8Array.of(1, 2, 3))
    else json(response, 200, segments.length === 4 ? [] : {})
  })
}

describe('publisher and book name arrive exactly as they were given', () => {
  test.each(NAMES)('%j', async (name) => {
    const service = await startLibrary()
    const client = createClient({ baseUrl: service.url })
    const other = NAMES.at(NAMES.indexOf(name) - 1) as string
    await client.getBookConfig(name, other)
    await client.getBookConfig(other, name)
    await client.listBookContents(name, other)
    await client.downloadAsset(other, name, 'a.mp3')
    await client.api.GET('/storage/books/{publisher}/{book_name}', {
      params: { path: { publisher: name, book_name: other } },
    })
    expect(service.asked.map(({ segments }) => segments)).toEqual([
      ['storage', 'books', name, other, 'config'],
      ['storage', 'books', other, name, 'config'],
      ['storage', 'books', name, other],
      ['storage', 'books', other, name, 'object'],
      ['storage', 'books', name, other],
    ])
  })
})

describe('asset paths arrive exactly as they were given', () => {
  test.each([...NAMES, 'a/b', 'a/b..c/...', '1.0.0/BRAINS/Ünite 1/ığüşöç + #1 & 50% off: a?b=c.mp3'])(
    '%j',
    async (path) => {
      const service = await startLibrary()
      const client = createClient({ baseUrl: service.url })
      await client.downloadAsset('p', 'b', path)
      await client.downloadAsset('p', 'b', `audio/${path}`)
      await fetch(await client.getAssetRequest('p', 'b', path))
      await fetch(client.getAssetUrl('p', 'b', path))
      await client.api.GET('/storage/books/{publisher}/{book_name}/object', {
        params: { path: { publisher: 'p', book_name: 'b' }, query: { path } },
        parseAs: 'arrayBuffer',
      })
      expect(service.asked.map((asked) => asked.path)).toEqual([path, `audio/${path}`, path, path, path])
      for (const { segments } of service.asked)
        expect(segments).toEqual(['storage', 'books', 'p', 'b', 'object'])
    },
  )
})

type Act = (client: DreamCentralStorageClient, value: never) => Promise<unknown>

/** The methods that take a publisher, or a book name, or both. */
const TAKERS: ReadonlyArray<readonly [method: string, argument: string, act: Act]> = [
  ['getBookConfig', 'publisher', (client, value) => client.getBookConfig(value, 'b')],
  ['getBookConfig', 'bookName', (client, value) => client.getBookConfig('p', value)],
  ['listBookContents', 'publisher', (client, value) => client.listBookContents(value, 'b')],
  ['listBookContents', 'bookName', (client, value) => client.listBookContents('p', value)],
  ['getAssetRequest', 'publisher', (client, value) => client.getAssetRequest(value, 'b', 'a')],
  ['getAssetRequest', 'bookName', (client, value) => client.getAssetRequest('p', value, 'a')],
  ['downloadAsset', 'publisher', (client, value) => client.downloadAsset(value, 'b', 'a')],
  ['downloadAsset', 'bookName', (client, value) => client.downloadAsset('p', value, 'a')],
  ['getAssetUrl', 'publisher', async (client, value) => client.getAssetUrl(value, 'b', 'a')],
  ['getAssetUrl', 'bookName', async (client, value) => client.getAssetUrl('p', value, 'a')],
  ['invalidateCache', 'bookName', async (client, value) => invalidate(client, 'p', value)],
]

const ASSET_TAKERS: ReadonlyArray<readonly [method: string, act: Act]> = [
  ['getAssetUrl', async (client, value) => client.getAssetUrl('p', 'b', value)],
  ['getAssetRequest', (client, value) => client.getAssetRequest('p', 'b', value)],
  ['downloadAsset', (client, value) => client.downloadAsset('p', 'b', value)],
]

function invalidate(client: DreamCentralStorageClient, publisher: string, bookName: string): void {
  client.invalidateCache({ publisher, bookName })
}

describe('a bad name is an input error before anything is sent', () => {
  test.each(TAKERS)('as for %s as %s', async (_, argument, act) => {
    const service = new FakeService()
    const client = createClient(service.options)
    for (const value of EVIL_NAMES) {
      const error = await failure(act(client, value as never), DreamStorageInputError)
      expect(error.message).toContain(argument)
      expect(error.message).toContain(JSON.stringify(value).replace(/[\x7f-\x9f\u2028\u2029]/g, ' '))
      expect(error).toMatchObject({ code: 'ERR_DREAM_STORAGE_INPUT', attempts: 0, status: undefined })
    }
    for (const value of NO_STRINGS) {
      const error = await failure(act(client, value as never), DreamStorageInputError)
      expect(error.message).toContain(argument)
    }
    expect(service.seen).toEqual([])
  })
})

describe('a bad asset path is an input error before anything is sent', () => {
  test.each(ASSET_TAKERS)('as for %s', async (_, act) => {
    const service = new FakeService()
    const client = createClient(service.options)
    for (const value of EVIL_ASSETS) {
      const error = await failure(act(client, value as never), DreamStorageInputError)
      expect(error.message).toContain('assetPath')
      expect(error.message).toContain(JSON.stringify(value).replace(/[\x7f-\x9f\u2028\u2029]/g, ' '))
    }
    for (const value of NO_STRINGS) {
      const error = await failure(act(client, value as never), DreamStorageInputError)
      expect(error.message).toContain('assetPath')
    }
    expect(service.seen).toEqual([])
  })

  test('and getAssetUrl throws it at once, with the reason', () => {
    const client = createClient({ baseUrl: 'http://dcs.test' })
    const reasons = [
      ['../a', 'segment . or ..'],
      ['/a', 'relative'],
      ['a//b', 'empty segment'],
      ['a\\b', 'backslash'],
      ['a\tb', 'control characters'],
    ] as const
    for (const [path, reason] of reasons) {
      const { message } = thrown(() => client.getAssetUrl('p', 'b', path), DreamStorageInputError)
      expect(message).toContain(reason)
    }
  })
})

describe('a book id', () => {
  test.each([1, 7, 2_147_483_647])('of %d is asked for', async (id) => {
    const service = new FakeService(() => Response.json({ id, book_name: 'b' }))
    const client = createClient(service.options)
    expect(await client.getBookById(id)).toEqual({ id, book_name: 'b' })
    expect(service.seen.at(-1)?.path).toBe(`/books/${id}`)
  })

  test.each([
    ...[0, -0, -1, 1.5, 2_147_483_648, Number.MAX_SAFE_INTEGER, 1e21, NaN, Infinity, -Infinity],
    ...['1', '', '..', 1n, null, undefined, true, {}, [], [1], Symbol('1'), new Date(1), Object.create(null)],
  ])(
    'that is no integer from 1 to 2 147 483 647 is an input error before anything is sent (%#)',
    async (id) => {
      const service = new FakeService()
      const error = await failure(
        createClient(service.options).getBookById(id as never),
        DreamStorageInputError,
      )
      expect(error.message).toContain('bookId')
      if (typeof id === 'number' || typeof id === 'string') expect(error.message).toContain(String(id))
      expect(service.seen).toEqual([])
    },
  )
})

describe('client.api refuses path parameters that would change the path', () => {
  const evil = [
    '',
    '.',
    '..',
    'a/b',
    '../x',
    'a\\b',
    'a\nb',
    '\ud800',
    undefined,
    null,
    {},
    Object.create(null),
  ]

  test.each(evil)('(%#)', async (value) => {
    const service = new FakeService()
    const { api } = createClient(service.options)
    const path = { publisher: 'p', book_name: value as string }
    const id = { book_id: value as unknown as number }
    await failure(
      api.GET('/storage/books/{publisher}/{book_name}', { params: { path } }),
      DreamStorageInputError,
    )
    await failure(
      api.GET('/storage/books/{publisher}/{book_name}/config', { params: { path } }),
      DreamStorageInputError,
    )
    const error = await failure(
      api.DELETE('/books/{book_id}', { params: { path: id } }),
      DreamStorageInputError,
    )
    expect(error.message).toContain('book_id')
    await failure(api.request('get', '/books/{book_id}', { params: { path: id } }), DreamStorageInputError)
    expect(service.seen).toEqual([])
  })

  test('and a call that leaves them out', async () => {
    const service = new FakeService()
    const { api } = createClient(service.options)
    for (const init of [undefined, {}, { params: {} }, { params: { path: {} } }]) {
      const error = await failure(api.GET('/books/{book_id}', init as never), DreamStorageInputError)
      expect(error.message).toContain('book_id')
    }
    expect(service.seen).toEqual([])
  })

  test('and takes those that do not, numbers too', async () => {
    const service = new FakeService(() => Response.json({ id: 7, book_name: 'b' }))
    const { api } = createClient(service.options)
    await api.GET('/books/{book_id}', { params: { path: { book_id: 7 } } })
    await api.DELETE('/storage/apps/{platform}' as never, { params: { path: { platform: 'a..b' } } } as never)
    expect(service.seen.slice(1).map(({ path }) => path)).toEqual(['/books/7', '/storage/apps/a..b'])
  })
})

describe('client.api goes to the base URL only', () => {
  test('a base URL of another origin is an input error before anything is sent', async () => {
    const service = new FakeService()
    const { api } = createClient(service.options)
    for (const baseUrl of [
      'http://evil.test',
      'http://dcs.test.evil.test',
      'https://dcs.test',
      'http://dcs.test:81',
    ]) {
      await failure(api.GET('/books/', { baseUrl }), DreamStorageInputError)
    }
    expect(service.seen).toEqual([])
  })
})
