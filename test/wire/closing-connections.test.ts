import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { runChild } from '../support/child.js'
import { send, startFileServer } from '../support/file-server.js'
import { tempFolder } from '../support/folder.js'
import { noise } from '../support/stored-file.js'

// 250 for each way, with DREAM_CENTRAL_STORAGE_SOAK=1; 15 are enough to find a process that dies now and then.
const IS_SOAK = process.env['DREAM_CENTRAL_STORAGE_SOAK'] === '1'
const TIMES = IS_SOAK ? 250 : 15
const LONG_MS = IS_SOAK ? 600_000 : 60_000
const FILE = { bytes: noise(3_000_000) }
const SHA256 = createHash('sha256').update(FILE.bytes).digest('hex')

if (!IS_SOAK) {
  process.stderr.write(
    'closing-connections: 60 downloads; set DREAM_CENTRAL_STORAGE_SOAK=1 for all of the 1 000\n',
  )
}

describe('a process that downloads 3 MB over connections that close after each answer', () => {
  test.each(['file', 'stream', 'slow-stream', 'mirror'])(
    `does not die, and every byte arrives, ${TIMES} times: %s`,
    { timeout: LONG_MS },
    async (way) => {
      const server = await startFileServer({ a: FILE }, (_, response) => {
        const headers = { 'content-length': String(FILE.bytes.byteLength), connection: 'close' }
        send(response, { status: 200, headers, bytes: FILE.bytes })
        return true
      })
      const args = [server.url, await tempFolder(), way, String(TIMES), SHA256]
      const { code, signal, stdout, stderr } = await runChild('over-closing-connections.ts', args)
      expect({ code, signal }, stderr).toEqual({ code: 0, signal: null })
      expect(JSON.parse(stdout)).toEqual({ right: TIMES })
      expect(server.asked).toHaveLength(TIMES)
      expect(server.sockets.made).toBeGreaterThanOrEqual(TIMES)
    },
  )
})
