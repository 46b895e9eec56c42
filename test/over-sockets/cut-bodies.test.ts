import { describe, expect, test } from 'vitest'
import { DreamStorageNetworkError } from '../../src/index.js'
import { READERS, readCut } from '../support/cut-readers.js'
import { type Ending, FILE, type Framing, POSITIONS, startCutServer } from '../support/cut-server.js'
import { tempFolder } from '../support/folder.js'
import { createWireClient } from '../support/wire-client.js'

const READER_NAMES = Object.keys(READERS)
const CUTS: ReadonlyArray<[Framing, Ending]> = [
  ['length', 'FIN'],
  ['length', 'RST'],
  ['chunked', 'FIN'],
  ['chunked', 'RST'],
]

describe.each(CUTS)('a body with its end by %s that is cut by %s', (framing, ending) => {
  test.each(READER_NAMES)('is never whole when it is read %s', async (reader) => {
    const server = await startCutServer()
    const client = createWireClient({ baseUrl: server.baseUrl, circuitBreaker: false })
    const folder = await tempFolder()
    for (const afterBytes of POSITIONS) {
      // All bytes of the announced length are the whole file, however the connection ends afterwards.
      if (framing === 'length' && afterBytes === FILE.byteLength) continue
      const outcome = await readCut(client, { framing, ending, afterBytes, reader }, server, folder)
      expect(outcome, `after ${afterBytes} bytes`).toBeInstanceOf(DreamStorageNetworkError)
    }
  })
})
