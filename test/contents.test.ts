import { describe, expect, test } from 'vitest'
import { type DreamCentralStorageClient, DreamStorageResponseError } from '../src/index.js'
import { empty, file, html, raw } from './support/answers.js'
import { createClient } from './support/client.js'
import { failure } from './support/failure.js'
import { FakeService, json } from './support/fake-service.js'
import { MemoryLog } from './support/memory-log.js'

interface Node {
  path: string
  type: 'folder' | 'file'
  size?: number
  children: Node[]
}

const folder = (path: string, ...children: Node[]): Node => ({ path, type: 'folder', children })
const leaf = (path: string): Node => ({ path, type: 'file', size: 3, children: [] })

const BYTES = Uint8Array.of(1, 2, 3)

/** Answers listings with what is given and downloads with three bytes. */
function serve(contents: unknown): {
  service: FakeService
  client: DreamCentralStorageClient
  log: MemoryLog
} {
  const log = new MemoryLog()
  const service = new FakeService(({ path }) => (path.includes('/object?') ? file(BYTES) : json(contents)))
  return { service, client: createClient({ ...service.options, logger: log.logger }), log }
}

/** What the service was asked for by `path=`, decoded. */
function downloaded(service: FakeService): Array<string | null> {
  return service.seen
    .map(({ request }) => new URL(request.url))
    .filter(({ pathname }) => pathname.endsWith('/object'))
    .map(({ searchParams }) => searchParams.get('path'))
}

describe('listBookContents', () => {
  test('flattens the tree of 2025, whose paths begin with the version', async () => {
    const root = 'Universal ELT/BRAINS/'
    const book = `${root}1.0.0/BRAINS/`
    const { service, client } = serve(
      folder(
        root,
        folder(
          `${root}1.0.0/`,
          folder(
            book,
            leaf(`${book}config.json`),
            folder(`${book}audio/`, leaf(`${book}audio/1.mp3`), leaf(`${book}audio/2.mp3`)),
            folder(`${book}empty/`),
            leaf(`${book}z.png`),
          ),
        ),
      ),
    )
    expect(await client.listBookContents('Universal ELT', 'BRAINS')).toEqual([
      '1.0.0/BRAINS/config.json',
      '1.0.0/BRAINS/audio/1.mp3',
      '1.0.0/BRAINS/audio/2.mp3',
      '1.0.0/BRAINS/z.png',
    ])
    expect(service.count('GET /storage/books/Universal%20ELT/BRAINS')).toBe(1)
  })

  test('flattens the tree of 2026, whose root lies deeper', async () => {
    const root = 'Universal ELT/books/BRAINS/'
    const { client } = serve(
      folder(root, folder(`${root}audio/`, leaf(`${root}audio/1.mp3`)), leaf(`${root}config.json`)),
    )
    expect(await client.listBookContents('Universal ELT', 'BRAINS')).toEqual(['audio/1.mp3', 'config.json'])
  })

  test('gives nothing for a book that is unknown or a draft', async () => {
    const { client } = serve(folder('Universal ELT/BRAINS/'))
    expect(await client.listBookContents('Universal ELT', 'BRAINS')).toEqual([])
  })

  test("takes the guide's array of strings, without its folders", async () => {
    const { client, log } = serve(['audio/', 'audio/1.mp3', 'a..b.png', 'config.json'])
    expect(await client.listBookContents('p', 'b')).toEqual(['audio/1.mp3', 'a..b.png', 'config.json'])
    expect(log.all({ level: 'warn' })).toEqual([])
  })

  test('takes files without size or children, and fields that it does not know', async () => {
    const { client } = serve({
      path: 'p/b/',
      type: 'folder',
      etag: 'x',
      children: [
        { path: 'p/b/1.mp3', type: 'file' },
        { path: 'p/b/2.mp3', type: 'file', size: null, children: null },
      ],
    })
    expect(await client.listBookContents('p', 'b')).toEqual(['1.mp3', '2.mp3'])
  })

  test('takes a folder of 200 000 files and an array of as many', async () => {
    const names = Array.from({ length: 200_000 }, (_, index) => `${index}.mp3`)
    const wide = { ...folder('p/b/audio/'), children: names.map((name) => leaf(`p/b/audio/${name}`)) }
    const tree = serve(folder('p/b/', wide))
    expect(await tree.client.listBookContents('p', 'b')).toEqual(names.map((name) => `audio/${name}`))
    const array = serve(names)
    expect(await array.client.listBookContents('p', 'b')).toEqual(names)
  })

  test('takes folders that are 2 000 deep', async () => {
    let path = `p/b/${'d/'.repeat(2_000)}`
    let node = folder(path, leaf(`${path}1.mp3`))
    while (path !== 'p/b/') {
      path = path.slice(0, -2)
      node = folder(path, node)
    }
    const { client } = serve(node)
    expect(await client.listBookContents('p', 'b')).toEqual([`${'d/'.repeat(2_000)}1.mp3`])
  })

  test('asks the service each time', async () => {
    const { service, client } = serve([])
    await client.listBookContents('p', 'b')
    await client.listBookContents('p', 'b')
    expect(service.count('GET /storage/books/p/b')).toBe(2)
  })
})

