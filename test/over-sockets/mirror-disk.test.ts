import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import {
  access,
  type FileHandle,
  link,
  lstat,
  mkdir,
  open,
  opendir,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  symlink,
  unlink,
  writeFile,
} from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import {
  type DreamCentralStorageClient,
  DreamStorageFileError,
  type MirrorBookOptions,
  type MirrorResult,
} from '../../src/index.js'
import { createClient } from '../support/client.js'
import { failure } from '../support/failure.js'
import { begin, type FileServer, type Interfere, startFileServer } from '../support/file-server.js'
import { bytesBelow, contentsOf, tempFolder } from '../support/folder.js'
import { Moment, until } from '../support/moment.js'
import { noise, replyWith, type StoredFile, tagged } from '../support/stored-file.js'

vi.mock('node:fs/promises', { spy: true })

const { open: realOpen } = await vi.importActual<typeof import('node:fs/promises')>('node:fs/promises')
const LEDGER = '.dream-central-storage.jsonl'

interface Setting {
  readonly server: FileServer
  readonly client: DreamCentralStorageClient
  /** The folder of the mirror, in a folder of its own. */
  readonly folder: string
  readonly outer: string
  mirror(options?: MirrorBookOptions): Promise<MirrorResult>
}

async function setUp(
  files: Readonly<Record<string, StoredFile>>,
  interfere?: Interfere,
  maxRetries = 0,
): Promise<Setting> {
  const server = await startFileServer(files, interfere)
  const retry = { maxRetries, baseDelayMs: 1 }
  const client = createClient({ baseUrl: server.url, token: 'key', retry, circuitBreaker: false })
  const outer = await tempFolder()
  const folder = join(outer, 'mirror')
  await mkdir(folder)
  const mirror = (options?: MirrorBookOptions): Promise<MirrorResult> =>
    client.mirrorBook('p', 'b', folder, options)
  return { server, client, folder, outer, mirror }
}

function filesOf(count: number, folder: string): Record<string, StoredFile> {
  const paths = Array.from({ length: count }, (_, index) => `${folder}/${String(index).padStart(3, '0')}`)
  return Object.fromEntries(paths.map((path, index) => [path, tagged(noise(500, index + 1))]))
}

function failedPaths({ failed }: MirrorResult): string[] {
  return failed.map(({ path }) => path)
}

/** The methods of every open file. */
async function fileMethods(folder: string): Promise<FileHandle> {
  const handle = await open(join(folder, 'probe'), 'w')
  await handle.close()
  await unlink(join(folder, 'probe'))
  return Object.getPrototypeOf(handle)
}

/** The paths in a ledger, which has nothing but whole lines. */
async function notedPaths(folder: string): Promise<string[]> {
  const lines = (await readFile(join(folder, LEDGER), 'utf8')).split('\n').filter((line) => line !== '')
  return lines.map((line) => JSON.parse(line).path)
}

beforeEach(() => {
  vi.restoreAllMocks()
})

