import { once } from 'node:events'
import { expect, test } from 'vitest'
import { createClient } from '../support/client.js'
import { BOOK } from '../support/serve.js'
import { json, startServer } from '../support/server.js'

/** How long an idle connection lives, measured at a server that sends this `Keep-Alive` and never closes one. */
async function idleMs(keepAlive: string | undefined): Promise<number> {
  const headers = keepAlive === undefined ? {} : { connection: 'keep-alive', 'keep-alive': keepAlive }
  const service = await startServer((_, response) => {
    // Else Node closes it after 5 s, and says so in a header of its own.
    response.shouldKeepAlive = true
    response.socket?.setTimeout(0)
    json(response, 200, BOOK, headers)
  })
  const client = createClient({ baseUrl: service.url, token: 'key' })
  await client.getBookById(1)
  const [socket] = service.sockets.open
  if (!socket) throw new Error('the connection was not kept')
  const startedAt = performance.now()
  await once(socket, 'close')
  return performance.now() - startedAt
}

// Half a second more than allowed, for a busy machine; undefined is a server that says nothing.
const LIMITS_MS: ReadonlyArray<[string | undefined, number]> = [
  ['timeout=1', 1_500],
  ['timeout=2, max=100', 2_500],
  ['timeout=65', 4_990],
  ['max=1000', 4_990],
  [undefined, 4_990],
]

test('an idle connection is closed by the client before 5 seconds are over, or before the server closes it', async () => {
  // At the same time, so that the test takes as long as the longest of them.
  await Promise.all(
    LIMITS_MS.map(async ([keepAlive, limitMs]) => {
      expect(await idleMs(keepAlive), keepAlive).toBeLessThan(limitMs)
    }),
  )
})
