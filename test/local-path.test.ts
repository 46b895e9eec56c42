import { mkdir, readFile, readlink, rename, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { DreamStorageFileError, DreamStorageInputError, type MirrorResult } from '../src/index.js'
import { createClient } from './support/client.js'
import { failure } from './support/failure.js'
import { type FileServer, fileNode, folderNode, startFileServer } from './support/file-server.js'
import { bytesBelow, contentsOf, tempFolder } from './support/folder.js'
import { tagged } from './support/stored-file.js'

const LEDGER = '.dream-central-storage.jsonl'
const GOOD = 'audio/good.mp3'
const EVIL = Buffer.from('evil')

interface Setting {
  readonly server: FileServer
  /** The folder of the mirror, in a folder of its own. */
  readonly directory: string
  readonly outer: string
  mirror(prune?: boolean): Promise<MirrorResult>
}

/** A service that sends the same bytes for every path, and lists these. */
async function setUp(paths: readonly string[], asTree = true): Promise<Setting> {
  const server = await startFileServer({}, (_, response) => {
    response.writeHead(200, { 'content-length': EVIL.byteLength, etag: tagged(EVIL).etag ?? '' }).end(EVIL)
    return true
  })
  server.listing = asTree ? folderNode(paths.map((path) => fileNode(path, EVIL.byteLength))) : paths
  const client = createClient({ baseUrl: server.url, token: 'key', retry: { maxRetries: 0 } })
  const outer = await tempFolder()
  const directory = join(outer, 'mirror')
  await mkdir(directory)
  const mirror = (prune = false): Promise<MirrorResult> => client.mirrorBook('p', 'b', directory, { prune })
  return { server, directory, outer, mirror }
}

function failedPaths({ failed }: MirrorResult): string[] {
  return failed.map(({ path }) => path)
}

const HOSTILE = [
  '/etc/dcs-test',
  '//server/share',
  '..',
  '../evil',
  '../../evil',
  'audio/../../evil',
  'audio/..',
  './evil',
  'audio/./evil',
  'audio//evil',
  '..\\evil',
  '\\evil',
  'audio\\..\\..\\evil',
  'C:\\evil',
  'C:/evil',
  'C:evil',
  'z:evil',
  'CON',
  'nul',
  'NUL.txt',
  'aux.mp3',
  'audio/PRN',
  'com1',
  'COM9.tar.gz',
  'audio/lpt1.mp3/x',
  'com¹',
  'CONIN$',
  'evil.',
  'evil ',
  'audio /evil',
  'audio./evil',
  '...',
  'evil\0.mp3',
  'evil\n',
  'evil?',
  'evil*',
  '<evil>',
  '"evil"',
  'ev|il',
  LEDGER,
  LEDGER.toUpperCase(),
  `${LEDGER}.new`,
  `audio/${LEDGER}`,
  '.0123456789abcdef.0123456789abcdef.1.x.part',
]

describe.each([
  ['tree', true],
  ['list of strings', false],
])('in a listing that is a %s', (_, asTree) => {
  test.each(HOSTILE)('the path %j is refused, and nothing is written of it', async (path) => {
    const { mirror, outer, server } = await setUp([path, GOOD], asTree)
    const result = await mirror()
    expect(failedPaths(result)).toHaveLength(1)
    expect(result.failed[0]?.error).toBeInstanceOf(DreamStorageInputError)
    expect(result.failed[0]?.path.endsWith(path)).toBe(true)
    expect(result.downloaded).toEqual([GOOD])
    expect(await contentsOf(outer)).toEqual([`mirror/${LEDGER}`, `mirror/${GOOD}`].sort())
    expect(server.asked.map((asked) => asked.path)).toEqual([GOOD])
  })
})

test.each([
  ['case', 'audio/A.mp3', 'audio/a.mp3'],
  ['the case of a folder', 'audio/a.mp3', 'Audio/a.mp3'],
  ['case beyond ASCII', 'ÇAY.mp3', 'çay.mp3'],
  ['normal form', 'café.mp3'.normalize('NFC'), 'café.mp3'.normalize('NFD')],
  ['case and normal form', 'CAFÉ.mp3'.normalize('NFC'), 'café.mp3'.normalize('NFD')],
  ['nothing', 'audio/a.mp3', 'audio/a.mp3'],
])('of two paths that differ in %s only, one is written and the other is refused', async (_, one, other) => {
  const { mirror, directory } = await setUp([one, other])
  const result = await mirror()
  expect(result.downloaded).toEqual([one])
  expect(failedPaths(result)).toEqual([other])
  expect(await contentsOf(directory)).toEqual([LEDGER, one].sort())
})

test('a path that goes through a file of another path is refused', async () => {
  const { mirror, directory } = await setUp(['audio', 'audio/1.mp3', 'good'])
  const result = await mirror()
  expect(result.downloaded.toSorted()).toEqual(expect.arrayContaining(['good']))
  expect(result.failed).toHaveLength(1)
  expect(result.failed[0]?.error).toBeInstanceOf(DreamStorageFileError)
  const files = await contentsOf(directory)
  expect(files).toHaveLength(3)
})

test('names that are only odd are written', async () => {
  const odd = [
    '.hidden',
    'a..b',
    'con fused',
    'console.txt',
    'nullify',
    'şarkı',
    "o'clock & #1 100%+",
    'a/b/c/d',
  ]
  const { mirror, directory } = await setUp(odd)
  const result = await mirror()
  expect(result.failed).toEqual([])
  expect(await contentsOf(directory)).toEqual([LEDGER, ...odd].sort())
})

describe('a link that stands in the folder', () => {
  test('as a folder is not followed', async () => {
    const { mirror, directory, outer } = await setUp(['audio/evil', 'audio/deep/evil', 'good'])
    const outside = join(outer, 'outside')
    await mkdir(outside)
    await symlink(outside, join(directory, 'audio'))
    const result = await mirror()
    expect(failedPaths(result)).toEqual(['audio/evil', 'audio/deep/evil'])
    for (const { error } of result.failed) expect(error).toBeInstanceOf(DreamStorageFileError)
    expect(result.downloaded).toEqual(['good'])
    expect(await contentsOf(outside)).toEqual([])
  })

  test('as a folder to nowhere is not followed', async () => {
    const { mirror, directory, outer } = await setUp(['audio/evil'])
    await symlink(join(outer, 'nowhere'), join(directory, 'audio'))
    expect(failedPaths(await mirror())).toEqual(['audio/evil'])
    expect(await contentsOf(outer)).toEqual(['mirror/audio'])
  })

  test.each(['outside', 'nowhere'])('as a file is neither followed nor replaced (%s)', async (name) => {
    const { mirror, directory, outer } = await setUp(['evil', 'good'])
    await writeFile(join(outer, 'outside'), 'mine')
    await symlink(join(outer, name), join(directory, 'evil'))
    const result = await mirror()
    expect(failedPaths(result)).toEqual(['evil'])
    expect(result.failed[0]?.error).toBeInstanceOf(DreamStorageFileError)
    expect(await readFile(join(outer, 'outside'), 'utf8')).toBe('mine')
    expect(await readlink(join(directory, 'evil'))).toBe(join(outer, name))
  })

  test.each([LEDGER, `${LEDGER}.new`])('by the name %s writes nothing outside', async (name) => {
    const { mirror, directory, outer } = await setUp(['good'])
    await writeFile(join(outer, 'outside'), 'mine')
    await symlink(join(outer, 'outside'), join(directory, name))
    await mirror().catch((error) => expect(error).toBeInstanceOf(DreamStorageFileError))
    expect(await readFile(join(outer, 'outside'), 'utf8')).toBe('mine')
    await mirror().catch((error) => expect(error).toBeInstanceOf(DreamStorageFileError))
    expect(await readFile(join(outer, 'outside'), 'utf8')).toBe('mine')
  })

  test.each([LEDGER, `${LEDGER}.new`])('by the name %s to nowhere makes nothing there', async (name) => {
    const { mirror, directory, outer } = await setUp(['good'])
    await symlink(join(outer, 'nowhere'), join(directory, name))
    await mirror().catch((error) => expect(error).toBeInstanceOf(DreamStorageFileError))
    expect((await contentsOf(outer)).filter((path) => !path.startsWith('mirror/'))).toEqual([])
  })

  test('where a mirrored folder was does not lead prune outside', async () => {
    const { mirror, server, directory, outer } = await setUp(['audio/1.mp3', 'good'])
    await mirror()
    const outside = join(outer, 'outside')
    await rename(join(directory, 'audio'), outside)
    await symlink(outside, join(directory, 'audio'))
    server.listing = folderNode([fileNode('good', EVIL.byteLength)])
    const result = await mirror(true)
    expect(result.pruned).toEqual([])
    expect(await contentsOf(outside)).toEqual(['1.mp3'])
  })
})

test.each(['../outside', '/outside', 'audio/../../outside', '..\\outside'])(
  'a ledger that says that a mirror wrote %j does not lead prune outside',
  async (path) => {
    const { mirror, directory, outer } = await setUp(['good'])
    const outside = join(outer, 'outside')
    await writeFile(outside, 'mine')
    const { size, mtimeMs } = await stat(outside)
    const line = { publisher: 'p', book_name: 'b', path, size, mtimeMs }
    await writeFile(join(directory, LEDGER), `${JSON.stringify(line)}\n`)
    expect((await mirror(true)).pruned).toEqual([])
    expect(await readFile(outside, 'utf8')).toBe('mine')
  },
)

test.each<[string, string[]]>([
  ['a file where a folder is needed', ['taken/evil']],
  ['a folder where a file is needed', ['folder']],
])('%s fails, stays as it is, and does not stop the others', async (_, paths) => {
  const { mirror, directory } = await setUp([...paths, GOOD])
  await writeFile(join(directory, 'taken'), 'mine')
  await mkdir(join(directory, 'folder', 'below'), { recursive: true })
  await writeFile(join(directory, 'folder', 'below', 'file'), 'mine')
  const result = await mirror()
  expect(failedPaths(result)).toEqual(paths)
  expect(result.failed[0]?.error).toBeInstanceOf(DreamStorageFileError)
  expect(result.downloaded).toEqual([GOOD])
  const files = await bytesBelow(directory)
  expect([...files.keys()]).toEqual([LEDGER, GOOD, 'folder/below/file', 'taken'].sort())
  expect(files.get('taken')?.toString()).toBe('mine')
})

test('a node of a listing that is not below its root is refused', async () => {
  const { mirror, server, outer } = await setUp([])
  const stray = { path: 'p/books/bb/evil', type: 'file', size: 4, children: [] }
  server.listing = folderNode([stray, fileNode(GOOD, 4)])
  const result = await mirror()
  expect(failedPaths(result)).toEqual(['p/books/bb/evil'])
  expect(result.downloaded).toEqual([GOOD])
  expect(await contentsOf(outer)).toEqual([`mirror/${LEDGER}`, `mirror/${GOOD}`].sort())
})

test('downloadAssetToFile writes where it is told, whatever the path of the asset', async () => {
  const { server, outer } = await setUp([])
  const client = createClient({ baseUrl: server.url, token: 'key' })
  await client.downloadAssetToFile('p', 'b', 'CON/aux.', join(outer, 'x'))
  await failure(client.downloadAssetToFile('p', 'b', '../x', join(outer, 'y')), DreamStorageInputError)
  expect(await contentsOf(outer)).toEqual(['x'])
})
