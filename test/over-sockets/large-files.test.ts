import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { DreamCentralStorageClient } from '../../src/index.js'
import { createClient } from '../support/client.js'
import { type Interfere, startFileServer } from '../support/file-server.js'
import { tempFolder } from '../support/folder.js'
import { noise, tagged } from '../support/stored-file.js'

// Large enough that the memory a socket reads into is used many times.
const SIZE_BYTES = 12_000_000
const FILES = Object.fromEntries(
  Array.from({ length: 4 }, (_, index) => [`${index}.mp4`, tagged(noise(SIZE_BYTES, index + 1))]),
)
const NAMES = Object.keys(FILES)

/** Answers without a length, in chunks of a size that fits nothing. */
const chunked: Interfere = ({ path }, response) => {
  const { bytes } = FILES[path] ?? tagged(noise(0))
  response.writeHead(200)
  for (let at = 0; at < bytes.byteLength; at += 77_777) response.write(bytes.subarray(at, at + 77_777))
  response.end()
  return true
}

async function setUp(interfere?: Interfere): Promise<{ client: DreamCentralStorageClient; folder: string }> {
  const server = await startFileServer(FILES, interfere)
  return { client: createClient({ baseUrl: server.url, token: 'key' }), folder: await tempFolder() }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** The hash of every chunk, only after the last has come: nothing may have been written over. */
async function streamAll(client: DreamCentralStorageClient, name: string): Promise<string> {
  const { body } = await client.streamAsset('p', 'b', name)
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  return sha256(Buffer.concat(chunks))
}

describe.each([
  ['with a length', undefined],
  ['in chunks', chunked],
])('large files, %s', (_, interfere) => {
  test('come whole to disk, to streams and to memory at a time', async () => {
    const { client, folder } = await setUp(interfere)
    const work = NAMES.flatMap((name) => {
      const expected = sha256(FILES[name]?.bytes ?? new Uint8Array())
      return [
        client.downloadAssetToFile('p', 'b', name, join(folder, name)).then(async (file) => {
          expect(file.sha256).toBe(expected)
          expect(sha256(await readFile(join(folder, name)))).toBe(expected)
        }),
        streamAll(client, name).then((hash) => expect(hash).toBe(expected)),
        client.downloadAsset('p', 'b', name).then((bytes) => expect(sha256(bytes)).toBe(expected)),
      ]
    })
    await Promise.all(work)
    expect(work).toHaveLength(12)
  })
})