describe('a mirror of a flat folder', () => {
  test('reads and makes the folder as often for 400 files as for 10', async () => {
    const counts = []
    for (const files of [filesOf(10, 'flat/deep'), filesOf(400, 'flat/deep')]) {
      const { mirror } = await setUp(files)
      vi.clearAllMocks()
      const { downloaded } = await mirror()
      expect(downloaded).toHaveLength(Object.keys(files).length)
      counts.push([readdir, mkdir].map((spied) => vi.mocked(spied).mock.calls.length))
    }
    expect(counts[1]).toEqual(counts[0])
    // The folder of the mirror and the two below it.
    expect(counts[0]).toEqual([3, 3])
  })

  test('asks the system as often for each of 2 000 files as for each of 100, also the next time', async () => {
    const asked = []
    for (const count of [100, 2_000]) {
      const { mirror } = await setUp(filesOf(count, 'flat'))
      for (let run = 0; run < 2; run++) {
        vi.clearAllMocks()
        await mirror()
        const calls = [open, lstat, realpath, access, rename, unlink, readdir, mkdir, opendir, stat]
        const total = calls.reduce((sum, spied) => sum + vi.mocked(spied).mock.calls.length, 0)
        asked.push(total / count)
      }
    }
    const [first = 0, again = 0, firstOfMany = 0, againOfMany = 0] = asked
    expect(firstOfMany).toBeLessThanOrEqual(first)
    expect(againOfMany).toBeLessThanOrEqual(again)
    expect(again).toBeLessThan(2.5)
  })

  test('writes a small file in one step, in however many pieces it comes', async () => {
    const bytes = noise(20_000)
    const { mirror, folder } = await setUp({ a: tagged(bytes) }, (_, response) => {
      response.writeHead(200, { 'content-length': bytes.byteLength })
      const send = (from: number): void => {
        if (from >= bytes.byteLength) response.end()
        else response.write(bytes.subarray(from, from + 4_000), () => setImmediate(send, from + 4_000))
      }
      send(0)
      return true
    })
    const writev = vi.spyOn(await fileMethods(folder), 'writev')
    expect((await mirror()).downloaded).toEqual(['a'])
    expect(writev).toHaveBeenCalledTimes(1)
    expect((await readFile(join(folder, 'a'))).equals(bytes)).toBe(true)
  })

  test('writes the rest where the system took only a part', async () => {
    const bytes = noise(300_000)
    const { client, folder } = await setUp({ a: tagged(bytes) })
    const methods = await fileMethods(folder)
    const whole = methods.writev
    const writev = vi.spyOn(methods, 'writev').mockImplementation(function (
      this: FileHandle,
      chunks,
      position,
    ) {
      const [first = new Uint8Array()] = chunks as Uint8Array[]
      return whole.call(this, [first.subarray(0, 10_000)], position)
    })
    const { sha256 } = await client.downloadAssetToFile('p', 'b', 'a', join(folder, 'a'))
    expect(writev.mock.calls.length).toBeGreaterThanOrEqual(30)
    expect(sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
    expect((await readFile(join(folder, 'a'))).equals(bytes)).toBe(true)
  })

  test('finds what an earlier mirror left of a file, and asks for the rest only', async () => {
    const file = tagged(noise(400_000))
    let isBroken = true
    const { mirror, server, folder } = await setUp({ 'x/a': file }, ({ range }, response) => {
      if (!isBroken) return false
      begin(response, replyWith(file, range), 200_000)
      setTimeout(() => response.destroy())
      return true
    })
    expect(failedPaths(await mirror())).toEqual(['x/a'])
    expect(await contentsOf(folder)).toEqual([expect.stringMatching(/\.part$/)])
    isBroken = false
    expect((await mirror()).downloaded).toEqual(['x/a'])
    expect(server.asked.at(-1)?.range).toMatch(/^bytes=[1-9]\d*-$/)
    expect(await contentsOf(folder)).toEqual([LEDGER, 'x/a'])
    expect((await readFile(join(folder, 'x/a'))).equals(file.bytes)).toBe(true)
  })

  test.each<readonly [string, (setting: Setting) => Promise<void>]>([
    [
      'is cut while it is copied',
      async ({ folder }) => {
        const methods = await fileMethods(folder)
        const read = methods.read as (...args: unknown[]) => Promise<object>
        vi.spyOn(methods, 'read').mockImplementation(async function (this: FileHandle, ...args: unknown[]) {
          // Its last bytes are compared before.
          return args[3] === 0 ? { bytesRead: 0, buffer: args[0] } : read.apply(this, args)
        } as never)
      },
    ],
    [
      'gets a second name before it is opened',
      async ({ outer }) => {
        vi.mocked(open).mockImplementation(async (path, ...rest) => {
          const isLeft = String(path).endsWith('.part') && typeof rest[0] === 'number'
          if (isLeft) await link(path, join(outer, 'second'))
          return realOpen(path, ...rest)
        })
      },
    ],
  ])('starts again where what was left %s', async (_, interfere) => {
    const file = tagged(noise(400_000))
    let isBroken = true
    const setting = await setUp({ a: file }, ({ range }, response) => {
      if (!isBroken) return false
      begin(response, replyWith(file, range), 200_000)
      setTimeout(() => response.destroy())
      return true
    })
    const { mirror, server, folder } = setting
    expect(failedPaths(await mirror())).toEqual(['a'])
    isBroken = false
    await interfere(setting)
    expect((await mirror()).downloaded).toEqual(['a'])
    expect(server.asked.at(-1)?.range).toBeUndefined()
    expect((await readFile(join(folder, 'a'))).equals(file.bytes)).toBe(true)
  })
})

describe('the ledger of a folder', () => {
  test('has a line for every file of 5 mirrors at once, each line whole', async () => {
    const { server, client, folder } = await setUp({})
    const books = ['b1', 'b2', 'b3', 'b4', 'b5']
    const paths = books.flatMap((book) => Object.keys(filesOf(40, book)))
    for (const path of paths) server.files.set(path, tagged(noise(100)))
    // Every book lists the files of all.
    server.listing = paths
    const results = await Promise.all(books.map((book) => client.mirrorBook('p', book, folder)))
    for (const result of results) expect(result.failed).toEqual([])
    const noted = await notedPaths(folder)
    expect(noted).toHaveLength(results.reduce((sum, { downloaded }) => sum + downloaded.length, 0))
    expect(new Set(noted)).toEqual(new Set(paths))
  })

  test('that becomes a link during a mirror is not followed, and ends the mirror', async () => {
    const { mirror, folder, outer } = await setUp(filesOf(6, 'x'), ({ path }) => {
      if (path.endsWith('000')) void symlink(join(outer, 'outside'), join(folder, LEDGER))
      return false
    })
    const error = await failure(mirror({ concurrency: 1 }), DreamStorageFileError)
    expect(error.path).toBe(join(folder, LEDGER))
    expect(error.message).toContain('the ledger of the mirror is a link')
    expect(await readdir(outer)).toEqual(['mirror'])
  })
})

describe('a folder that is replaced by a link to another during a mirror', () => {
  const FILE = tagged(noise(300_000))

  /** Mirrors two files one after another; `swap` runs when `when` says so, in the middle of the second. */
  async function mirrorAndSwap(when: 'before the headers' | 'in the body', swapped: string) {
    const reached = new Moment()
    const goesOn = new Moment()
    const setting = await setUp({ 'a/b/1': FILE, 'a/b/2': FILE, 'z/3': FILE }, ({ path }, response) => {
      if (path !== 'a/b/2') return false
      if (when === 'in the body') begin(response, replyWith(FILE, undefined), 200_000)
      reached.happen()
      void goesOn.passed.then(() => {
        if (when === 'in the body') response.end(FILE.bytes.subarray(200_000))
        else response.writeHead(200, { 'content-length': FILE.bytes.byteLength }).end(FILE.bytes)
      })
      return true
    })
    const { folder, outer, mirror } = setting
    const outside = join(outer, 'outside')
    const call = mirror({ concurrency: 1 })
    await reached.passed
    const isWriting = async (): Promise<boolean> =>
      (await contentsOf(folder)).some((name) => name.endsWith('.part'))
    if (when === 'in the body') await until(isWriting)
    return { ...setting, call, outside, goOn: goesOn.happen, place: join(folder, swapped) }
  }

  test.each([
    ['before the headers', 'a/b'],
    ['before the headers', 'a'],
    ['in the body', 'a/b'],
    ['in the body', 'a'],
  ] as const)('%s: nothing of the file is written through %s', async (when, swapped) => {
    const { call, outside, goOn, place, folder } = await mirrorAndSwap(when, swapped)
    // The real folder goes outside, so that all that the mirror knows is found through the link.
    await rename(place, outside)
    await symlink(outside, place)
    vi.mocked(open).mockClear()
    goOn()
    const result = await call
    const created = vi.mocked(open).mock.calls.map(([path]) => String(path))
    const expected = [join(folder, 'z'), join(folder, LEDGER)]
    expect(created.filter((path) => !expected.some((start) => path.startsWith(start)))).toEqual([])
    expect(failedPaths(result)).toEqual(['a/b/2'])
    expect(result.failed[0]?.error).toBeInstanceOf(DreamStorageFileError)
    expect(result.downloaded).toEqual(['a/b/1', 'z/3'])
    expect(await contentsOf(outside)).toEqual([swapped === 'a' ? 'b/1' : '1'])
    // A line may be there already for the second: it is of a file that did not take its place.
    expect(await notedPaths(folder)).toEqual(expect.arrayContaining(['a/b/1', 'z/3']))
  })

  test('another folder in its place gets nothing either', async () => {
    const { call, outside, goOn, place } = await mirrorAndSwap('in the body', 'a/b')
    await mkdir(outside)
    await rename(place, `${outside}-old`)
    await symlink(outside, place)
    goOn()
    expect(failedPaths(await call)).toEqual(['a/b/2'])
    expect(await contentsOf(outside)).toEqual([])
  })

  test('one that is removed is made again for the next file', async () => {
    const { mirror, folder } = await setUp(filesOf(3, 'x'), ({ path }, response) => {
      if (!path.endsWith('001')) return false
      void rm(join(folder, 'x'), { recursive: true }).then(() => response.writeHead(200).end('1'))
      return true
    })
    const result = await mirror({ concurrency: 1 })
    expect(failedPaths(result)).toEqual(['x/001'])
    expect([...(await bytesBelow(folder)).keys()]).toEqual([LEDGER, 'x/002'])
  })
})

describe('what appears in the place of a file of a mirror after its folder was read', () => {
  const makers: Record<string, (place: string, outside: string) => Promise<unknown>> = {
    'a FIFO': async (place) => execFileSync('mkfifo', [place]),
    'a socket': (place) => once(createServer().listen(place).unref(), 'listening'),
    'a folder': (place) => mkdir(place),
    'a link': (place, outside) => symlink(outside, place),
  }

  test.each(Object.entries(makers))('is never replaced: %s', async (_, make) => {
    const file = tagged(noise(1_000))
    const { mirror, folder, outer } = await setUp({ 'x/1': file, 'x/2': file }, ({ path }, response) => {
      if (path !== 'x/2') return false
      const place = join(folder, 'x/2')
      void make(place, join(outer, 'outside')).then(() => response.end(file.bytes))
      return true
    })
    const result = await mirror({ concurrency: 1 })
    expect(result.downloaded).toEqual(['x/1'])
    expect(failedPaths(result)).toEqual(['x/2'])
    expect(result.failed[0]?.error).toBeInstanceOf(DreamStorageFileError)
    expect((await lstat(join(folder, 'x/2'))).isFile()).toBe(false)
    expect(await notedPaths(folder)).toEqual(['x/1'])
    expect((await readdir(join(folder, 'x'))).sort()).toEqual(['1', '2'])
    // The next one finds it before anything is sent.
    expect(failedPaths(await mirror())).toEqual(['x/2'])
  })

  test('is replaced if it is a regular file, whose bytes nobody keeps in part', async () => {
    const file = tagged(noise(1_000))
    const { mirror, folder } = await setUp({ 'x/1': file }, (_, response) => {
      void writeFile(join(folder, 'x/1'), 'x'.repeat(5_000)).then(() => response.end(file.bytes))
      return true
    })
    expect((await mirror()).downloaded).toEqual(['x/1'])
    expect((await readFile(join(folder, 'x/1'))).equals(file.bytes)).toBe(true)
  })
})

test('a prune does not go through a folder that was replaced by a link', async () => {
  const { mirror, server, folder, outer } = await setUp({ ...filesOf(2, 'x/y'), a: tagged(noise(5)) })
  await mirror()
  const outside = join(outer, 'outside')
  await rename(join(folder, 'x'), outside)
  await symlink(outside, join(folder, 'x'))
  for (const path of Object.keys(filesOf(2, 'x/y'))) server.files.delete(path)
  const result = await mirror({ prune: true })
  expect([result.pruned, failedPaths(result).toSorted()]).toEqual([[], ['x/y/000', 'x/y/001']])
  expect(await contentsOf(outside)).toEqual(['y/000', 'y/001'])
})
