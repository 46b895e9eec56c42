import { expect, test, vi } from 'vitest'
import { DreamStorageTimeoutError } from '../src/index.js'
import { failure } from './support/failure.js'
import { hang, json } from './support/fake-service.js'
import { pass, settle } from './support/fake-time.js'
import { LiveBody } from './support/faults.js'
import { BOOK, serveInFakeTime } from './support/serve.js'

const LIMITS = { token: 'key', retry: { maxRetries: 0 }, timeouts: { requestMs: 1_000, downloadMs: 1_000 } }

/** Something that happens after so many milliseconds, behind the limits of time that are as long. */
function after<T>(ms: number, make: () => T): Promise<T> {
  return new Promise((resolve) => setTimeout(() => resolve(make()), ms))
}

/** Lets the timers of so much time run in one turn of the event loop, as after a block of it. */
async function block(ms: number): Promise<void> {
  await settle()
  vi.advanceTimersByTime(ms)
  await settle()
}

test('an answer that is there when a blocked event loop goes on is no timeout', async () => {
  const { client, service } = serveInFakeTime(() => after(1_000, () => json(BOOK)), LIMITS)
  const book = client.getBookById(1)
  await block(5_000)
  expect(await book).toEqual(BOOK)
  expect(service.seen).toHaveLength(1)
  expect(client.stats().requests.retries).toBe(0)
  expect(vi.getTimerCount()).toBe(0)
})

test('a body that is there when a blocked event loop goes on is no timeout', async () => {
  const body = new LiveBody()
  const { client } = serveInFakeTime(() => body.response(), LIMITS)
  const book = client.getBookById(1)
  await settle()
  void after(1_000, () => {
    body.send(JSON.stringify(BOOK))
    body.end()
  })
  await block(5_000)
  expect(await book).toEqual(BOOK)
})

test('a chunk that is there when a blocked event loop goes on starts the silence of a download anew', async () => {
  const body = new LiveBody()
  const { client, service } = serveInFakeTime(() => body.response(), LIMITS)
  const file = client.downloadAsset('p', 'b', 'a')
  await settle()
  void after(1_000, () => body.send('ab'))
  await block(1_000)
  await pass(900)
  body.end()
  expect(Buffer.from(await file).toString()).toBe('ab')
  service.answer = () => new LiveBody().response()
  const silent = failure(client.downloadAsset('p', 'b', 'a'), DreamStorageTimeoutError)
  await pass(1_000)
  await silent
})

test('what is not there is a timeout all the same', async () => {
  const { client } = serveInFakeTime((_, signal) => hang(signal), LIMITS)
  const book = failure(client.getBookById(1), DreamStorageTimeoutError)
  await block(1_000)
  expect((await book).phase).toBe('headers')
  expect(client.stats().connections).toEqual({ active: 0, queued: 0, files: 0 })
})
