import { execFileSync } from 'node:child_process'
import {
  appendFile,
  link,
  mkdir,
  open,
  readFile,
  rename,
  symlink,
  truncate,
  unlink,
  writeFile,
} from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { DreamStorageFileError } from '../../src/index.js'
import { failure } from '../support/failure.js'
import { fileNode, folderNode } from '../support/file-server.js'
import { contentsOf, tempFolder } from '../support/folder.js'
import { LEDGER, notedPaths, setUpMirror } from '../support/mirror.js'
import { Moment } from '../support/moment.js'
import { noise, type StoredFile, tagged } from '../support/stored-file.js'

vi.mock('node:fs/promises', { spy: true })
afterEach(() => void vi.resetAllMocks())

const FILES = Object.fromEntries(
  ['x/1', 'x/2', 'x/3', 'y/1', 'y/2', 'y/3'].map((path, seed) => [path, tagged(noise(100, seed + 1))]),
)

/** A listing of these files. */
function listOf(files: Readonly<Record<string, StoredFile>>, folder: string): object {
  const paths = Object.keys(files).filter((path) => path.startsWith(folder))
  return folderNode(paths.map((path) => fileNode(path, files[path]?.bytes.byteLength ?? 0)))
}

describe('the ledger of a folder with several books', () => {
  test('loses nothing of a mirror that ends while another book is pruned', async () => {
    const [reached, goesOn] = [new Moment(), new Moment()]
    const { server, mirror, folder } = await setUpMirror(FILES, ({ path, index }, response) => {
      if (path !== 'x/3' || index > 0) return false
      reached.happen()
      void goesOn.passed.then(() => response.writeHead(200, { 'content-length': 3 }).end('new'))
      return true
    })
    server.listing = listOf({ 'x/1': tagged(noise(100, 1)), 'x/2': tagged(noise(100, 2)) }, 'x/')
    await mirror({}, 'b1')
    server.listing = folderNode([fileNode('x/3', 3)])
    const pruning = mirror({ prune: true }, 'b1')
    await reached.passed
    server.listing = listOf(FILES, 'y/')
    await mirror({}, 'b2')
    goesOn.happen()
    const { downloaded, pruned, failed } = await pruning
    expect([downloaded, pruned.sort(), failed]).toEqual([['x/3'], ['x/1', 'x/2'], []])
    expect(await notedPaths(folder, 'b1')).toEqual(['x/3'])
    expect(await notedPaths(folder, 'b2')).toEqual(['y/1', 'y/2', 'y/3'])

    // So a changed file of the other book is found.
    server.files.set('y/2', tagged(noise(100, 77)))
    expect((await mirror({}, 'b2')).downloaded).toEqual(['y/2'])
  })

  test('keeps the entry of a file that another mirror wrote while the older one of it was pruned', async () => {
    const { server, mirror, folder } = await setUpMirror({ a: tagged(noise(10)), b: tagged(noise(10)) })
    await mirror()
    const before = await readFile(join(folder, LEDGER), 'utf8')
    server.listing = folderNode([fileNode('b', 10)])
    vi.mocked(unlink).mockImplementationOnce(async (file) => {
      // Another process wrote it again in this moment, and noted it.
      const { default: original } = await vi.importActual<{ default: typeof import('node:fs/promises') }>(
        'node:fs/promises',
      )
      await original.unlink(file)
      await writeFile(file, 'again')
      const [line = ''] = before.split('\n').filter((text) => text.includes('"a"'))
      await appendFile(
        join(folder, LEDGER),
        `${JSON.stringify({ ...JSON.parse(line), mtimeMs: 7, size: 5 })}\n`,
      )
    })
    expect((await mirror({ prune: true })).pruned).toEqual(['a'])
    const entries = (await readFile(join(folder, LEDGER), 'utf8'))
      .split('\n')
      .filter((text) => text.includes('"a"'))
    expect(entries.map((text) => JSON.parse(text).removed)).toEqual([undefined, undefined, true])
    // The next prune still finds the newer entry: the file is not as it says, and stays.
    expect((await mirror({ prune: true })).pruned).toEqual([])
    expect(await contentsOf(folder)).toContain('a')
  })

  test('is not written anew: whoever has it open keeps it', async () => {
    const { server, mirror, ledger } = await setUpMirror(FILES)
    await mirror()
    const file = await open(ledger, 'r')
    server.listing = folderNode([fileNode('x/1', 100)])
    expect((await mirror({ prune: true })).pruned).toHaveLength(5)
    expect((await file.readFile('utf8')).match(/"removed":true/g)).toHaveLength(5)
    await file.close()
    // What was pruned is not pruned again.
    const text = await readFile(ledger, 'utf8')
    expect((await mirror({ prune: true })).unchanged).toEqual(['x/1'])
    expect(await readFile(ledger, 'utf8')).toBe(text)
  })

  test('of version 0.1.0 is understood: what it has is unchanged, and is pruned', async () => {
    const { server, mirror, ledger } = await setUpMirror(FILES)
    await mirror()
    // That version wrote the same lines; its prune wrote the file anew, without empty lines.
    const lines = (await readFile(ledger, 'utf8')).split('\n').filter((line) => line !== '')
    await writeFile(`${ledger}.new`, `${lines.join('\n')}\n`)
    await rename(`${ledger}.new`, ledger)
    expect((await mirror()).unchanged).toHaveLength(6)
    server.listing = listOf(FILES, 'x/')
    expect((await mirror({ prune: true })).pruned.toSorted()).toEqual(['y/1', 'y/2', 'y/3'])
  })

  test.each(['{"publisher":"p","book_na', '\n{"cut', 'x'.repeat(5_000)])(
    'has the first line after one that was cut (%#)',
    async (cut) => {
      const { mirror, ledger, server } = await setUpMirror({ a: tagged(noise(10)) })
      await writeFile(ledger, cut)
      expect((await mirror()).downloaded).toEqual(['a'])
      server.asked.splice(0)
      expect((await mirror()).unchanged).toEqual(['a'])
      expect(server.asked.map(({ range }) => range)).toEqual(['bytes=0-0'])
    },
  )
})

