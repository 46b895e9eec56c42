import { createReadStream } from 'node:fs'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { UploadFile } from '../../src/index.js'
import { createClient } from '../support/client.js'
import { tempFolder } from '../support/folder.js'
import { until } from '../support/moment.js'
import { collect } from '../support/process-events.js'
import { random } from '../support/random.js'
import { startUploadServer, zip } from '../support/upload-server.js'

const CALLS = 200
const BYTES = zip(2_000_000)

/** How many files this process has open, its sockets included; 0 where the system does not tell. */
async function openFiles(): Promise<number> {
  return (await readdir('/proc/self/fd').catch(() => [])).length
}

test(`${CALLS} uploads that are aborted at random moments leave no file, no connection and no slot`, {
  timeout: 120_000,
}, async () => {
  const unhandled = collect('unhandledRejection')
  const warnings = collect('warning')
  const next = random(5)
  const path = join(await tempFolder(), 'B.zip')
  await writeFile(path, BYTES)
  const server = await startUploadServer()
  const client = createClient({ baseUrl: server.url, token: 'key' })
  const size = BYTES.length
  const files: ReadonlyArray<() => UploadFile> = [
    () => path,
    () => ({ stream: createReadStream(path), size, fileName: 'B.zip' }),
    () => new File([BYTES], 'B.zip'),
  ]
  await client.uploadBook(path)
  await until(() => server.sockets.open.size <= 1)
  const before = await openFiles()
  let aborted = 0
  for (let call = 0; call < CALLS; call++) {
    const controller = new AbortController()
    let turns = Math.floor(next() * 60)
    const abort = (): void => {
      if (turns-- > 0) setImmediate(abort)
      else controller.abort(call)
    }
    abort()
    const file = files[call % files.length] as () => UploadFile
    const outcome = await client
      .uploadBook(file(), { signal: controller.signal })
      .catch((reason: unknown) => reason)
    if (outcome === call) aborted++
    else expect(outcome).toHaveProperty('book')
  }
  expect(aborted).toBeGreaterThan(CALLS / 4)
  expect(client.stats().connections).toEqual({ active: 0, queued: 0, files: 0 })
  await until(() => server.sockets.open.size <= 1)
  // What is still open is one connection that is kept, with its two ends.
  await until(async () => (await openFiles()) <= before)
  expect(unhandled).toEqual([])
  expect(warnings).toEqual([])
})
