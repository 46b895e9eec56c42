import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { DreamStorageCircuitOpenError } from '../src/index.js'
import type { FakeService } from './support/fake-service.js'
import { json } from './support/fake-service.js'
import { pass } from './support/fake-time.js'
import { fetchFailed } from './support/faults.js'
import { fileNode, folderNode } from './support/file-server.js'
import { bytesBelow, tempFolder } from './support/folder.js'
import { LEDGER } from './support/mirror.js'
import { serveInFakeTime } from './support/serve.js'
import { noise, replyWith, tagged } from './support/stored-file.js'

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

/** A book of one file with a tag, whose service goes down in its middle. */
function interruptedFile(downMs: number, ranges: Array<string | null>): FakeService['answer'] {
  const file = tagged(noise(300_000))
  let downUntil: number | undefined
  return ({ path, request }) => {
    if (!path.includes('/object')) return json(folderNode([fileNode('a', file.bytes.byteLength)]))
    if (downUntil !== undefined && performance.now() < downUntil) return Promise.reject(fetchFailed())
    ranges.push(request.headers.get('range'))
    const { status, headers, bytes } = replyWith(file, request.headers.get('range'))
    if (downUntil !== undefined) return new Response(Uint8Array.from(bytes), { status, headers })
    downUntil = performance.now() + downMs
    const parts = [bytes.subarray(0, 200_000)]
    const pull = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
      const part = parts.shift()
      if (part) controller.enqueue(part)
      else controller.error(fetchFailed())
    }
    return new Response(new ReadableStream({ pull }), { status, headers })
  }
}

describe('a mirror whose service restarts', () => {
  test('in the middle of a file continues it, and leaves nothing beside it', async () => {
    const folder = await tempFolder()
    const ranges: Array<string | null> = []
    const circuitBreaker = { failureThreshold: 2 }
    const { client } = serveInFakeTime(interruptedFile(20_000, ranges), { circuitBreaker })
    const ended = await settledIn(client.mirrorBook('p', 'b', folder))
    expect(ended).toMatchObject({ status: 'fulfilled', value: { downloaded: ['a'], failed: [] } })
    expect(ranges).toEqual([null, 'bytes=183616-199999', 'bytes=200000-'])
    const files = await bytesBelow(folder)
    expect([...files.keys()]).toEqual([LEDGER, 'a'])
    expect(files.get('a')?.equals(noise(300_000))).toBe(true)
  })

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
    const { client, times } = serveInFakeTime(interruptedBook(Number.POSITIVE_INFINITY))
    const startedAt = performance.now()
    const ended = await settledIn(client.mirrorBook('p', 'b', folder))
    if (ended.status === 'rejected') throw ended.reason
    const { downloaded, failed } = ended.value
    expect(downloaded.length + failed.length).toBe(COUNT)
    expect(failed.some(({ error }) => error instanceof DreamStorageCircuitOpenError)).toBe(true)
    // One request every 30 s after the first minute; fewer where the time that the disk takes is longer.
    const probes = times.filter((time) => time - startedAt > 60_000).length
    expect(probes).toBeGreaterThan(0)
    expect(probes).toBeLessThanOrEqual(9)
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
