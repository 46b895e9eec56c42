/**
 * A program that uploads a file and prints, as JSON, the largest resident set of the process in MB before and after, and the
 * seconds that the upload took: `node --import tsx upload-and-tell.ts URL FILE`
 */
import { DreamCentralStorageClient } from '../../src/index.js'
import { transportOptions } from './transport.js'

const [, , baseUrl = '', file = ''] = process.argv
const mostMb = (): number => Math.round(process.resourceUsage().maxRSS / 1024)

await using client = new DreamCentralStorageClient({ baseUrl, token: 'key', ...transportOptions() })
await client.getBooks()
const beforeMb = mostMb()
const startedAt = performance.now()
let last = 0
await client.uploadBook(file, {
  onProgress: ({ transferred }) => {
    last = transferred
  },
})
const seconds = (performance.now() - startedAt) / 1000
process.stdout.write(JSON.stringify({ beforeMb, mostMb: mostMb(), seconds, last }))
