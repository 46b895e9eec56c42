/**
 * A program that mirrors books into one folder, over and over in two threads, until it is killed.
 * `node --import tsx mirror-until-killed.ts URL FOLDER BOOK…`
 */
import { isMainThread, Worker } from 'node:worker_threads'
import { DreamCentralStorageClient } from '../../src/index.js'

const [, , baseUrl = '', folder = '', ...books] = process.argv

if (isMainThread) {
  // In a thread of Node.js 20, `--import tsx` does not do what it does in a process.
  const program = "import('tsx/esm/api').then(({ register }) => register() && import(workerData))"
  const code = `const { workerData } = require('node:worker_threads'); ${program}`
  new Worker(code, { eval: true, argv: process.argv.slice(2), workerData: import.meta.url })
}
const client = new DreamCentralStorageClient({
  baseUrl,
  token: 'key',
  retry: { maxRetries: 0 },
  circuitBreaker: false,
})
// The threads begin at different ends.
const order = isMainThread ? books : books.toReversed()
for (;;) {
  for (const book of order) {
    const { failed } = await client.mirrorBook('p', book, folder, { prune: true })
    for (const { path, error } of failed) process.stdout.write(`${path}: ${error.message}\n`)
  }
}
