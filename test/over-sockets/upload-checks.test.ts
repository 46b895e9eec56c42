import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { DreamStorageFileError, DreamStorageInputError, DreamStorageTimeoutError } from '../../src/index.js'
import { createClient } from '../support/client.js'
import { failure, rejection } from '../support/failure.js'
import { fakeTime, pass } from '../support/fake-time.js'
import { tempFolder } from '../support/folder.js'
import { startUploadServer, ZIP_START, zip } from '../support/upload-server.js'

const ZIP = zip(100)

async function setUp() {
  const server = await startUploadServer()
  const client = createClient({ baseUrl: server.url, token: 'key' })
  return { server, client, folder: await tempFolder() }
}

const stream = (...chunks: unknown[]): Readable => Readable.from(chunks)

describe('nothing is sent for', () => {
  const taken = stream(ZIP)
  taken.destroy()
  const locked = new ReadableStream()
  locked.getReader()
  const files: Array<[string, unknown, RegExp]> = [
    ['no file', undefined, /^file must be a path, a File or/],
    ['an empty path', '', /^file must be a path, a File or/],
    ['a path with a NUL', 'a\0.zip', /^file must be a path, a File or/],
    ['bytes', new Uint8Array(3), /^file is not usable: its fileName must be a string/],
    ['a Blob without a name', new Blob([ZIP]), /name that ends in \.zip, got ""/],
    ['the name blob', new File([ZIP], 'blob'), /name that ends in \.zip, got "blob"/],
    ['another ending', new File([ZIP], 'a.rar'), /name that ends in \.zip/],
    ['no name before the ending', new File([ZIP], '.zip'), /before \.zip must not be empty/],
    ['a name of dots', new File([ZIP], '...zip'), /before \.zip must not be or contain the segment/],
    ['a name with a slash', new File([ZIP], 'a/b.zip'), /before \.zip must not contain a slash/],
    ['a name with a line feed', new File([ZIP], 'a\nb.zip'), /before \.zip must not contain control/],
    ['no content', new File([], 'a.zip'), /"a\.zip" has no content/],
    ['what is no ZIP', new File(['no zip'], 'a.zip'), /"a\.zip" does not begin like one/],
    ['half of a beginning', new File(['PK'], 'a.zip'), /does not begin like one/],
    ['a stream of no ZIP', { stream: stream('no zip'), size: 6, fileName: 'a.zip' }, /must yield bytes/],
    ['a stream of no bytes', { stream: stream(Buffer.alloc(9)), size: 9, fileName: 'a.zip' }, /like one/],
    [
      'a stream that is too short',
      { stream: stream(Buffer.from('PK')), size: 9, fileName: 'a.zip' },
      /ended after 2/,
    ],
    [
      'a stream that is too long',
      { stream: stream(ZIP), size: 9, fileName: 'a.zip' },
      /more than its 9 bytes/,
    ],
    ['a size of 0', { stream: stream(), size: 0, fileName: 'a.zip' }, /has no content/],
    [
      'a size that is none',
      { stream: stream(ZIP), size: 1.5, fileName: 'a.zip' },
      /size must be a number of bytes/,
    ],
    ['no stream', { size: 9, fileName: 'a.zip' }, /stream must be one of the web/],
    ['a destroyed stream', { stream: taken, size: 100, fileName: 'a.zip' }, /stream must be one of the web/],
    ['a locked stream', { stream: locked, size: 100, fileName: 'a.zip' }, /stream must be one of the web/],
  ]

  test.each(files)('%s', async (_, file, message) => {
    const { server, client } = await setUp()
    const error = await failure(client.uploadBook(file as File), DreamStorageInputError)
    expect(error.message.replace(/^POST \S+: /, '')).toMatch(message)
    expect(error.attempts).toBe(0)
    expect(server.requests).toEqual([])
  })

  test('a missing file, a folder, a FIFO or device', async () => {
    const { server, client, folder } = await setUp()
    await mkdir(join(folder, 'a.zip'))
    for (const path of [join(folder, 'b.zip'), join(folder, 'a.zip'), '/dev/null']) {
      const error = await failure(client.uploadBook(path), DreamStorageFileError)
      expect(error).toMatchObject({ path, route: '/books/upload', attempts: 0 })
    }
    expect(server.requests).toEqual([])
  })

  test('options and ids that are none', async () => {
    const { server, client } = await setUp()
    const file = new File([ZIP], 'a.zip')
    const refused = [
      client.uploadBook(file, { publisherId: 0 }),
      client.uploadBook(file, { publisherId: 2 ** 31 }),
      client.uploadBook(file, { override: 'yes' } as never),
      client.uploadBook(file, { cache: 'reload' } as never),
      client.uploadBook(file, { onProgress: 7 } as never),
      client.uploadBookContent(0, file),
      client.uploadBookContent(1, file, { publisherId: 1 } as never),
      client.uploadTeacherMaterial('', file),
      client.uploadTeacherMaterial('a/b', file),
      client.uploadTeacherMaterial('a', new File(['x'], '../a')),
      client.uploadTeacherMaterial('a', new File([], 'a')),
      client.uploadTeacherMaterial('a', new Blob(['x'])),
    ]
    for (const call of refused) await failure(call, DreamStorageInputError)
    expect(server.requests).toEqual([])
  })

  test('a stream that is silent from its start on, after downloadMs', async () => {
    fakeTime()
    const server = await startUploadServer()
    const client = createClient({ baseUrl: server.url, token: 'key', timeouts: { downloadMs: 1_000 } })
    let isCancelled = false
    const silent = new ReadableStream<Uint8Array>({
      cancel: () => {
        isCancelled = true
      },
    })
    const call = failure(
      client.uploadBook({ stream: silent, size: 10, fileName: 'a.zip' }),
      DreamStorageTimeoutError,
    )
    await pass(1_001)
    expect(await call).toMatchObject({ phase: 'send', attempts: 0 })
    expect(isCancelled).toBe(true)
    expect(server.requests).toEqual([])
  })

  test('an aborted signal', async () => {
    const { server, client } = await setUp()
    const reason = new Error('enough')
    const options = { signal: AbortSignal.abort(reason) }
    expect(await rejection(client.uploadBook(new File([ZIP], 'a.zip'), options))).toBe(reason)
    expect(server.requests).toEqual([])
  })
})

test('an empty ZIP, and a name in upper case, are sent', async () => {
  const { server, client, folder } = await setUp()
  const path = join(folder, 'A.ZIP')
  await writeFile(path, Buffer.from('PK\u0005\u0006'))
  await client.uploadBook(path)
  await client.uploadBook(new File([ZIP_START], 'b.zip'))
  expect(server.arrived.map(({ name }) => name)).toEqual(['A.ZIP', 'b.zip'])
})
