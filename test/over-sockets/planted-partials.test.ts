import { execFileSync } from 'node:child_process'
import {
  chmod,
  chown,
  link,
  lstat,
  open,
  readFile,
  rename,
  stat,
  symlink,
  truncate,
  unlink,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { basename, join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  BYTES,
  OF_2026,
  OTHER,
  partialName,
  sha256,
  untouchedFor,
  withLeftover,
} from '../support/download-setting.js'
import { contentsOf } from '../support/folder.js'
import { until } from '../support/moment.js'
import { tagged } from '../support/stored-file.js'

vi.mock('node:fs/promises', { spy: true })
afterEach(() => void vi.resetAllMocks())

/** What a hostile user put in the place of a leftover, whose first bytes are even the right ones. */
type Plant = (leftover: string, victim: string) => Promise<void>

const asLink: Plant = async (leftover, victim) => {
  await rename(leftover, victim)
  await symlink(victim, leftover)
}
const asHardLink: Plant = (leftover, victim) => link(leftover, victim)
const asFifo: Plant = async (leftover, victim) => {
  await rename(leftover, victim)
  execFileSync('mkfifo', [leftover])
}
const ofAnotherUser: Plant = async (leftover, victim) => {
  await writeFile(victim, await readFile(leftover))
  await chown(leftover, 12_345, 12_345)
}

const PLANTS: ReadonlyArray<[what: string, plant: Plant]> = [
  ['a link', asLink],
  ['a file with a second name', asHardLink],
  ['a FIFO', asFifo],
  ...(process.getuid?.() === 0 ? [['a file of another user', ofAnotherUser] as [string, Plant]] : []),
]

async function planted(plant: Plant, ageMs: number) {
  const setting = await withLeftover()
  const { folder, leftover } = setting
  const victim = join(folder, 'victim')
  await plant(leftover, victim)
  await untouchedFor(leftover, ageMs)
  const before = await readFile(victim)
  const { ino, uid, nlink } = await lstat(leftover)
  const expectUntouched = async (): Promise<void> => {
    expect((await readFile(victim)).equals(before)).toBe(true)
    expect(await lstat(leftover)).toMatchObject({ ino, uid, nlink })
  }
  return { ...setting, expectUntouched }
}

describe.skipIf(process.platform === 'win32')('under the name of a leftover', () => {
  test.each(PLANTS)('%s is left alone by a download, which starts afresh', async (_, plant) => {
    const { download, target, server, expectUntouched } = await planted(plant, 0)
    expect(await download({ resume: true })).toMatchObject({ resumedFrom: 0, sha256: sha256(BYTES) })
    expect(server.asked.at(-1)?.range).toBeUndefined()
    expect((await lstat(target)).isFile()).toBe(true)
    expect((await readFile(target)).equals(BYTES)).toBe(true)
    await expectUntouched()
  })

  test.each(PLANTS)('%s is left alone by a mirror, however old', async (_, plant) => {
    const { client, folder, server, expectUntouched } = await planted(plant, 3_600_000)
    server.files.set('1.mp3', OF_2026)
    // The first request for a file breaks.
    await client.mirrorBook('p', 'b', folder)
    expect(await client.mirrorBook('p', 'b', folder)).toMatchObject({ downloaded: ['1.mp3'], failed: [] })
    await expectUntouched()
  })

  test('a file whose last bytes are not those of the object is not continued', async () => {
    const { download, leftover, kept, target } = await withLeftover()
    const handle = await open(leftover, 'r+')
    await handle.write(Buffer.from([0xff ^ (BYTES[kept - 1] ?? 0)]), 0, 1, kept - 1)
    await handle.close()
    expect(await download({ resume: true })).toMatchObject({ resumedFrom: 0, sha256: sha256(BYTES) })
    expect((await readFile(target)).equals(BYTES)).toBe(true)
  })

  test.each([100_000, 299_999, 300_000, 300_001, 400_000])(
    'a file of %i wrong bytes is not committed',
    async (count) => {
      const { download, leftover, folder, target } = await withLeftover()
      await writeFile(leftover, Buffer.concat([OTHER, OTHER]).subarray(0, count))
      expect(await download({ resume: true })).toMatchObject({ resumedFrom: 0, sha256: sha256(BYTES) })
      expect((await readFile(target)).equals(BYTES)).toBe(true)
      expect(await contentsOf(folder)).toEqual(['1.mp3'])
    },
  )

  test.each(PLANTS)('%s that comes there right before it is opened is not read', async (_, plant) => {
    const { download, target, server, leftover, folder } = await withLeftover()
    const victim = join(folder, 'victim')
    const actual = await vi.importActual<typeof import('node:fs/promises')>('node:fs/promises')
    let isPlanted = false
    vi.mocked(open).mockImplementation(async (...args) => {
      if (args[0] === leftover && !isPlanted) {
        isPlanted = true
        await plant(leftover, victim)
      }
      return actual.open(...args)
    })
    expect(await download({ resume: true })).toMatchObject({ resumedFrom: 0, sha256: sha256(BYTES) })
    expect(isPlanted).toBe(true)
    expect(server.asked.at(-1)?.range).toBeUndefined()
    expect((await readFile(target)).equals(BYTES)).toBe(true)
    expect(await contentsOf(folder)).toEqual([basename(leftover), '1.mp3', 'victim'])
  })

  test('a file that comes there while the leftover is compared is not removed', async () => {
    const { download, target, server, leftover, kept, folder } = await withLeftover()
    // A time that `utimes` can set again, to the last digit.
    await untouchedFor(leftover, 1_000)
    const call = download({ resume: true })
    await until(() => server.asked.length > 1)
    const { mtime } = await stat(leftover)
    await rename(leftover, join(folder, 'moved'))
    await writeFile(leftover, OTHER.subarray(0, kept))
    await utimes(leftover, mtime, mtime)
    expect(await call).toMatchObject({ resumedFrom: kept, sha256: sha256(BYTES) })
    expect((await readFile(target)).equals(BYTES)).toBe(true)
    expect((await readFile(leftover)).equals(OTHER.subarray(0, kept))).toBe(true)
  })

  test('a file that is longer than the object, but begins with it, is not continued', async () => {
    const { download, leftover, folder, target } = await withLeftover()
    await writeFile(leftover, Buffer.concat([BYTES, BYTES]))
    expect(await download({ resume: true })).toMatchObject({ resumedFrom: 0, sha256: sha256(BYTES) })
    expect((await readFile(target)).equals(BYTES)).toBe(true)
    expect(await contentsOf(folder)).toEqual(['1.mp3'])
  })

  test('an empty file is not continued', async () => {
    const { download, leftover, folder, target, server } = await withLeftover()
    await truncate(leftover)
    expect(await download({ resume: true })).toMatchObject({ resumedFrom: 0, sha256: sha256(BYTES) })
    expect(server.asked.at(-1)?.range).toBeUndefined()
    expect((await readFile(target)).equals(BYTES)).toBe(true)
    expect(await contentsOf(folder)).toEqual(['1.mp3'])
  })

  test('a file of another object is not continued, though its last bytes are the same', async () => {
    const { download, leftover, folder, target, server } = await withLeftover()
    await rename(leftover, join(folder, partialName('1.mp3', '"another"', '0')))
    expect(await download({ resume: true })).toMatchObject({ resumedFrom: 0, sha256: sha256(BYTES) })
    expect(server.asked.at(-1)?.range).toBeUndefined()
    expect((await readFile(target)).equals(BYTES)).toBe(true)
    expect(await contentsOf(folder)).toEqual(['1.mp3'])
  })

  test('a file that has less by the time it is copied is not continued', async () => {
    const { download, leftover, kept, target, server } = await withLeftover()
    const { asked } = server
    const call = download({ resume: true })
    // The request for its last bytes has come; it is copied after the response.
    await until(() => asked.length > 1)
    const handle = await open(leftover, 'r+')
    await handle.truncate(kept - 20_000)
    await handle.close()
    expect(await call).toMatchObject({ resumedFrom: 0, sha256: sha256(BYTES) })
    expect((await readFile(target)).equals(BYTES)).toBe(true)
  })

  test('a file that cannot be read is not continued', async () => {
    const { download, leftover, target } = await withLeftover()
    await chmod(leftover, 0)
    // Root reads it all the same.
    expect(await download({ resume: true })).toMatchObject({ sha256: sha256(BYTES) })
    expect((await readFile(target)).equals(BYTES)).toBe(true)
  })

  test('a name that is only similar is no partial file, and stays', async () => {
    const { client, folder, leftover, server } = await withLeftover()
    const names = ['.0123456789abcdef.part', '.0123456789abcdef.x.0.y.part', '.a.b.0.c.part', 'a.part']
    for (const name of names) {
      await writeFile(join(folder, name), 'kept')
      await untouchedFor(join(folder, name), 3_600_000)
    }
    await unlink(leftover)
    server.files.set('b', tagged(OTHER))
    await client.mirrorBook('p', 'b', folder)
    expect(await contentsOf(folder)).toEqual(expect.arrayContaining(names))
  })
})
