import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { DreamStorageInputError, DreamStorageResponseError } from '../../src/index.js'
import { fileNode, folderNode, type Interfere } from '../support/file-server.js'
import { contentsOf } from '../support/folder.js'
import { notedPaths, setUpMirror } from '../support/mirror.js'
import { noise, tagged } from '../support/stored-file.js'

const CHUNKED: Interfere = (_, response) => {
  response.writeHead(200)
  response.write(noise(30))
  response.end(noise(20))
  return true
}

describe('a file whose size is not that of the listing', () => {
  test.each([
    ['is larger', 100, 99, undefined],
    ['is smaller', 100, 101, undefined],
    ['is empty', 0, 1, undefined],
    ['should be empty', 1, 0, undefined],
    ['is larger, which only its end tells', 50, 49, CHUNKED],
    ['is smaller, which only its end tells', 50, 51, CHUNKED],
  ] as const)('has failed, and leaves nothing: it %s', async (_, size, listed, interfere) => {
    const { mirror, server, folder } = await setUpMirror({ a: tagged(noise(size)) }, interfere)
    server.listing = folderNode([fileNode('a', listed)])
    const { failed, downloaded } = await mirror()
    expect(downloaded).toEqual([])
    expect(failed).toMatchObject([{ path: 'a', error: { name: 'DreamStorageResponseError', status: 200 } }])
    expect(failed[0]?.error).toBeInstanceOf(DreamStorageResponseError)
    expect(failed[0]?.error.message).toContain(`has ${size} bytes, and the listing says ${listed}`)
    expect(server.asked).toHaveLength(1)
    expect(await contentsOf(folder)).toEqual([])
  })

  test('keeps the older one, and comes with the next mirror, which lists anew', async () => {
    const { mirror, server, folder } = await setUpMirror({ a: tagged(noise(10)), b: tagged(noise(10)) })
    await mirror()
    server.listing = folderNode([fileNode('a', 10), fileNode('b', 20)])
    server.files.set('b', tagged(noise(30)))
    expect(await mirror()).toMatchObject({ unchanged: ['a'], failed: [{ path: 'b' }] })
    expect((await readFile(join(folder, 'b'))).equals(noise(10))).toBe(true)
    server.listing = undefined
    expect(await mirror()).toMatchObject({ unchanged: ['a'], downloaded: ['b'], failed: [] })
    expect((await readFile(join(folder, 'b'))).equals(noise(30))).toBe(true)
    expect(await notedPaths(folder)).toEqual(['a', 'b'])
  })
})

/** The text of a listing of the file `a` with this size. */
function treeWith(size: string): string {
  return JSON.stringify(folderNode([fileNode('a', 12_345)])).replace('12345', size)
}

describe('a size of a listing that is no number of bytes', () => {
  const FILES = { a: tagged(noise(100)) }
  const SIZES = [
    '"100"',
    '"many"',
    '-1',
    '-0.5',
    '1.5',
    '1e400',
    '9007199254740993',
    'true',
    '[100]',
    '{}',
    'null',
  ]

  test.each(SIZES)('%s: it counts as unknown', async (size) => {
    const { mirror, server, client, folder } = await setUpMirror(FILES)
    server.listing = treeWith(size)
    expect(await client.listBookContents('p', 'b')).toEqual(['a'])
    const seen: unknown[] = []
    const first = await mirror({ onProgress: (progress) => seen.push(progress) })
    expect(first).toMatchObject({ downloaded: ['a'], bytes: 100, failed: [] })
    expect(seen.at(-1)).toEqual({ transferred: 100, files: { done: 1, total: 1 } })
    expect((await readFile(join(folder, 'a'))).equals(noise(100))).toBe(true)
    // Whether it is unchanged is asked of the service then.
    expect((await mirror()).unchanged).toEqual(['a'])
    server.files.set('a', tagged(noise(100, 2)))
    expect((await mirror()).downloaded).toEqual(['a'])
  })

  test('NaN is no JSON: the mirror rejects', async () => {
    const { mirror, server } = await setUpMirror(FILES)
    server.listing = treeWith('NaN')
    await expect(mirror()).rejects.toBeInstanceOf(DreamStorageResponseError)
    expect(server.asked).toEqual([])
  })
})

describe('two paths of a listing that are one file somewhere', () => {
  test.each([
    ['x/É', 'x/é', 'in upper and lower case only'],
    ['x/\u00e9', 'x/e\u0301', 'in its Unicode form only'],
    ['\u00e9/a', 'e\u0301/a', 'in its Unicode form only'],
    ['x/\u00e9a', 'x/e\u0301A', 'in upper and lower case and Unicode form only'],
    ['x/a', 'x/a', 'is listed more than once'],
  ])('%j and %j: the second has failed, and it is said why', async (one, two, why) => {
    const { mirror, server } = await setUpMirror({ [one]: tagged(noise(10)), [two]: tagged(noise(10)) })
    server.listing = folderNode([fileNode(one, 10), fileNode(two, 10)])
    const { downloaded, failed } = await mirror()
    expect(downloaded).toEqual([one])
    expect(failed).toMatchObject([{ path: two, error: { attempts: 1 } }])
    expect(failed[0]?.error).toBeInstanceOf(DreamStorageInputError)
    expect(failed[0]?.error.message).toContain(why)
  })
})
