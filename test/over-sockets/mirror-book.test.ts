import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  type DreamCentralStorageClient,
  DreamStorageFileError,
  DreamStorageInputError,
  DreamStorageResponseError,
  DreamStorageServerError,
  type MirrorBookOptions,
  type MirrorResult,
  type Progress,
} from '../../src/index.js'
import type { Dialect, MockServer } from '../../src/testing/index.js'
import { createClient, type TestOptions } from '../support/client.js'
import { failure, rejection } from '../support/failure.js'
import {
  begin,
  type FileServer,
  fileNode,
  folderNode,
  type Interfere,
  startFileServer,
} from '../support/file-server.js'
import { bytesBelow, contentsOf, tempFolder } from '../support/folder.js'
import { MemoryLog } from '../support/memory-log.js'
import { Moment, until } from '../support/moment.js'
import { startMock } from '../support/start-mock.js'
import { noise, replyWith, type StoredFile, tagged } from '../support/stored-file.js'

const LEDGER = '.dream-central-storage.jsonl'
const BRAINS = ['Universal ELT', 'BRAINS'] as const
const DIALECTS: Dialect[] = ['2025', '2026']

/** What a mirror did, in order and without the errors. */
function summary({ downloaded, unchanged, failed, pruned }: MirrorResult): object {
  return {
    downloaded: downloaded.toSorted(),
    unchanged: unchanged.toSorted(),
    failed: failed.map(({ path }) => path).sort(),
    pruned: pruned.toSorted(),
  }
}

/** The statuses of the answers to the requests for files since `from`. */
function objectStatuses({ service }: MockServer, from: number): Array<number | undefined> {
  const requests = service.requests.slice(from).filter(({ path }) => path.includes('/object?'))
  return requests.map(({ status }) => status)
}

/** The digest of every file; to compare the bytes themselves takes the test runner minutes. */
function digests(files: Map<string, Buffer>): string[] {
  return Array.from(files, ([path, bytes]) => `${path} ${createHash('sha256').update(bytes).digest('hex')}`)
}

async function withoutLedger(folder: string): Promise<Map<string, Buffer>> {
  const files = await bytesBelow(folder)
  files.delete(LEDGER)
  return files
}