const LEGAL = [
  'config.json',
  'a..b.png',
  '.hidden',
  '...',
  'audio/ 1 .mp3',
  'a+b#c&d%e=f?g;h/50%25 off.png',
  "O'Reilly: A/B:C.mp3",
  'ığüşöç İĞÜŞÖÇ/şarkı.mp3',
  '📚/🎧.mp3',
  'a\u00a0b\u2028c.png',
]

const HOSTILE = [
  '',
  '.',
  '..',
  '../secret.txt',
  'a/../../secret.txt',
  'a/./b.png',
  'a//b.png',
  '/etc/passwd',
  'a\\b.png',
  '..\\secret.txt',
  'a\nb.png',
  'a\u0000b.png',
  'a\u007fb.png',
  'a\u0085b.png',
  'a\ud800b.png',
]

describe('every path that listBookContents returns', () => {
  const asTree = (paths: readonly string[]): Node =>
    folder('p/b/', ...paths.map((path) => leaf(`p/b/${path}`)))

  test.each([
    ['a tree', asTree],
    ['an array', (paths: readonly string[]) => paths],
  ])('is accepted by downloadAsset and arrives as it was listed, from %s', async (_, form) => {
    const { service, client, log } = serve(form([...HOSTILE, ...LEGAL]))
    const paths = await client.listBookContents('p', 'b')
    expect(paths).toEqual(LEGAL)
    for (const path of paths) expect(await client.downloadAsset('p', 'b', path)).toEqual(BYTES)
    expect(downloaded(service)).toEqual(LEGAL)
    const reason = expect.stringMatching(/^must /)
    const examples = HOSTILE.slice(0, 3).map((path) => ({ path, reason }))
    const route = '/storage/books/{publisher}/{book_name}'
    const warnings = log.all({ level: 'warn' })
    expect(warnings).toEqual([expect.objectContaining({ route, leftOut: HOSTILE.length, examples })])
  })

  test('lies below the root: what does not is left out with a warning', async () => {
    const { client, log } = serve(
      folder('p/b/', leaf('p/other/1.mp3'), leaf('1.mp3'), leaf('p/b/'), leaf('p/b/2.mp3'), leaf('p/b')),
    )
    expect(await client.listBookContents('p', 'b')).toEqual(['2.mp3'])
    expect(log.all({ level: 'warn' })).toMatchObject([{ leftOut: 4 }])
  })

  test('is a string: other values are left out with a warning', async () => {
    const { client, log } = serve([7, null, { path: 'a.mp3' }, ['b.mp3'], 'c.mp3'])
    expect(await client.listBookContents('p', 'b')).toEqual(['c.mp3'])
    expect(log.all({ level: 'warn' })).toMatchObject([{ leftOut: 4 }])
  })

  test('comes from a node: other values are left out with a warning', async () => {
    const { client, log } = serve({
      path: 'p/b/',
      type: 'folder',
      children: [
        null,
        'text',
        7,
        {},
        { path: 'p/b/x', type: 'link', children: [] },
        { path: 'p/b/y/', type: 'folder' },
        { path: 'p/b/z/', type: 'folder', children: {} },
        { type: 'file', children: [] },
        leaf('p/b/1.mp3'),
      ],
    })
    expect(await client.listBookContents('p', 'b')).toEqual(['1.mp3'])
    expect(log.all({ level: 'warn' })).toMatchObject([{ leftOut: 8 }])
  })
})

describe('listBookContents rejects with a response error', () => {
  test.each([
    ['null', () => json(null)],
    ['a string', () => json('audio/1.mp3')],
    ['an object that is no node', () => json({ files: [] })],
    ['a root without children', () => json({ path: 'p/b/', type: 'folder' })],
    ['a root whose children are no list', () => json({ path: 'p/b/', type: 'folder', children: {} })],
    ['a root that is a file', () => json({ path: 'p/b', type: 'file', size: 3 })],
    ['a page of HTML', () => html()],
    ['truncated JSON', () => raw('{"path":"p/b/","type":"fol')],
    ['an empty body', () => raw('')],
    ['204', () => empty(204)],
  ])('for %s', async (_, answer) => {
    const service = new FakeService(answer)
    const client = createClient(service.options)
    const error = await failure(client.listBookContents('p', 'b'), DreamStorageResponseError)
    expect(error).toMatchObject({
      route: '/storage/books/{publisher}/{book_name}',
      status: answer().status,
      attempts: 1,
    })
    expect(service.count('GET')).toBe(1)
  })
})
