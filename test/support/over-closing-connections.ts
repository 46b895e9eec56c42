/**
 * A program that downloads the file `a` (or the book `p`/`b`) many times from a service that closes each connection
 * after its answer, and prints how many times the bytes were right.
 * `node --import tsx over-closing-connections.ts URL FOLDER WAY TIMES SHA256`
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { DreamCentralStorageClient } from '../../src/index.js'

const [, , baseUrl = '', folder = '', way = '', times = '0', sha256 = ''] = process.argv

await using client = new DreamCentralStorageClient({ baseUrl, token: 'key', cache: false })
let right = 0

async function hashOf(bytes: AsyncIterable<Uint8Array>, pause: () => Promise<void>): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of bytes) {
    hash.update(chunk)
    await pause()
  }
  return hash.digest('hex')
}

async function atOnce(): Promise<void> {}

/** Long enough for the rest of the answer, and the end of the connection, to arrive meanwhile. */
async function slowly(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate)
}

async function stream(pause: () => Promise<void>): Promise<string> {
  const { body } = await client.streamAsset('p', 'b', 'a')
  return hashOf(body, pause)
}

async function toDisk(file: string): Promise<string> {
  const download = await client.downloadAssetToFile('p', 'b', 'a', file)
  const onDisk = await hashOf(createReadStream(file), atOnce)
  return onDisk === download.sha256 ? onDisk : 'the hash is not that of the file'
}

async function mirror(directory: string): Promise<string> {
  const { downloaded, failed } = await client.mirrorBook('p', 'b', directory)
  if (failed.length > 0 || downloaded.length !== 1) return String(failed[0]?.error)
  return hashOf(createReadStream(join(directory, 'a')), atOnce)
}

const WAYS: Record<string, (index: number) => Promise<string>> = {
  file: (index) => toDisk(join(folder, String(index))),
  stream: () => stream(atOnce),
  'slow-stream': () => stream(slowly),
  mirror: (index) => mirror(join(folder, String(index))),
}

for (let index = 0; index < Number(times); index++) if ((await WAYS[way]?.(index)) === sha256) right++
process.stdout.write(JSON.stringify({ right }))
