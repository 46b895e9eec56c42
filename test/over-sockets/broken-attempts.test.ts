import { mkdir, readdir, readFile, rename, stat, symlink, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import {
  BYTES,
  OF_2025,
  OF_2026,
  OTHER,
  partialName,
  setUp,
  sha256,
  untouchedFor,
  writes,
} from '../support/download-setting.js'
import { begin, type Interfere } from '../support/file-server.js'
import { contentsOf } from '../support/folder.js'
import { LEDGER, setUpMirror } from '../support/mirror.js'
import { replyWith, type StoredFile, tagged } from '../support/stored-file.js'

vi.mock('node:fs/promises', { spy: true })

beforeEach(() => {
  vi.clearAllMocks()
})

const RETRY = { retry: { maxRetries: 3, baseDelayMs: 1 } }

/**
 * The first `times` answers for each file break in the middle, when the client has written some of it into the folder.
 * Only one file at a time may be in flight.
 */
function breakFirst(
  times: number,
  file: StoredFile,
  folder: () => string,
  before: () => void | Promise<void> = () => {},
): Interfere {
  return ({ index, range }, response) => {
    if (index >= times) return false
    begin(response, replyWith(file, range), 150_000)
    void writes(folder())
      .then(before)
      .then(() => response.destroy())
    return true
  }
}

describe('a file that breaks in the middle and is begun anew in the same call', () => {
  test('costs a mirror no reading of its folder', async () => {
    const names = Array.from({ length: 10 }, (_, index) => `x/${index}`)
    const interfere = breakFirst(2, OF_2025, () => folder)
    const files = Object.fromEntries(names.map((name) => [name, OF_2025]))
    const { mirror, server, folder } = await setUpMirror(files, interfere, RETRY)
    expect((await mirror({ concurrency: 1 })).downloaded).toEqual(names)
    expect(server.asked).toHaveLength(30)
    // The folder of the mirror and the one in it.
    expect(readings()).toBe(2)
  })

  test('costs a download no reading of its folder', async () => {
    const interfere = breakFirst(2, OF_2025, () => folder)
    const { download, folder } = await setUp(OF_2025, interfere, RETRY)
    expect(await download()).toMatchObject({ resumedFrom: 0, sha256: sha256(BYTES) })
    expect(readings()).toBe(1)
  })

  test('changes nothing in a folder that has taken the place of its own', async () => {
    let before = 0
    const swap = async (): Promise<void> => {
      await mkdir(outside)
      await writeFile(leftover, BYTES)
      await untouchedFor(leftover, 90_000)
      await rename(join(folder, 'x'), join(folder, 'moved'))
      await symlink('outside', join(folder, 'x'))
      // Long ago, so that every change of the folder shows.
      await untouchedFor(outside, 90_000)
      before = (await stat(outside)).mtimeMs
    }
    const interfere = breakFirst(1, OF_2025, () => folder, swap)
    const { mirror, folder } = await setUpMirror({ 'x/a': OF_2025 }, interfere, RETRY)
    const outside = join(folder, 'outside')
    const leftover = join(outside, partialName('a', '', '1'))
    // One that the mirror looks at in every attempt.
    await mkdir(join(folder, 'x'))
    await writeFile(join(folder, 'x', partialName('a', '"another"', '0')), '')
    expect((await mirror()).failed).toMatchObject([{ path: 'x/a', error: { path: join(folder, 'x') } }])
    expect((await stat(outside)).mtimeMs).toBe(before)
    expect(await contentsOf(outside)).toEqual([basename(leftover)])
  })

  test('leaves nothing of an object that has changed in the meantime', async () => {
    const change = (): void => void server.files.set('a', tagged(OTHER))
    const interfere = breakFirst(1, OF_2026, () => folder, change)
    const { mirror, folder, server } = await setUpMirror({ a: OF_2026 }, interfere, RETRY)
    expect((await mirror()).downloaded).toEqual(['a'])
    expect(await contentsOf(folder)).toEqual([LEDGER, 'a'])
    expect((await readFile(join(folder, 'a'))).equals(OTHER)).toBe(true)
  })
})

/** How often the client read a folder. The test itself reads recursively. */
function readings(): number {
  return vi.mocked(readdir).mock.calls.filter(([, options]) => options === undefined).length
}