describe.each(DIALECTS)('a mirror of a book of the service of %s', (dialect) => {
  async function setUp(options: Partial<TestOptions> = {}) {
    const mock = await startMock({ dialect })
    const client = createClient({ baseUrl: mock.url, ...options })
    return { mock, client, folder: join(await tempFolder(), 'new', 'folder') }
  }

  /** Publisher and name of every book that has content. */
  async function published(client: DreamCentralStorageClient): Promise<Array<readonly [string, string]>> {
    const books = await client.getBooks()
    return books.flatMap(({ status, publisher, book_name }) =>
      status === 'published' && publisher ? [[publisher, book_name] as const] : [],
    )
  }

  test('has every file byte by byte, of every book, and a second run downloads nothing', async () => {
    const { mock, client, folder } = await setUp()
    const books = await published(client)
    expect(books.length).toBeGreaterThan(5)
    for (const [index, book] of books.entries()) {
      const directory = join(folder, String(index))
      const paths = await client.listBookContents(...book)
      const unsendable = paths.filter((path) => path.endsWith('şarkı.mp3'))
      const good = paths.filter((path) => !unsendable.includes(path)).sort()

      const first = await client.mirrorBook(...book, directory)
      const none = { downloaded: [], unchanged: [], failed: [], pruned: [] }
      expect(summary(first)).toEqual({ ...none, downloaded: good, failed: unsendable })
      for (const { error } of first.failed) expect(error).toBeInstanceOf(DreamStorageServerError)
      const files = await withoutLedger(directory)
      expect([...files.keys()]).toEqual(good)
      let bytes = 0
      for (const [path, content] of files) {
        expect(content.equals(await client.downloadAsset(...book, path))).toBe(true)
        bytes += content.byteLength
      }
      expect(first.bytes).toBe(bytes)

      const before = mock.service.requests.length
      const second = await client.mirrorBook(...book, directory)
      expect(summary(second)).toEqual({ ...none, unchanged: good, failed: unsendable })
      expect(second.bytes).toBe(0)
      // In 2025 nothing is asked at all; in 2026 for a byte of each, to compare the tags.
      const statuses = objectStatuses(mock, before)
      if (dialect === '2025') expect(statuses).toEqual(unsendable.map(() => 500))
      else {
        const empty = [...files.values()].filter(({ byteLength }) => byteLength === 0).length
        expect(statuses.filter((status) => status === 206)).toHaveLength(good.length - empty)
        expect(statuses.filter((status) => status === 200)).toHaveLength(empty)
      }
      expect(digests(await withoutLedger(directory))).toEqual(digests(files))
    }
  })

  test('brings a file that is missing, and one of another size, and only those', async () => {
    const { client, folder } = await setUp()
    const { downloaded } = await client.mirrorBook(...BRAINS, folder)
    const [gone = '', cut = ''] = downloaded
    const before = await withoutLedger(folder)
    await rm(join(folder, gone))
    await writeFile(join(folder, cut), 'x')
    const result = await client.mirrorBook(...BRAINS, folder)
    expect(result.downloaded.toSorted()).toEqual([gone, cut].sort())
    expect(result.unchanged).toHaveLength(downloaded.length - 2)
    expect(digests(await withoutLedger(folder))).toEqual(digests(before))
  })

  test('brings a file whose size has changed', async () => {
    const { mock, client, folder } = await setUp()
    await client.mirrorBook(...BRAINS, folder)
    const path = mock.service.putObject(...BRAINS, 'audio/1.mp3', 'another')
    expect((await client.mirrorBook(...BRAINS, folder)).downloaded).toEqual([path])
    expect(await readFile(join(folder, path), 'utf8')).toBe('another')
  })

  test('without a ledger brings everything again if there are tags to note, and goes by the sizes if not', async () => {
    const { client, folder } = await setUp()
    const { downloaded } = await client.mirrorBook(...BRAINS, folder)
    await rm(join(folder, LEDGER))
    const again = await client.mirrorBook(...BRAINS, folder)
    const paths = dialect === '2025' ? again.unchanged : again.downloaded
    expect(paths.toSorted()).toEqual(downloaded.toSorted())
  })

  test.runIf(dialect === '2026')('brings an object that has changed but for its size', async () => {
    const { mock, client, folder } = await setUp()
    mock.service.putObject(...BRAINS, 'audio/1.mp3', 'one two')
    await client.mirrorBook(...BRAINS, folder)
    const path = mock.service.putObject(...BRAINS, 'audio/1.mp3', 'two one')
    const result = await client.mirrorBook(...BRAINS, folder)
    expect(result.downloaded).toEqual([path])
    expect(await readFile(join(folder, path), 'utf8')).toBe('two one')
    expect((await client.mirrorBook(...BRAINS, folder)).downloaded).toEqual([])
  })

  test('prunes what a mirror wrote and the listing no longer has, if it is told to', async () => {
    const { mock, client, folder } = await setUp()
    const path = mock.service.putObject(...BRAINS, 'extra/deep/1.txt', 'extra')
    await client.mirrorBook(...BRAINS, folder)
    const books = await client.getBooks()
    const id = books.find(({ book_name }) => book_name === 'BRAINS')?.id ?? 0
    mock.service.removeBook(id)
    mock.service.addBook({ publisher: BRAINS[0], book_name: BRAINS[1], language: 'en', files: { a: 'a' } })
    await writeFile(join(folder, 'mine.txt'), 'mine')
    const kept = await client.mirrorBook(...BRAINS, folder)
    expect(kept.pruned).toEqual([])
    const files = [...(await withoutLedger(folder)).keys()]
    expect(files).toContain(path)
    const result = await client.mirrorBook(...BRAINS, folder, { prune: true })
    expect(result.pruned).toContain(path)
    const left = [...(await withoutLedger(folder)).keys()]
    expect(left).toEqual([...result.unchanged, 'mine.txt'].sort())
    expect((await client.mirrorBook(...BRAINS, folder, { prune: true })).pruned).toEqual([])
  })

  test('of a book that nobody knows is empty, and prunes nothing', async () => {
    const { mock, client, folder } = await setUp()
    const { downloaded } = await client.mirrorBook(...BRAINS, folder)
    const id = (await client.getBooks()).find(({ book_name }) => book_name === 'BRAINS')?.id ?? 0
    mock.service.removeBook(id)
    const result = await client.mirrorBook(...BRAINS, folder, { prune: true })
    expect(summary(result)).toEqual({ downloaded: [], unchanged: [], failed: [], pruned: [] })
    const fresh = join(folder, 'fresh')
    expect(summary(await client.mirrorBook(...BRAINS, fresh))).toEqual(summary(result))
    expect(existsSync(fresh)).toBe(false)
    expect([...(await withoutLedger(folder)).keys()]).toEqual(downloaded.toSorted())
  })
})

