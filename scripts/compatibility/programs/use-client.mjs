// What the programs for the mocks share.
import assert from 'node:assert/strict'
import { createHook } from 'node:async_hooks'

/** Notes what reaches the system: connections that are made and names that are looked up. */
export function noteConnections() {
  const tried = []
  createHook({
    init(_id, type) {
      if (type === 'TCPCONNECTWRAP' || type === 'GETADDRINFOREQWRAP') tried.push(type)
    },
  }).enable()
  return tried
}

async function read(stream) {
  let bytes = 0
  for await (const chunk of stream) bytes += chunk.byteLength
  return bytes
}

/** Imports the package before or after the mock listens, and makes calls that only the mock can answer. */
export async function useClient({ origin, when, listen, connections }) {
  if (when === 'before') await listen()
  const { DreamCentralStorageClient, DreamStorageNotFoundError } = await import(
    'dream-central-storage-client'
  )
  if (when === 'after') await listen()
  const options = { baseUrl: origin, email: 'a@b.c', password: 'x', retry: { maxRetries: 0 } }
  const client = new DreamCentralStorageClient(options)
  assert.deepEqual(await client.getBookById(1), { id: 1, book_name: 'mocked' })
  assert.deepEqual(
    await Promise.all([2, 3, 4].map(async (id) => (await client.getBookById(id)).id)),
    [2, 3, 4],
  )
  assert.equal((await client.downloadAsset('p', 'b', 'a')).byteLength, 300_000)
  assert.equal(await read((await client.streamAsset('p', 'b', 'a')).body), 300_000)
  await assert.rejects(client.getBookConfig('p', 'b'), DreamStorageNotFoundError)
  await client.close()
  assert.deepEqual(connections, [])
  console.log('answered by the mock')
}
