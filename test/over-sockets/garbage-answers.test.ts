import { describe, expect, test } from 'vitest'
import { DreamStorageError } from '../../src/index.js'
import { createClient } from '../support/client.js'
import { rejection } from '../support/failure.js'
import { MemoryLog } from '../support/memory-log.js'
import { startRawServer } from '../support/raw-server.js'
import { reachableText } from '../support/reachable.js'
import { partsIn } from '../support/secrets.js'

const SECRET = 'eyJhbGciOiJIUzI1NiJ9.SECRETSECRET.0123456789'
const LOGIN = JSON.stringify({ access_token: SECRET, token_type: 'bearer' })
const OK = 'HTTP/1.1 200 OK\r\n'
const TYPE = 'content-type: application/json\r\n'
const CHUNKED = `${OK}${TYPE}transfer-encoding: chunked\r\n\r\n`
const LOGIN_CHUNK = `${LOGIN.length.toString(16)}\r\n${LOGIN}`

/** Answers to a login that hold a token and are broken somewhere else. */
const GARBAGE: Record<string, string> = {
  'a broken header line': `${OK}bad header line ${LOGIN}\r\n\r\n`,
  'a broken header after a good one': `${OK}x-token: ${SECRET}\r\n: ${SECRET}\r\n\r\n${LOGIN}`,
  'no HTTP at all': `${LOGIN}\r\n\r\n`,
  'an unknown version': `HTTP/9.9 200 OK\r\n\r\n${LOGIN}`,
  'a length that is no number': `${OK}content-length: ${SECRET}\r\n\r\n${LOGIN}`,
  'both a length and chunks': `${CHUNKED.slice(0, -2)}content-length: ${LOGIN.length}\r\n\r\n${LOGIN}`,
  'a chunk without a size': `${CHUNKED}${LOGIN}\r\n`,
  'a chunk that is longer than it says': `${CHUNKED}5\r\n${LOGIN}\r\n`,
  'a good chunk and a broken one': `${CHUNKED}${LOGIN_CHUNK}\r\n${SECRET}\r\n`,
  'a body that is cut': `${OK}${TYPE}content-length: 1000\r\n\r\n${LOGIN}`,
  'JSON that is cut': `${OK}${TYPE}\r\n${LOGIN.slice(0, -2)}`,
  'JSON of another shape': `${OK}${TYPE}\r\n[${LOGIN}]`,
  'a redirect': `HTTP/1.1 307 x\r\nlocation: /\r\ncontent-length: ${LOGIN.length}\r\n\r\n${LOGIN}`,
  'an unknown status': `HTTP/1.1 999 ${SECRET}\r\ncontent-length: 0\r\n\r\n`,
  'a header that is too long': `${OK}x-token: ${SECRET.repeat(2_000)}\r\n\r\n`,
  'a reason phrase with control characters': `HTTP/1.1 200 ${SECRET}\u0001\r\n\r\n`,
  'an error that echoes it': `HTTP/1.1 422 x\r\n${TYPE}\r\n{"detail":[{"input":${LOGIN}}]}`,
}

describe('an answer to a login with', () => {
  test.each(Object.entries(GARBAGE))(
    '%s leaves nothing of its bytes in the error and the log',
    async (_, answer) => {
      const { port } = await startRawServer((socket) => socket.end(answer, 'latin1'))
      const log = new MemoryLog()
      const options = { retry: { maxRetries: 0 }, logger: log.logger }
      const client = createClient({ baseUrl: `http://127.0.0.1:${port}`, ...options })
      const error = await rejection(client.getBookById(1))
      expect(error).toBeInstanceOf(DreamStorageError)
      expect(partsIn(reachableText(error), SECRET)).toEqual([])
      expect(partsIn(log.texts.join('\n'), SECRET)).toEqual([])
      const again = await rejection(client.authenticate())
      expect(partsIn(reachableText(again), SECRET)).toEqual([])
    },
  )
})
