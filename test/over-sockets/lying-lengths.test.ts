import { describe, expect, test } from 'vitest'
import { DreamStorageNetworkError, DreamStorageResponseError } from '../../src/index.js'
import { rejection } from '../support/failure.js'
import { startRawServer } from '../support/raw-server.js'
import { createWireClient, turns } from '../support/wire-client.js'

const LENGTHS = [
  3 * 2 ** 30,
  2 ** 32,
  2 ** 52,
  2 ** 53,
  '9223372036854775807',
  '18446744073709551615',
  '9'.repeat(30),
]
const MODEST_BYTES = 400_000_000

describe('a download', () => {
  test.each(LENGTHS)(
    'that announces far more bytes than it has is an error of the family and allocates little (%s bytes)',
    async (length) => {
      const before = process.memoryUsage()
      let growth = 0
      const { port } = await startRawServer(async (socket) => {
        socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${length}\r\n\r\n`)
        for (let piece = 0; piece < 10; piece++) {
          socket.write('x'.repeat(1_000))
          await turns(5)
          const { rss, arrayBuffers } = process.memoryUsage()
          growth = Math.max(growth, rss - before.rss, arrayBuffers - before.arrayBuffers)
        }
        socket.end()
      })
      const client = createWireClient({ baseUrl: `http://127.0.0.1:${port}` })
      const error = await rejection(client.downloadAsset('p', 'b', 'a'))
      expect([DreamStorageNetworkError, DreamStorageResponseError]).toContain((error as Error).constructor)
      expect(growth).toBeLessThan(MODEST_BYTES)
    },
  )

  test.each(['-1', '1, 2', '0x10', '1e3', ' ', 'many'])(
    'with an invalid length is an error of the family (%j)',
    async (length) => {
      const { port } = await startRawServer((socket) => {
        socket.end(`HTTP/1.1 200 OK\r\ncontent-length: ${length}\r\n\r\n${'x'.repeat(1_000)}`)
      })
      const client = createWireClient({ baseUrl: `http://127.0.0.1:${port}` })
      const error = await rejection(client.downloadAsset('p', 'b', 'a'))
      expect([DreamStorageNetworkError, DreamStorageResponseError]).toContain((error as Error).constructor)
    },
  )
})
