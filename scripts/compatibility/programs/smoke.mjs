// The main methods of the client against a service; prints one line of JSON for each.
// `node smoke.mjs URL`
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  DreamCentralStorageClient,
  DreamStorageAuthError,
  DreamStorageClosedError,
  DreamStorageNetworkError,
  DreamStorageNotFoundError,
} from 'dream-central-storage-client'

const baseUrl = process.argv[2]
const BOOK = ['Universal ELT', 'BRAINS']
const credentials = { email: 'admin@admin.com', password: 'admin' }
const client = new DreamCentralStorageClient({ baseUrl, ...credentials })
const folder = await mkdtemp(join(tmpdir(), 'dcs-smoke-'))

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex')

async function readAll(stream) {
  const chunks = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const STEPS = {
  authenticate: async () => assert.equal((await client.authenticate()).token_type, 'bearer'),
  getBooks: async () => assert.ok((await client.getBooks()).length > 0),
  getBookById: async () => {
    const [book] = await client.getBooks()
    assert.equal((await client.getBookById(book.id)).book_name, book.book_name)
    assert.equal(await client.getBookById(2_147_483_647), null)
  },
  getBookConfig: async () => assert.ok(await client.getBookConfig(...BOOK)),
  listBookContents: async () => assert.ok((await client.listBookContents(...BOOK)).length > 0),
  'downloadAsset, streamAsset, downloadAssetToFile': async () => {
    for (const path of (await client.listBookContents(...BOOK)).slice(0, 5)) {
      const bytes = await client.downloadAsset(...BOOK, path)
      const { body } = await client.streamAsset(...BOOK, path)
      assert.equal(sha256(await readAll(body)), sha256(bytes))
      const file = join(folder, 'file')
      const download = await client.downloadAssetToFile(...BOOK, path, file)
      assert.equal(download.sha256, sha256(bytes))
      assert.equal(sha256(await readFile(file)), sha256(bytes))
    }
  },
  mirrorBook: async () => {
    const first = await client.mirrorBook(...BOOK, join(folder, 'mirror'))
    assert.deepEqual(first.failed, [])
    assert.ok(first.downloaded.length > 0)
    const second = await client.mirrorBook(...BOOK, join(folder, 'mirror'))
    assert.deepEqual(second.downloaded, [])
  },
  'client.api': async () => {
    const { data, response } = await client.api.GET('/books/')
    assert.equal(response.status, 200)
    assert.ok(data.length > 0)
  },
  '40 calls at once': async () => {
    const [book] = await client.getBooks()
    const books = await Promise.all(Array.from({ length: 40 }, () => client.getBookById(book.id)))
    assert.equal(new Set(books.map(({ id }) => id)).size, 1)
  },
  'a 404': () => assert.rejects(client.downloadAsset(...BOOK, 'none.mp3'), DreamStorageNotFoundError),
  'a refused login': async () => {
    const stranger = new DreamCentralStorageClient({ baseUrl, ...credentials, password: 'wrong' })
    await assert.rejects(stranger.getBooks(), DreamStorageAuthError)
    await stranger.close()
  },
  'a service that is not there': async () => {
    const nowhere = { baseUrl: 'http://127.0.0.1:1', token: 'key', retry: { maxRetries: 0 } }
    const lost = new DreamCentralStorageClient(nowhere)
    await assert.rejects(lost.getBooks(), DreamStorageNetworkError)
    await lost.close()
  },
  'an abort': async () => {
    const controller = new AbortController()
    const call = client.getBooks({ cache: 'reload', signal: controller.signal })
    controller.abort('enough')
    assert.equal(await call.catch((reason) => reason), 'enough')
  },
  close: async () => {
    await client.close()
    await assert.rejects(client.getBooks(), DreamStorageClosedError)
  },
}

for (const [step, check] of Object.entries(STEPS)) {
  const error = await Promise.resolve()
    .then(check)
    .then(
      () => undefined,
      (reason) => String(reason?.stack ?? reason),
    )
  console.log(JSON.stringify({ step, error }))
}
await rm(folder, { recursive: true, force: true })
