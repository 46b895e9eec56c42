// Asks for a book of a host that only a proxy knows: `NODE_USE_ENV_PROXY=1 HTTP_PROXY=… node env-proxy.mjs`.
import { DreamCentralStorageClient } from 'dream-central-storage-client'

const client = new DreamCentralStorageClient({
  baseUrl: 'http://dcs.invalid',
  token: 'key',
  retry: { maxRetries: 0 },
})
console.log((await client.getBookById(1)).book_name)
await client.close()
