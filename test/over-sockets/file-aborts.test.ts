import { getEventListeners } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type DreamCentralStorageClient, DreamStorageError } from '../../src/index.js'
import { contentsOf } from '../support/folder.js'
import { LEDGER, setUpMirror } from '../support/mirror.js'
import { collect } from '../support/process-events.js'
import { random } from '../support/random.js'
import { noise, tagged } from '../support/stored-file.js'

const CALLS = 1_000
const FILES = { a: tagged(noise(200_000)), 'b/c': tagged(noise(10)), 'b/d': tagged(noise(70_000)) }

type Act = (
  client: DreamCentralStorageClient,
  folder: string,
  options: { signal: AbortSignal; timeoutMs?: number },
) => Promise<unknown>

const ACTS: readonly Act[] = [
  (client, folder, options) => client.downloadAssetToFile('p', 'b', 'a', join(folder, 'a'), options),
  (client, folder, options) =>
    client.downloadAssetToFile('p', 'b', 'a', join(folder, 'r'), { ...options, resume: true }),
  (client, folder, options) => client.mirrorBook('p', 'b', join(folder, 'mirror'), options),
  (client, folder, options) =>
    client.mirrorBook('p', 'b', join(folder, 'mirror'), { ...options, prune: true, verify: true }),
]

test(`${CALLS} downloads and mirrors with aborts and deadlines at random moments tell nothing foreign, and leave nothing`, {
  timeout: 120_000,
}, async () => {
  const unhandled = collect('unhandledRejection')
  const warnings = collect('warning')
  const next = random(9)
  const { client, folder } = await setUpMirror(FILES, (asked, response) => {
    if (next() > 0.1) return false
    response.destroy()
    return asked.path !== ''
  })
  let aborted = 0
  for (let call = 0; call < CALLS; call++) {
    const controller = new AbortController()
    const { signal } = controller
    let turns = Math.floor(next() * 40)
    const act = ACTS[call % ACTS.length] as Act
    const options = next() < 0.3 ? { signal, timeoutMs: 1 + next() * 10 } : { signal }
    const outcome = act(client, folder, options).catch((error: unknown) => error)
    const abort = (): void => {
      if (turns-- > 0) setImmediate(abort)
      else controller.abort(call)
    }
    if (next() < 0.7) abort()
    const error = await outcome
    if (error === call) aborted++
    else if (error instanceof Error) expect(error).toBeInstanceOf(DreamStorageError)
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  }
  expect(aborted).toBeGreaterThan(CALLS / 5)
  expect(client.stats().connections).toEqual({ active: 0, queued: 0, files: 0 })
  await client.mirrorBook('p', 'b', join(folder, 'mirror'))
  for (const name of ['a', 'r']) {
    await client.downloadAssetToFile('p', 'b', 'a', join(folder, name), { resume: true })
  }
  const found = (await contentsOf(folder)).filter((name) => !name.endsWith(LEDGER))
  expect(found.sort()).toEqual(['a', 'mirror/a', 'mirror/b/c', 'mirror/b/d', 'r'])
  for (const [path, { bytes }] of Object.entries(FILES)) {
    expect((await readFile(join(folder, 'mirror', path))).equals(bytes)).toBe(true)
  }
  expect([unhandled, warnings]).toEqual([[], []])
})
