/**
 * A program that downloads the file `a` and prints the error if it fails.
 * `node --import tsx download-and-tell.ts URL TARGET resume|fresh`
 */
import { DreamCentralStorageClient, DreamStorageFileError } from '../../src/index.js'
import { transportOptions } from './transport.js'

const [, , baseUrl = '', target = '', way] = process.argv

const options = { baseUrl, token: 'key', retry: { maxRetries: 0 }, ...transportOptions() }
await using client = new DreamCentralStorageClient(options)
try {
  await client.downloadAssetToFile('p', 'b', 'a', target, { resume: way === 'resume' })
} catch (error) {
  if (!(error instanceof DreamStorageFileError)) throw error
  const { name, path, cause } = error
  process.stdout.write(JSON.stringify({ name, path, cause: (cause as NodeJS.ErrnoException).code }))
}
