import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import { createClient } from '../support/client.js'
import { BOOK } from '../support/serve.js'
import { json, startServer } from '../support/server.js'

/** How long an idle connection lives, measured at the server, which says this of itself and never closes one. */
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

// Half a second more than allowed, for a busy machine.
describe.concurrent('an idle connection is closed by the client', () => {
  test.each([
    ['before the second of the server is over', 'timeout=1', 1_500],
    ['before the 2 seconds of the server are over', 'timeout=2, max=100', 2_500],
    ['before 5 seconds are over when the server would keep it for longer', 'timeout=65', 4_990],
    ['before 5 seconds are over when the server says nothing that can be understood', 'max=1000', 4_990],
  ])('%s (%s)', async (_, keepAlive, limitMs) => {
    expect(await idleMs(keepAlive)).toBeLessThan(limitMs)
  })
})
