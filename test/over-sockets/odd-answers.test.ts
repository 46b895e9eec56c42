import { describe, expect, test } from 'vitest'
import { ARRIVALS, expectBook, ODD_ANSWERS } from '../support/odd-answers.js'
import { httpJson, startRawServer } from '../support/raw-server.js'
import { BOOK } from '../support/serve.js'
import { createWireClient } from '../support/wire-client.js'

describe.each(ARRIVALS)('an answer that arrives %s with', (_, send) => {
  test.each(Object.entries(ODD_ANSWERS))('%s is read like any other', async (_, odd) => {
    expect(await expectBook(odd, send)).toBeLessThanOrEqual(3)
  })
})

describe('a header in Latin-1', () => {
  test('reaches the user of client.api as it was sent', async () => {
    const disposition = 'attachment; filename="Über é ü ç.json"'
    const answer = httpJson(BOOK).replace('\r\n', `\r\ncontent-disposition: ${disposition}\r\n`)
    const { port } = await startRawServer((socket) => socket.write(answer, 'latin1'))
    const client = createWireClient({ baseUrl: `http://127.0.0.1:${port}` })
    const { response } = await client.api.GET('/books/{book_id}', { params: { path: { book_id: 1 } } })
    expect(response.headers.get('content-disposition')).toBe(disposition)
  })
})
