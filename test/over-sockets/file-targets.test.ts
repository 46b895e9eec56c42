import { execFileSync } from 'node:child_process'
import { chmod, lstat, mkdir, readFile, readlink, rename, stat, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { DreamStorageFileError } from '../../src/index.js'
import { BYTES, type holdFirst, OF_2026, onlyFile, setUp, writes } from '../support/download-setting.js'
import { failure } from '../support/failure.js'
import { begin } from '../support/file-server.js'
import { contentsOf } from '../support/folder.js'
import { Moment } from '../support/moment.js'
import { replyWith } from '../support/stored-file.js'

type Make = (path: string) => void | Promise<void>

const makeFifo: Make = (path) => void execFileSync('mkfifo', [path])

async function makeSocket(path: string): Promise<void> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(path, resolve))
  onTestFinished(() => void server.close())
}

/** Whether this user may make devices; only root may, and not in every container. */
const mayMakeDevices = process.getuid?.() === 0 && process.platform === 'linux'
const makeDevice: Make = (path) => void execFileSync('mknod', [path, 'c', '1', '3'])

const SPECIAL: ReadonlyArray<[what: string, make: Make]> = [
  ['FIFO', makeFifo],
  ['socket', makeSocket],
  ...(mayMakeDevices ? [['device', makeDevice] as [string, Make]] : []),
]

