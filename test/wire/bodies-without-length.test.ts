import { describe, expect, test } from 'vitest'
import { DreamStorageNetworkError } from '../../src/index.js'
import { READERS, readCut } from '../support/cut-readers.js'
import { FILE, POSITIONS, startCutServer } from '../support/cut-server.js'
import { tempFolder } from '../support/folder.js'
import { createWireClient } from '../support/wire-client.js'

const READER_NAMES = Object.keys(READERS)

describe('a body without a length and without chunks whose connection is reset', () => {
  test.each(READER_NAMES)('is never whole when it is read %s', async (reader) => {
    const server = await startCutServer()
    const client = createWireClient({ baseUrl: server.baseUrl, circuitBreaker: false })
    const folder = await tempFolder()
    for (const afterBytes of POSITIONS) {
      const cut = { framing: 'none', ending: 'RST', afterBytes, reader } as const
      const outcome = await readCut(client, cut, server, folder)
      expect(outcome, `after ${afterBytes} bytes`).toBeInstanceOf(DreamStorageNetworkError)
    }
  })
})

describe('a body without a length and without chunks that ends with FIN', () => {
  test.each(READER_NAMES)('is whole when it is read %s', async (reader) => {
    const server = await startCutServer()
    const client = createWireClient({ baseUrl: server.baseUrl })
    const folder = await tempFolder()
    for (const afterBytes of POSITIONS) {
      const cut = { framing: 'none', ending: 'FIN', afterBytes, reader } as const
      const outcome = await readCut(client, cut, server, folder)
      if (outcome instanceof Error) throw outcome
      expect(Buffer.compare(outcome, FILE.subarray(0, afterBytes)), `of ${afterBytes} bytes`).toBe(0)
    }
  })
})