interface Setting {
  readonly server: FileServer
  readonly client: DreamCentralStorageClient
  readonly folder: string
  mirror(options?: MirrorBookOptions): Promise<MirrorResult>
}

function filesOf(count: number, length = 2_000): Record<string, StoredFile> {
  const entries = Array.from({ length: count }, (_, index) => {
    const name = `folder/${String(index).padStart(3, '0')}`
    return [name, tagged(noise(length, index + 1))] as const
  })
  return Object.fromEntries(entries)
}

async function setUp(
  files: Readonly<Record<string, StoredFile>>,
  interfere?: Interfere,
  options: Partial<TestOptions> = {},
): Promise<Setting> {
  const server = await startFileServer(files, interfere)
  const client = createClient({
    baseUrl: server.url,
    token: 'key',
    retry: { maxRetries: 0 },
    circuitBreaker: false,
    ...options,
  })
  const folder = await tempFolder()
  const mirror = (more?: MirrorBookOptions): Promise<MirrorResult> =>
    client.mirrorBook('p', 'b', folder, more)
  return { server, client, folder, mirror }
}

describe('a mirror', () => {
  test.each([1, 3, undefined, 8])(
    'has at most so many files under way at a time: %s',
    async (concurrency) => {
      let underWay = 0
      let most = 0
      const limit = concurrency ?? 4
      const held: Array<() => void> = []
      const { mirror } = await setUp(filesOf(20), (_, response) => {
        most = Math.max(most, ++underWay)
        held.push(() => {
          underWay--
          response.writeHead(200, { 'content-length': 2_000 }).end(noise(2_000))
        })
        // No request is answered before all that are allowed at a time have arrived.
        if (held.length >= Math.min(limit, 20 - answered)) {
          answered += held.length
          for (const answer of held.splice(0)) answer()
        }
        return true
      })
      let answered = 0
      const result = await mirror(concurrency === undefined ? {} : { concurrency })
      expect(result.downloaded).toHaveLength(20)
      expect(most).toBe(limit)
    },
  )

  test('with more files at a time than connections loses none of them to its own queue', async () => {
    const held: Array<() => void> = []
    const { mirror } = await setUp(
      filesOf(12, 10),
      (_, response) => {
        held.push(() => response.writeHead(200, { 'content-length': 10 }).end('0123456789'))
        // Longer than the limit of the wait for a connection.
        setTimeout(() => held.shift()?.(), 60)
        return true
      },
      { maxConnections: 2, timeouts: { queueMs: 50 } },
    )
    const result = await mirror({ concurrency: 12 })
    expect(result.failed).toEqual([])
    expect(result.downloaded).toHaveLength(12)
  })

  test('goes on with the other files when one fails, and brings it the next time', async () => {
    let isBroken = true
    const files = filesOf(6)
    const { mirror, folder } = await setUp(files, ({ path }, response) => {
      if (!isBroken || !path.endsWith('2')) return false
      response.writeHead(500).end()
      return true
    })
    const first = await mirror()
    expect(first.failed.map(({ path }) => path)).toEqual(['folder/002'])
    expect(first.failed[0]?.error).toBeInstanceOf(DreamStorageServerError)
    expect(first.downloaded).toHaveLength(5)
    expect(await contentsOf(folder)).not.toContain('folder/002')
    isBroken = false
    expect(await mirror()).toMatchObject({ downloaded: ['folder/002'], failed: [] })
  })

  test('tells the call of what cannot be written, in the error and in a line of the log', async () => {
    const log = new MemoryLog()
    const files = { a: tagged(noise(10)), CON: tagged(noise(10)), dir: tagged(noise(10)) }
    const { mirror, server, folder } = await setUp(files, undefined, { logger: log.logger })
    await mkdir(join(folder, 'dir'))
    server.listing = folderNode([
      ...['a', 'CON', 'dir'].map((path) => fileNode(path, 10)),
      fileNode('../evil', 1),
    ])
    const { failed } = await mirror()
    const [{ requestId = '' } = {}] = log.all({ level: 'debug', msg: 'attempt' })
    expect(requestId).not.toBe('')
    expect(failed.map(({ path }) => path).sort()).toEqual(['../evil', 'CON', 'dir'])
    const call = { method: 'GET', route: '/storage/books/{publisher}/{book_name}/object', requestId }
    for (const { error } of failed) expect(error).toMatchObject(call)
    // The listing was asked for, the file that cannot be written was not.
    const attempts = failed.map(({ path, error }) => [path, error.attempts])
    expect(Object.fromEntries(attempts)).toEqual({ '../evil': 1, CON: 1, dir: 0 })
    const told = log.lines.filter(({ level }) => level === 'error' || level === 'warn')
    expect(told.map((line) => line.requestId)).toEqual(failed.map(() => requestId))
  })

  test('that was aborted rejects with the reason, and goes on the next time where it was', async () => {
    const files = { ...filesOf(10), 'folder/005': tagged(noise(200_000)) }
    const begun = new Moment()
    let isHeld = true
    const { mirror, server, folder } = await setUp(files, ({ path, range }, response) => {
      if (!isHeld || path !== 'folder/005') return false
      begin(response, replyWith(files['folder/005'], range), 100_000)
      begun.happen()
      return true
    })
    const controller = new AbortController()
    const reason = new Error('Ctrl-C')
    // With one file at a time: five are through, and the sixth has begun to arrive.
    const call = rejection(mirror({ concurrency: 1, signal: controller.signal }))
    await begun.passed
    await until(async () => {
      const part = (await contentsOf(folder)).find((name) => name.endsWith('.part'))
      return part !== undefined && (await stat(join(folder, part))).size > 0
    })
    controller.abort(reason)
    expect(await call).toBe(reason)
    const requests = server.asked.length
    expect(requests).toBe(6)

    isHeld = false
    const result = await mirror({ concurrency: 1 })
    expect(result.failed).toEqual([])
    expect(result.unchanged).toEqual(Object.keys(files).slice(0, 5))
    expect(result.downloaded).toEqual(Object.keys(files).slice(5))
    const written = await withoutLedger(folder)
    expect([...written.keys()]).toEqual(Object.keys(files))
    for (const [path, content] of written)
      expect(content.equals(files[path as 'folder/005'].bytes)).toBe(true)
  })

  test('that was aborted before sends nothing', async () => {
    const { mirror, server } = await setUp(filesOf(1))
    expect(await rejection(mirror({ signal: AbortSignal.abort('no') }))).toBe('no')
    expect(server.requests).toEqual([])
  })

  test('writes nothing more once it has rejected', async () => {
    const controller = new AbortController()
    const { mirror, server, folder } = await setUp(filesOf(30), () => {
      if (server.asked.length === 10) controller.abort('enough')
      return false
    })
    expect(await rejection(mirror({ signal: controller.signal }))).toBe('enough')
    const [names, requests] = [await contentsOf(folder), server.asked.length]
    for (let turn = 0; turn < 200; turn++) await new Promise(setImmediate)
    expect(await contentsOf(folder)).toEqual(names)
    expect(server.asked).toHaveLength(requests)
  })

  test('tells how far it is, with files and bytes, and all of it once at the end', async () => {
    const { mirror } = await setUp(filesOf(5))
    const seen: Progress[] = []
    await mirror({ onProgress: (progress) => seen.push(progress) })
    expect(seen.at(-1)).toMatchObject({ transferred: 10_000, total: 10_000, files: { done: 5, total: 5 } })
    const transferred = seen.map((progress) => progress.transferred)
    expect(transferred).toEqual(transferred.toSorted((a, b) => a - b))
    seen.splice(0)
    await mirror({ onProgress: (progress) => seen.push(progress) })
    expect(seen.at(-1)).toMatchObject({ transferred: 10_000, total: 10_000, files: { done: 5, total: 5 } })
  })

  test('takes the list of paths of the service’s guide', async () => {
    const { mirror, server, folder, client } = await setUp(filesOf(3))
    server.listing = ['folder/', 'folder/000', 'folder/002']
    expect((await mirror()).downloaded).toEqual(['folder/000', 'folder/002'])
    expect(client.stats().requests).toEqual({ calls: 3, attempts: 3, retries: 0 })
    expect((await mirror()).unchanged).toEqual(['folder/000', 'folder/002'])
    expect([...(await withoutLedger(folder)).keys()]).toEqual(['folder/000', 'folder/002'])
  })

  test('rejects when the listing fails, and leaves the folder as it was', async () => {
    const { mirror, server, folder } = await setUp({})
    server.listing = { nonsense: true }
    await writeFile(join(folder, 'mine'), 'mine')
    await failure(mirror({ prune: true }), DreamStorageResponseError)
    expect(await contentsOf(folder)).toEqual(['mine'])
  })

  test('of another book in the same folder does not prune the first', async () => {
    const { client, server, folder } = await setUp({ 'one/a': tagged(noise(10)) })
    await client.mirrorBook('p', 'b', folder)
    server.files.clear()
    server.files.set('two/b', tagged(noise(10)))
    const result = await client.mirrorBook('p', 'c', folder, { prune: true })
    expect(result.pruned).toEqual([])
    expect([...(await withoutLedger(folder)).keys()]).toEqual(['one/a', 'two/b'])
  })

  test('does not prune what was changed after it was written', async () => {
    const { mirror, server, folder } = await setUp({ a: tagged(noise(10)), b: tagged(noise(10)) })
    await mirror()
    await writeFile(join(folder, 'a'), 'mine, and longer')
    server.files.delete('a')
    expect((await mirror({ prune: true })).pruned).toEqual([])
    expect(await readFile(join(folder, 'a'), 'utf8')).toBe('mine, and longer')
  })

  test('does not prune what the listing still has, though it cannot be mirrored any more', async () => {
    const { mirror, server, folder } = await setUp({ 'x/A': tagged(noise(10)) })
    await mirror()
    server.files.clear()
    server.files.set('x/a', tagged(noise(20)))
    server.files.set('x/A', tagged(noise(10)))
    const result = await mirror({ prune: true })
    expect(result.pruned).toEqual([])
    expect(await contentsOf(folder)).toContain('x/A')
  })

  test('survives a ledger that is nonsense or was cut', async () => {
    const { mirror, folder } = await setUp(filesOf(3))
    await mirror()
    const text = await readFile(join(folder, LEDGER), 'utf8')
    await writeFile(join(folder, LEDGER), `${text.slice(0, -20)}\n{}\n[]\nnull\n7\nnonsense`)
    const again = await mirror({ prune: true })
    // The file of the line that was cut is no longer known.
    expect(again.unchanged).toHaveLength(2)
    expect(again.downloaded).toHaveLength(1)
    expect(again.pruned).toEqual([])
  })

  test('keeps no names of its own in the folder but the ledger', async () => {
    const { mirror, folder } = await setUp(filesOf(3))
    await mirror()
    expect(await contentsOf(folder)).toEqual([LEDGER, ...Object.keys(filesOf(3))].sort())
  })

  test('goes into a folder that is reached by a link', async () => {
    const { client, folder } = await setUp(filesOf(1))
    const link = join(await tempFolder(), 'link')
    await symlink(folder, link)
    await client.mirrorBook('p', 'b', link)
    expect(await contentsOf(await realpath(link))).toContain('folder/000')
  })

  test('into something that is no folder is a file error, and nothing is sent', async () => {
    const { client, server, folder } = await setUp(filesOf(1))
    const file = join(folder, 'file')
    await writeFile(file, 'mine')
    const error = await failure(client.mirrorBook('p', 'b', file), DreamStorageFileError)
    expect(error).toMatchObject({ path: file, method: 'GET', requestId: expect.any(String), attempts: 0 })
    await failure(client.mirrorBook('p', 'b', join(file, 'below')), DreamStorageFileError)
    expect(server.requests).toEqual([])
    expect(await readFile(file, 'utf8')).toBe('mine')
  })

  test.each([
    ['', {}],
    ['x', { concurrency: 0 }],
    ['x', { concurrency: 1.5 }],
    ['x', { concurrency: '4' }],
    ['x', { prune: 1 }],
    ['x', { resume: true }],
  ])('to %j with %j is an input error, and nothing is sent', async (directory, options) => {
    const { client, server } = await setUp({})
    await failure(
      client.mirrorBook('p', 'b', directory, options as MirrorBookOptions),
      DreamStorageInputError,
    )
    expect(server.requests).toEqual([])
  })
})