describe.skipIf(process.platform === 'win32')('a download', () => {
  test.each([
    ...SPECIAL,
    ['folder', (path) => mkdir(path)],
    [
      'link to a FIFO',
      async (path) => {
        makeFifo(`${path}-fifo`)
        await symlink(`${path}-fifo`, path)
      },
    ],
    ['link to itself', (path) => symlink(path, path)],
    ['link to a folder', (path) => symlink('.', path)],
  ] as Array<[string, Make]>)('to a %s is a file error, sends nothing and leaves it', async (_, make) => {
    const { download, folder, target, server } = await setUp(OF_2026)
    await make(target)
    const before = await lstat(target)
    const names = await contentsOf(folder)
    const error = await failure(download(), DreamStorageFileError)
    expect(error.path).toContain(target.slice(0, -4))
    expect(server.requests).toEqual([])
    expect(await lstat(target)).toMatchObject({ ino: before.ino, mode: before.mode, rdev: before.rdev })
    expect(await contentsOf(folder)).toEqual(names)
  })

  test.each(SPECIAL)('does not replace a %s that appears while it lasts', async (_, make) => {
    const { interfere, goOn, begun } = holdInTheMiddle()
    const { download, folder, target } = await setUp(OF_2026, interfere)
    const call = failure(download({ resume: true, onProgress: begun.happen }), DreamStorageFileError)
    await begun.passed
    await make(target)
    const before = await lstat(target)
    goOn.happen()
    expect((await call).message).toContain('not a regular file')
    expect(await lstat(target)).toMatchObject({ ino: before.ino, mode: before.mode })
    expect((await contentsOf(folder)).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  test('does not replace a link that appears while it lasts, nor write through it', async () => {
    const { interfere, goOn, begun } = holdInTheMiddle()
    const { download, folder, target } = await setUp(OF_2026, interfere)
    const victim = join(folder, 'victim')
    await writeFile(victim, 'kept')
    const call = failure(download({ onProgress: begun.happen }), DreamStorageFileError)
    await begun.passed
    await symlink(victim, target)
    goOn.happen()
    await call
    expect(await readlink(target)).toBe(victim)
    expect(await readFile(victim, 'utf8')).toBe('kept')
    expect(await contentsOf(folder)).toEqual(['1.mp3', 'victim'])
  })

  test('through a link replaces the file that it leads to, beside which it is written', async () => {
    const { interfere, goOn, begun } = holdInTheMiddle()
    const { download, folder, target } = await setUp(OF_2026, interfere)
    await mkdir(join(folder, 'real'))
    await writeFile(join(folder, 'real/file'), 'older')
    await symlink('real/file', join(folder, 'between'))
    await symlink('between', target)
    const call = download({ onProgress: begun.happen })
    await begun.passed
    expect(await contentsOf(folder)).toEqual([
      '1.mp3',
      'between',
      expect.stringMatching(/^real\/\..*\.part$/),
      'real/file',
    ])
    goOn.happen()
    await call
    expect(await readlink(target)).toBe('between')
    expect((await lstat(join(folder, 'real/file'))).isFile()).toBe(true)
    expect((await readFile(target)).equals(BYTES)).toBe(true)
    expect(await contentsOf(folder)).toEqual(['1.mp3', 'between', 'real/file'])
  })

  test('through a link to nothing makes the file that it leads to', async () => {
    const { download, folder, target } = await setUp(OF_2026)
    await mkdir(join(folder, 'real/deep'), { recursive: true })
    await symlink('real/deep', join(folder, 'by'))
    // Two dots mean the folder above the real one, not the one above the link.
    await symlink('../file', join(folder, 'real/deep/up'))
    await symlink('by/up', target)
    await download()
    expect(await readlink(target)).toBe('by/up')
    expect((await readFile(join(folder, 'real/file'))).equals(BYTES)).toBe(true)
    expect(await contentsOf(folder)).toEqual(['1.mp3', 'by', 'real/deep/up', 'real/file'])
  })

  test('through a link into a folder that is missing is a file error, and sends nothing', async () => {
    const { download, target, server } = await setUp(OF_2026)
    await symlink('missing/file', target)
    await failure(download(), DreamStorageFileError)
    expect(server.requests).toEqual([])
  })

  test.each([0o600, 0o640, 0o444, 0o755])(
    'keeps the mode %o of the file, also while it is written',
    async (mode) => {
      const { interfere, goOn, begun } = holdInTheMiddle()
      const { download, folder, target } = await setUp(OF_2026, interfere)
      await writeFile(target, 'older')
      await chmod(target, mode)
      const call = download({ onProgress: begun.happen })
      await begun.passed
      const partial = (await contentsOf(folder)).find((name) => name.endsWith('.part')) ?? ''
      expect((await stat(join(folder, partial))).mode & 0o777 & ~mode).toBe(0)
      goOn.happen()
      await call
      expect((await stat(target)).mode & 0o777).toBe(mode)
      expect((await readFile(target)).equals(BYTES)).toBe(true)
    },
  )

  test('of a mirror keeps a mode too, also while it is written', async () => {
    const { interfere, goOn } = holdInTheMiddle()
    const { client, folder } = await setUp(OF_2026, interfere)
    await writeFile(join(folder, 'a'), 'older')
    await chmod(join(folder, 'a'), 0o600)
    const call = client.mirrorBook('p', 'b', folder)
    await writes(folder)
    const partial = (await contentsOf(folder)).find((name) => name.endsWith('.part')) ?? ''
    expect((await stat(join(folder, partial))).mode & 0o777).toBe(0o600)
    goOn.happen()
    expect((await call).downloaded).toEqual(['a'])
    expect((await stat(join(folder, 'a'))).mode & 0o777).toBe(0o600)
  })

  test('keeps a mode that the umask would not give', async () => {
    const { download, target } = await setUp(OF_2026)
    await writeFile(target, 'older')
    await chmod(target, 0o666)
    await download()
    expect((await stat(target)).mode & 0o777).toBe(0o666)
  })

  test('makes a new file with the mode that any new file has', async () => {
    const { download, folder, target } = await setUp(OF_2026)
    await writeFile(join(folder, 'any'), '')
    await download()
    expect((await stat(target)).mode).toBe((await stat(join(folder, 'any'))).mode)
  })

  test('whose partial file was cut by another process is a file error', async () => {
    const { interfere, goOn, begun } = holdInTheMiddle()
    const { download, folder, target } = await setUp(OF_2026, interfere)
    const call = failure(download({ onProgress: begun.happen }), DreamStorageFileError)
    await begun.passed
    // What comes is written behind what is there; so the file is longer than what was sent.
    await writeFile(await onlyFile(folder), 'x'.repeat(400_000))
    goOn.happen()
    await call
    await expect(stat(target)).rejects.toThrow('ENOENT')
    expect(await contentsOf(folder)).toEqual([])
  })

  test('whose partial file was replaced by another file does not commit that', async () => {
    const { interfere, goOn, begun } = holdInTheMiddle()
    const { download, folder, target } = await setUp(OF_2026, interfere)
    const call = failure(download({ onProgress: begun.happen }), DreamStorageFileError)
    await begun.passed
    const partial = await onlyFile(folder)
    await rename(partial, join(folder, 'moved'))
    await writeFile(partial, BYTES)
    goOn.happen()
    await call
    await expect(stat(target)).rejects.toThrow('ENOENT')
  })
})

/** The first answer brings the beginning of the file, and the rest when the test says so. */
function holdInTheMiddle(): {
  interfere: ReturnType<typeof holdFirst>['interfere']
  begun: Moment
  goOn: Moment
} {
  const goOn = new Moment()
  const begun = new Moment()
  return {
    begun,
    goOn,
    interfere: ({ index, range }, response) => {
      if (index > 0) return false
      begin(response, replyWith(OF_2026, range), 100_000)
      void goOn.passed.then(() => response.end(BYTES.subarray(100_000)))
      return true
    },
  }
}
