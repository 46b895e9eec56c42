import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  type DreamCentralStorageClient,
  DreamStorageError,
  DreamStorageNetworkError,
} from '../../src/index.js'
import { createClient } from '../support/client.js'
import { rejection } from '../support/failure.js'
import { begin, type Interfere, startFileServer } from '../support/file-server.js'
import { tempFolder } from '../support/folder.js'
import { noise, replyWith, type StoredFile, tagged } from '../support/stored-file.js'

const BYTES = noise(600_000)
const SPOT = 300_000

/** Sends the bytes before a spot and then breaks the connection. */
function breakAt(file: StoredFile, spot: number): Interfere {
  return ({ range }, response) => {
    const reply = replyWith(file, range)
    const [, first = '0'] = /bytes=(\d+)-/.exec(range ?? '') ?? []
    const start = reply.status === 206 ? Number(first) : 0
    begin(response, reply, Math.max(0, spot - start))
    setImmediate(() => response.destroy())
    return true
  }
}

type Read = (client: DreamCentralStorageClient, folder: string) => Promise<unknown>

const READS: ReadonlyArray<readonly [string, Read]> = [
  ['downloadAsset', (client) => client.downloadAsset('p', 'b', 'a')],
  [
    'streamAsset',
    async (client) => {
      const { body } = await client.streamAsset('p', 'b', 'a')
      for await (const _ of body);
    },
  ],
  ['downloadAssetToFile', (client, folder) => client.downloadAssetToFile('p', 'b', 'a', join(folder, 'a'))],
  [
    'a mirror',
    async (client, folder) => {
      const { failed } = await client.mirrorBook('p', 'b', folder)
      throw failed[0]?.error
    },
  ],
]

describe.each([
  ['with an entity tag', tagged(BYTES)],
  ['without an entity tag', { bytes: BYTES }],
])('a file %s', (_, file) => {
  test.each(READS)(
    'that breaks at the same byte each time is asked for 4 times by %s',
    async (name, read) => {
      const server = await startFileServer({ a: file }, breakAt(file, SPOT))
      const error = await rejection(
        read(createClient({ baseUrl: server.url, token: 'key' }), await tempFolder()),
      )
      expect(error).toBeInstanceOf(DreamStorageError)
      // What was handed out without a tag cannot be continued by a stream.
      const isHopeless = name === 'streamAsset' && file.etag === undefined
      expect(server.asked).toHaveLength(isHopeless ? 1 : 4)
    },
  )

  test('that breaks at another byte each time arrives in the end', async () => {
    const server = await startFileServer({ a: file }, (asked, response) => {
      const spot = (asked.index + 1) * 100_000
      return spot < BYTES.byteLength && breakAt(file, spot)(asked, response)
    })
    const folder = await tempFolder()
    const client = createClient({ baseUrl: server.url, token: 'key' })
    const { bytes } = await client.downloadAssetToFile('p', 'b', 'a', join(folder, 'a'))
    expect(bytes).toBe(BYTES.byteLength)
    expect(server.asked).toHaveLength(6)
  })
})

test('a service that breaks a file and then answers 503 is asked 4 times in all', async () => {
  const file = tagged(BYTES)
  const server = await startFileServer({ a: file }, (asked, response) => {
    if (asked.index === 0) return breakAt(file, SPOT)(asked, response)
    response.writeHead(503).end()
    return true
  })
  const client = createClient({ baseUrl: server.url, token: 'key' })
  const error = await rejection(client.downloadAssetToFile('p', 'b', 'a', join(await tempFolder(), 'a')))
  expect(error).toMatchObject({ status: 503, attempts: 4 })
  expect(error).not.toBeInstanceOf(DreamStorageNetworkError)
  expect(server.asked).toHaveLength(4)
})
