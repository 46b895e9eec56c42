import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { createClient } from './support/client.js'
import { startFileServer } from './support/file-server.js'
import { tempFolder } from './support/folder.js'
import { noise, tagged } from './support/stored-file.js'

const SIZE_BYTES = 12_000_000

test('downloads to disk read into the same memory again and again', async () => {
  const server = await startFileServer({ a: tagged(noise(SIZE_BYTES)) })
  const client = createClient({ baseUrl: server.url, token: 'key' })
  const folder = await tempFolder()
  const allocate = vi.spyOn(Buffer, 'allocUnsafeSlow')
  for (const name of ['1', '2', '3', '4']) await client.downloadAssetToFile('p', 'b', 'a', join(folder, name))
  const allocatedBytes = allocate.mock.calls.reduce((sum, [size]) => sum + size, 0)
  allocate.mockRestore()
  expect(allocatedBytes).toBeGreaterThan(0)
  expect(allocatedBytes).toBeLessThan(SIZE_BYTES)
})
