import { createHash } from 'node:crypto'
import type { Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { httpJson, startRawServer } from '../support/raw-server.js'
import { noise } from '../support/stored-file.js'
import { createWireClient } from '../support/wire-client.js'

const FILE = noise(1_000_000)
const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: application/octet-stream\r\n'

/** Small and large chunks, several of them in what a socket reads at a time. */
function inChunks(): Buffer {
  const parts: Uint8Array[] = [Buffer.from(`${HEAD}transfer-encoding: chunked\r\n\r\n`)]
  for (let at = 0, size = 1; at < FILE.byteLength; at += size, size = (size * 7) % 9_001) {
    const chunk = FILE.subarray(at, at + size)
    parts.push(Buffer.from(`${chunk.byteLength.toString(16)}\r\n`), chunk, Buffer.from('\r\n'))
  }
  return Buffer.concat([...parts, Buffer.from('0\r\n\r\n')])
}

const FORMS: ReadonlyArray<[string, (socket: Socket) => void]> = [
  [
    'with a length',
    (socket) => {
      socket.write(`${HEAD}content-length: ${FILE.byteLength}\r\n\r\n`)
      socket.write(FILE)
    },
  ],
  ['in chunks', (socket) => socket.write(inChunks())],
  [
    'without a length',
    (socket) => {
      socket.write(`${HEAD}\r\n`)
      socket.end(FILE)
    },
  ],
]

/** Takes the memory away from whoever else might use it, as a transfer to a worker does. */
function transfer(bytes: Uint8Array): void {
  structuredClone(bytes.buffer, { transfer: [bytes.buffer as ArrayBuffer] })
}

describe.each(FORMS)('a body %s', (_, send) => {
  test('comes in chunks that own their memory: each can be transferred at once', async () => {
    const { port } = await startRawServer(send)
    const client = createWireClient({ baseUrl: `http://127.0.0.1:${port}` })
    const { body } = await client.streamAsset('p', 'b', 'a')
    const hash = createHash('sha256')
    let chunks = 0
    for await (const chunk of body) {
      hash.update(chunk)
      chunks++
      transfer(chunk)
    }
    expect(chunks).toBeGreaterThan(1)
    expect(hash.digest('hex')).toBe(createHash('sha256').update(FILE).digest('hex'))
  })

  test('is one array that can be transferred', async () => {
    const { port } = await startRawServer(send)
    const client = createWireClient({ baseUrl: `http://127.0.0.1:${port}` })
    const [bytes, other] = await Promise.all([
      client.downloadAsset('p', 'b', 'a'),
      client.downloadAsset('p', 'b', 'b'),
    ])
    transfer(bytes)
    expect(Buffer.compare(other, FILE)).toBe(0)
  })
})

test('a small file can be transferred without harm to another one, and to Node’s own memory', async () => {
  const { port } = await startRawServer((socket) => socket.write(httpJson('small')))
  const client = createWireClient({ baseUrl: `http://127.0.0.1:${port}` })
  const files = await Promise.all(['a', 'b', 'c'].map((name) => client.downloadAsset('p', 'b', name)))
  const pooled = Buffer.from('pooled')
  for (const bytes of files) {
    expect(Buffer.from(bytes).toString()).toBe('"small"')
    transfer(bytes)
  }
  expect(pooled.toString()).toBe('pooled')
})