describe('a ledger that cannot be used is a file error that names it, and nothing is downloaded:', () => {
  const makers: ReadonlyArray<
    readonly [what: string, make: (ledger: string, outside: string) => unknown, message: RegExp]
  > = [
    ['a link', (ledger, outside) => symlink(outside, ledger), /is a link/],
    ['a link to nothing', (ledger, outside) => symlink(`${outside}-none`, ledger), /is a link/],
    ['a second name of a file', (ledger, outside) => link(outside, ledger), /is a hard link/],
    ['a folder', (ledger) => mkdir(ledger), /is not a regular file/],
    ['a FIFO', (ledger) => execFileSync('mkfifo', [ledger]), /is not a regular file/],
    [
      'a file of 2 GiB',
      (ledger) => writeFile(ledger, '').then(() => truncate(ledger, 2 ** 31)),
      /is too large/,
    ],
    ['a file of 600 MB', (ledger) => writeFile(ledger, '').then(() => truncate(ledger, 6e8)), /is too large/],
  ]

  test.each(makers)('%s', async (_, make, message) => {
    const { mirror, ledger, server, folder } = await setUpMirror(FILES)
    const outside = join(await tempFolder(), 'outside')
    await writeFile(outside, 'mine')
    await make(ledger, outside)
    const error = await failure(mirror({ prune: true }), DreamStorageFileError)
    expect(error.path).toBe(ledger)
    expect(error.message).toMatch(message)
    expect(server.asked).toEqual([])
    expect(await readFile(outside, 'utf8')).toBe('mine')
    expect(await contentsOf(folder)).toEqual((await contentsOf(folder)).filter((name) => name === LEDGER))
  })

  test('a socket', async () => {
    const { mirror, ledger, server } = await setUpMirror(FILES)
    const listener = createServer().listen(ledger)
    const error = await failure(mirror(), DreamStorageFileError)
    listener.close()
    expect(error.path).toBe(ledger)
    expect(server.asked).toEqual([])
  })

  /** The system refuses to open the ledger for writing. */
  async function makeReadOnly(ledger: string): Promise<void> {
    const { open: really } = await vi.importActual<typeof import('node:fs/promises')>('node:fs/promises')
    vi.mocked(open).mockImplementation(async (path, flags, mode) => {
      if (path === ledger && flags !== undefined && (Number(flags) & 3) !== 0) {
        throw Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES', syscall: 'open' })
      }
      return really(path, flags, mode)
    })
  }

  test('one that is read-only, when there is something to download', async () => {
    const { mirror, ledger, server, folder } = await setUpMirror(FILES)
    await writeFile(ledger, '')
    await makeReadOnly(ledger)
    const error = await failure(mirror(), DreamStorageFileError)
    expect(error).toMatchObject({ path: ledger, cause: { code: 'EACCES' } })
    expect(server.asked).toEqual([])
    expect(await contentsOf(folder)).toEqual([LEDGER])
  })

  test('one that is read-only, when there is something to prune, which stays', async () => {
    const { mirror, ledger, server, folder } = await setUpMirror(FILES)
    await mirror()
    await makeReadOnly(ledger)
    expect((await mirror({ prune: true })).unchanged).toHaveLength(6)
    server.listing = listOf(FILES, 'x/')
    expect(await failure(mirror({ prune: true }), DreamStorageFileError)).toMatchObject({ path: ledger })
    expect(await contentsOf(folder)).toEqual([LEDGER, ...Object.keys(FILES)])
  })
})

describe('a ledger that becomes unusable during a mirror ends it with a file error that names it:', () => {
  test('a second name', async () => {
    const { mirror, ledger, folder } = await setUpMirror(FILES, ({ path }) => {
      if (path === 'x/2') void link(ledger, join(folder, 'second'))
      return false
    })
    const error = await failure(mirror({ concurrency: 1 }), DreamStorageFileError)
    expect(error.path).toBe(ledger)
    expect(error.message).toMatch(/hard link/)
    expect(await notedPaths(folder)).toEqual(['x/1'])
  })

  test('a line that is written in part only; the next mirror brings what it did not note', async () => {
    const { mirror, ledger, folder } = await setUpMirror(FILES)
    const { open: really } = await vi.importActual<typeof import('node:fs/promises')>('node:fs/promises')
    vi.mocked(open).mockImplementation(async (path, flags, mode) => {
      const file = await really(path, flags, mode)
      if (path === ledger && (Number(flags) & 3) !== 0) {
        const write = file.write.bind(file)
        vi.spyOn(file, 'write').mockImplementation(((bytes: Uint8Array) =>
          write(bytes.subarray(0, 20))) as never)
      }
      return file
    })
    const error = await failure(mirror({ concurrency: 1 }), DreamStorageFileError)
    expect(error).toMatchObject({ path: ledger, message: expect.stringMatching(/in part only/) })
    vi.resetAllMocks()
    expect((await mirror()).downloaded).toHaveLength(6)
    expect((await mirror()).unchanged).toHaveLength(6)
    expect(await contentsOf(folder)).toEqual([LEDGER, ...Object.keys(FILES)])
  })
})
