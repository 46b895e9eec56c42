import { readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { MirrorBookOptions } from '../../src/index.js'
import { contentsOf } from '../support/folder.js'
import { type MirrorSetting, notedPaths, setUpMirror } from '../support/mirror.js'
import { noise, type StoredFile, tagged } from '../support/stored-file.js'

const BYTES = noise(2_000)
const OF_2026: Record<string, StoredFile> = { a: tagged(BYTES), b: tagged(noise(10)) }
const OF_2025: Record<string, StoredFile> = { a: { bytes: BYTES }, b: { bytes: noise(10) } }

/** Damages a byte of a file that a mirror wrote, and sets its time of change to `mtimeMs` if one is given. */
async function damage(file: string, mtimeMs?: number): Promise<void> {
  const bytes = await readFile(file)
  bytes[1_000] = (bytes[1_000] ?? 0) ^ 1
  const { atime } = await stat(file)
  await writeFile(file, bytes)
  // A clock that is coarse could give the same time again.
  await utimes(file, atime, new Date(mtimeMs ?? Date.now() + 5_000))
}

describe.each([
  ['2025', OF_2025],
  ['2026', OF_2026],
])('a mirror of the service of %s', (dialect, files) => {
  /** Mirrors `files` once. */
  async function mirrored(): Promise<MirrorSetting> {
    const setting = await setUpMirror(files)
    expect((await setting.mirror()).downloaded).toEqual(['a', 'b'])
    setting.server.asked.splice(0)
    return setting
  }

  /** How many requests there were for whole files. */
  function wholes({ server }: MirrorSetting): number {
    return server.asked.filter(({ range }) => range === undefined).length
  }

  test('brings a file again that was changed but for its size, once', async () => {
    const setting = await mirrored()
    await damage(join(setting.folder, 'a'))
    expect(await setting.mirror()).toMatchObject({ downloaded: ['a'], unchanged: ['b'] })
    expect((await readFile(join(setting.folder, 'a'))).equals(BYTES)).toBe(true)
    expect((await setting.mirror()).unchanged).toEqual(['a', 'b'])
    expect(wholes(setting)).toBe(1)
  })

  test('brings a file again whose time of change alone is another: it may be damaged', async () => {
    const setting = await mirrored()
    await utimes(join(setting.folder, 'a'), new Date(1e12), new Date(1e12))
    expect((await setting.mirror()).downloaded).toEqual(['a'])
  })

  test('with verify brings every file, and so one with a damage that leaves no trace', async () => {
    const setting = await mirrored()
    const file = join(setting.folder, 'a')
    const { mtimeMs } = await stat(file)
    await damage(file, mtimeMs)
    // The times of `utimes` are whole milliseconds, those of writing are not.
    if ((await stat(file)).mtimeMs === mtimeMs) expect((await setting.mirror()).unchanged).toEqual(['a', 'b'])
    expect((await setting.mirror({ verify: true })).downloaded).toEqual(['a', 'b'])
    expect((await readFile(file)).equals(BYTES)).toBe(true)
    expect((await setting.mirror({ verify: false })).unchanged).toEqual(['a', 'b'])
  })

  test('does not prune what was changed but for its size', async () => {
    const setting = await mirrored()
    await damage(join(setting.folder, 'a'))
    setting.server.files.delete('a')
    setting.server.files.set('b', files['b'] as StoredFile)
    expect((await setting.mirror({ prune: true })).pruned).toEqual([])
    expect(await contentsOf(setting.folder)).toContain('a')
    setting.server.files.set('a', files['a'] as StoredFile)
  })

  test('forgets what it would have pruned and is gone already', async () => {
    const setting = await mirrored()
    await rm(join(setting.folder, 'a'))
    setting.server.files.delete('a')
    expect(await setting.mirror({ prune: true })).toMatchObject({ pruned: [], failed: [] })
    expect(await notedPaths(setting.folder)).toEqual(['b'])
  })

  test('knows a file of the listed size that no mirror noted only if there are no tags', async () => {
    const setting = await setUpMirror(files)
    await writeFile(join(setting.folder, 'a'), BYTES)
    await writeFile(join(setting.folder, 'b'), noise(10))
    const isTagless = dialect === '2025'
    const result = await setting.mirror({ concurrency: 1 })
    expect(isTagless ? result.unchanged : result.downloaded).toEqual(['a', 'b'])
    // Where there are none, one file tells it for all; it is not the mirror's, and stays.
    expect(setting.server.asked.map(({ path, range }) => [path, range])).toEqual(
      isTagless
        ? [['a', 'bytes=0-0']]
        : [
            ['a', 'bytes=0-0'],
            ['a', undefined],
            ['b', 'bytes=0-0'],
            ['b', undefined],
          ],
    )
    setting.server.files.delete('a')
    expect((await setting.mirror({ prune: true })).pruned).toEqual(isTagless ? [] : ['a'])
  })
})

test('a mirror whose service begins to send tags compares with them from the next download on', async () => {
  const { mirror, server } = await setUpMirror(OF_2025)
  await mirror()
  for (const [path, file] of Object.entries(OF_2026)) server.files.set(path, file)
  expect((await mirror()).unchanged).toEqual(['a', 'b'])
  expect((await mirror({ verify: true })).downloaded).toEqual(['a', 'b'])
  server.files.set('a', tagged(noise(2_000, 2)))
  expect((await mirror()).downloaded).toEqual(['a'])
})

test.each([1, 'yes', null])('a mirror with verify %j is refused', async (verify) => {
  const { mirror, server } = await setUpMirror(OF_2026)
  await expect(mirror({ verify } as unknown as MirrorBookOptions)).rejects.toThrow(/verify/)
  expect(server.requests).toEqual([])
})
