/**
 * A program that asks for a book over TLS and prints it, or the error.
 * `node --import tsx call-over-tls.ts URL`
 */
import { DreamCentralStorageClient } from '../../src/index.js'

const [, , baseUrl = ''] = process.argv

await using client = new DreamCentralStorageClient({ baseUrl, token: 'key', retry: { maxRetries: 0 } })
const answer = await client.getBookById(1).catch((error: Error) => error.message)
process.stdout.write(JSON.stringify(answer))
