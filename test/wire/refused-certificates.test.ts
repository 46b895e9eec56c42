import { Agent } from 'node:https'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { DreamStorageNetworkError } from '../../src/index.js'
import { type Authority, createAuthority, startTlsServer, testTls } from '../support/certificates.js'
import { createClient } from '../support/client.js'
import { failure } from '../support/failure.js'
import { BOOK } from '../support/serve.js'
import { json } from '../support/server.js'
import { createWireClient, type WireOptions } from '../support/wire-client.js'

/** What the server shows, and what the client is told. */
interface Refusal {
  readonly shows: 'server' | 'other' | 'selfSigned'
  readonly options?: (authority: Authority) => Partial<WireOptions>
}

const REFUSALS: ReadonlyArray<[string, Refusal]> = [
  ['that is self-signed', { shows: 'selfSigned' }],
  ['of an unknown authority', { shows: 'server' }],
  ['of another host', { shows: 'other', options: ({ ca }) => ({ agent: new Agent({ ca }) }) }],
]

describe('a certificate', () => {
  let authority: Authority
  beforeAll(async () => {
    authority = await createAuthority()
  })
  afterAll(() => authority.remove())

  testTls.each(REFUSALS)(
    '%s is refused: the error says so, there is one attempt, and the circuit does not count it',
    async (_, refusal) => {
      const server = await startTlsServer(authority[refusal.shows], (_, response) =>
        json(response, 200, BOOK),
      )
      const client = createWireClient({
        baseUrl: server.url,
        retry: { maxRetries: 3, baseDelayMs: 1 },
        circuitBreaker: { failureThreshold: 1 },
        ...refusal.options?.(authority),
      })
      const error = await failure(client.getBookById(1), DreamStorageNetworkError)
      expect(error.message).toMatch(/certificate .*refused/)
      expect(error.attempts).toBe(1)
      expect(client.stats()).toMatchObject({ requests: { retries: 0 }, circuits: { catalogue: 'closed' } })
      expect(server.made()).toBe(1)
    },
  )

  testTls('that is refused ends a login, too, after one connection', async () => {
    const server = await startTlsServer(authority.selfSigned, (_, response) => json(response, 200, BOOK))
    const client = createClient({ baseUrl: server.url })
    const error = await failure(client.downloadAsset('p', 'b', 'a'), DreamStorageNetworkError)
    expect(error.message).toMatch(/certificate .*refused/)
    expect(server.made()).toBe(1)
  })
})
