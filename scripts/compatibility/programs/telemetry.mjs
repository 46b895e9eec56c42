// Calls with a login and a retry among them; prints the spans. `node --import ./telemetry-setup.mjs telemetry.mjs URL`
import { DreamCentralStorageClient } from 'dream-central-storage-client'

const client = new DreamCentralStorageClient({
  baseUrl: process.argv[2],
  email: 'admin@admin.com',
  password: 'PASSWORDSECRET',
  retry: { maxRetries: 2, baseDelayMs: 1 },
})
await client.getBookById(1)
await client.downloadAsset('p', 'b', 'a')
await client.close()
const spans = globalThis.finishedSpans().map((span) => {
  const { name, kind, attributes, status, events } = span
  const { traceId, spanId } = span.spanContext()
  return { name, kind, attributes, status, events, traceId, spanId }
})
console.log(JSON.stringify(spans))
