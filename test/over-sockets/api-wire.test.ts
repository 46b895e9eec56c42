import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { DreamStorageInputError } from '../../src/index.js'
import { createClient } from '../support/client.js'
import { failure } from '../support/failure.js'
import { startFileServer } from '../support/file-server.js'
import { tempFolder } from '../support/folder.js'
import { json, startServer } from '../support/server.js'
import { noise, tagged } from '../support/stored-file.js'

describe('an answer without a body, asked for as a stream, keeps no connection', () => {
  test.each(['DELETE', 'HEAD'] as const)('%s', async (method) => {
    const server = await startServer((request, response) => {
      if (request.method === 'DELETE') response.writeHead(204).end()
      else json(response, 200, [])
    })
    const client = createClient({ baseUrl: server.url, token: 'key', maxConnections: 1 })
    for (let round = 0; round < 3; round++) {
      const { response } = await client.api.request(
        method as never,
        '/books/' as never,
        { parseAs: 'stream' } as never,
      )
      expect(response.ok).toBe(true)
      expect(await client.getBooks({ cache: 'reload' })).toEqual([])
    }
  })
})

test('the answer to HEAD tells the length of what it leaves out', async () => {
  const server = await startServer((_, response) => json(response, 200, ['a', 'b']))
  const { api } = createClient({ baseUrl: server.url, token: 'key' })
  const { response } = await api.request('head' as never, '/books/' as never, {} as never)
  expect(response.headers.get('content-length')).toBe('9')
})

test.each([{ expect: '100-continue' }, { 'transfer-encoding': 'chunked' }])(
  'a header that cannot be sent is an input error, and no failure of the service: %o',
  async (headers) => {
    const server = await startServer((_, response) => json(response, 200, []))
    const client = createClient({ baseUrl: server.url, token: 'key' })
    for (let call = 0; call < 6; call++) {
      await failure(client.api.GET('/books/', { headers }), DreamStorageInputError)
    }
    expect(await client.getBooks()).toEqual([])
  },
)

test('a clone that middleware keeps of a file is not written over', async () => {
  const { bytes, ...rest } = tagged(noise(12_000_000))
  const server = await startFileServer({ a: { bytes, ...rest } })
  const client = createClient({ baseUrl: server.url, token: 'key' })
  const clones: Response[] = []
  client.api.use({ onResponse: ({ response }) => void clones.push(response.clone()) })
  await client.downloadAssetToFile('p', 'b', 'a', join(await tempFolder(), 'a'))
  const chunks: Uint8Array[] = []
  for await (const chunk of clones[0]?.body ?? []) chunks.push(chunk)
  const hash = (data: Uint8Array): string => createHash('sha256').update(data).digest('hex')
  expect(hash(Buffer.concat(chunks))).toBe(hash(bytes))
})
