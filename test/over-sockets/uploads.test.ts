import { createReadStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import type { Progress, UploadFile } from '../../src/index.js'
import { createClient } from '../support/client.js'
import { tempFolder } from '../support/folder.js'
import { CREATED, startUploadServer, zip } from '../support/upload-server.js'

// Neither a multiple of what is read at once nor of what is sent at once.
const BYTES = zip(1_500_001)
const NAME = 'Kitap ş "1".zip'

/** A web stream whose chunks have odd sizes. */
function webStream(): ReadableStream<Uint8Array> {
  let at = 0
  return new ReadableStream({
    pull: (controller) => {
      // The first one is shorter than what a ZIP is known by.
      const end = at === 0 ? 3 : at + 77_777
      if (at >= BYTES.length) controller.close()
      else controller.enqueue(new Uint8Array(BYTES.subarray(at, end)))
      at = end
    },
  })
}

async function onDisk(name = NAME): Promise<string> {
  const path = join(await tempFolder(), name)
  await writeFile(path, BYTES)
  return path
}

const size = BYTES.length
const KINDS: Array<[string, () => Promise<UploadFile>]> = [
  ['a path', onDisk],
  ['a File', async () => new File([BYTES], NAME)],
  ['a web stream', async () => ({ stream: webStream(), size, fileName: NAME })],
  ['a stream of Node.js', async () => ({ stream: createReadStream(await onDisk()), size, fileName: NAME })],
  ['an iterated Readable', async () => ({ stream: Readable.from([BYTES]), size, fileName: NAME })],
]

async function setUp() {
  const server = await startUploadServer()
  return { server, client: createClient({ baseUrl: server.url, token: 'key' }) }
}

describe.each(KINDS)('an upload of %s', (_, file) => {
  test('arrives byte for byte, with its name, as a form of known length', async () => {
    const { server, client } = await setUp()
    expect(await client.uploadBook(await file())).toEqual(CREATED)
    const [arrived] = server.arrived
    expect(arrived).toMatchObject({
      url: '/books/upload',
      field: 'file',
      name: NAME,
      type: 'application/zip',
    })
    expect(arrived?.bytes.equals(BYTES)).toBe(true)
    expect(Number(arrived?.headers['content-length'])).toBeGreaterThan(size)
    expect(arrived?.headers['transfer-encoding']).toBeUndefined()
    expect(server.count('POST')).toBe(1)
  })

  test('tells its progress in bytes of the file, never less than before, and the end once', async () => {
    const { client } = await setUp()
    const told: Progress[] = []
    await client.uploadBookContent(7, await file(), { onProgress: (progress) => void told.push(progress) })
    const bytes = told.map(({ transferred }) => transferred)
    expect(bytes).toEqual(bytes.toSorted((a, b) => a - b))
    expect(bytes.filter((transferred) => transferred === size)).toHaveLength(1)
    expect(bytes.at(-1)).toBe(size)
    expect(told.every(({ total }) => total === size)).toBe(true)
  })

  test('works with a middleware that passes the request on', async () => {
    const { server, client } = await setUp()
    client.api.use({ onRequest: ({ request }) => void request.headers.set('x-tenant', 'a') })
    await client.uploadBook(await file())
    const [arrived] = server.arrived
    expect(arrived?.headers['x-tenant']).toBe('a')
    expect(arrived?.bytes.equals(BYTES)).toBe(true)
  })
})

test('the options become the query, and only those that are given', async () => {
  const { server, client } = await setUp()
  const file = new File([BYTES], 'B.zip')
  await client.uploadBook(file, { publisherId: 3, override: true })
  await client.uploadBook(file, { override: false })
  await client.uploadBookContent(7, file, { override: true })
  await client.uploadBookContent(7, file)
  expect(server.requests).toEqual([
    'POST /books/upload?override=true&publisher_id=3',
    'POST /books/upload?override=false',
    'POST /books/7/upload?override=true',
    'POST /books/7/upload',
  ])
})

describe('a material of a teacher', () => {
  test.each([
    ['ders.pdf', '', 'application/pdf'],
    ['ders.TXT', '', 'text/plain'],
    ['ders.mov', '', 'video/quicktime'],
    ['ders.constructor', '', 'application/octet-stream'],
    ['ders.txt', 'text/plain;charset=utf-8', 'text/plain'],
    ['ders.bin', 'image/png', 'image/png'],
  ])('%s of the type %j is sent as %s', async (name, type, sent) => {
    const { server, client } = await setUp()
    await client.uploadTeacherMaterial('t 1/ş'.replace('/', '-'), new File(['x'], name, { type }))
    expect(server.arrived[0]).toMatchObject({ url: '/teachers/t%201-%C5%9F/upload', name, type: sent })
  })

  test('of a path or a stream has the type of its name', async () => {
    const { server, client } = await setUp()
    await client.uploadTeacherMaterial('t', await onDisk('a.pdf'))
    const stream = Readable.from([Buffer.from('x')])
    await client.uploadTeacherMaterial('t', { stream, size: 1, fileName: 'folder/a.mp3' })
    expect(server.arrived.map(({ type }) => type)).toEqual(['application/pdf', 'audio/mpeg'])
  })
})

test('uploads hold the slots of files, so that other calls go on', async () => {
  let free = (): void => {}
  const held = new Promise<void>((resolve) => {
    free = resolve
  })
  const server = await startUploadServer(async (request, response) => {
    await server.receive(request)
    await held
    response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify(CREATED))
  })
  const client = createClient({ baseUrl: server.url, token: 'key', maxConnections: 3 })
  const uploads = [1, 2].map(() => client.uploadBook(new File([BYTES], 'B.zip')))
  await client.getBooks()
  expect(client.stats().connections).toEqual({ active: 1, queued: 1, files: 1 })
  free()
  await Promise.all(uploads)
  expect(server.count('POST')).toBe(2)
})
