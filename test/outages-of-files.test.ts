import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { DreamStorageCircuitOpenError } from '../src/index.js'
import type { FakeService } from './support/fake-service.js'
import { json } from './support/fake-service.js'
import { pass } from './support/fake-time.js'
import { fetchFailed } from './support/faults.js'
import { bytesBelow, tempFolder } from './support/folder.js'
import { serveInFakeTime } from './support/serve.js'

const COUNT = 40
const NAMES = Array.from({ length: COUNT }, (_, index) => `f${index}.mp3`)

/** A book of 40 files, whose service is down for some time after it has sent the listing and some files. */
function interruptedBook(downMs: number, filesBefore = 7): FakeService['answer'] {
  let sent = 0
  let downUntil: number | undefined
  return ({ path }) => {
    if (!path.includes('/object')) return json(NAMES)
    if (sent === filesBefore) downUntil ??= performance.now() + downMs
    if (downUntil !== undefined && performance.now() < downUntil) return Promise.reject(fetchFailed())
    sent++
    return new Response('content', { headers: { 'content-length': '7' } })
  }
}

/** Lets time pass until the promise is settled, however long the disk takes. */
async function settledIn<T>(promise: Promise<T>): Promise<PromiseSettledResult<T>> {
  let isSettled = false
  const settled = Promise.allSettled([promise]).finally(() => {
    isSettled = true
  })
  while (!isSettled) await pass(100)
  return (await settled)[0]
}

describe('a mirror whose service restarts', () => {
  test.each([1_000, 3_000, 10_000, 60_000])('within %i ms brings every file', async (downMs) => {
    const folder = await tempFolder()
    const { client } = serveInFakeTime(interruptedBook(downMs))
    const ended = await settledIn(client.mirrorBook('p', 'b', folder))
    expect(ended).toMatchObject({ status: 'fulfilled', value: { failed: [] } })
    const files = await bytesBelow(folder)
    for (const name of NAMES) expect(files.get(name)?.toString()).toBe('content')
  })

  test('not within 5 minutes ends, with the files that are missing as failed', async () => {
    const folder = await tempFolder()
    const { client } = serveInFakeTime(interruptedBook(Number.POSITIVE_INFINITY))
    const startedAt = performance.now()
    const ended = await settledIn(client.mirrorBook('p', 'b', folder))
    if (ended.status === 'rejected') throw ended.reason
    const { downloaded, failed } = ended.value
    expect(downloaded.length + failed.length).toBe(COUNT)
    expect(failed.some(({ error }) => error instanceof DreamStorageCircuitOpenError)).toBe(true)
    expect(performance.now() - startedAt).toBeLessThan(600_000)
  })

  test('sends nothing after its deadline', async () => {
    const folder = await tempFolder()
    const { client, times } = serveInFakeTime(interruptedBook(Number.POSITIVE_INFINITY))
    const startedAt = performance.now()
    await settledIn(client.mirrorBook('p', 'b', folder, { timeoutMs: 20_000 }))
    await pass(60_000)
    expect(Math.max(...times) - startedAt).toBeLessThanOrEqual(20_000)
  })
})

test('a download to a file waits while the circuit breaker is open', async () => {
  const folder = await tempFolder()
  const { client, service } = serveInFakeTime(() => Promise.reject(fetchFailed()), {
    retry: { maxRetries: 0 },
  })
  await client.authenticate()
  for (let call = 0; call < 5; call++) await client.getBookConfig('p', String(call)).catch(() => {})
  expect(client.stats().circuits.storage).toBe('open')
  const download = client.downloadAssetToFile('p', 'b', 'a.mp3', join(folder, 'a.mp3'))
  await pass(500)
  service.answer = () => new Response('content', { headers: { 'content-length': '7' } })
  expect(await settledIn(download)).toMatchObject({ value: { bytes: 7 } })
})
