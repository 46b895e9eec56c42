import { describe, expect, test } from 'vitest'
import { DreamStorageTimeoutError } from '../src/index.js'
import { failure } from './support/failure.js'
import { pass, settle } from './support/fake-time.js'
import { LiveBody } from './support/faults.js'
import { serveInFakeTime } from './support/serve.js'

const OBJECT = '/storage/books/{publisher}/{book_name}/object'

describe('a body that nobody reads', () => {
  test('of streamAsset ends after 60 s, with its connection, and is not asked for again', async () => {
    const live = new LiveBody()
    const { service, client } = serveInFakeTime(() => live.response(100), { token: 't' })
    const { body } = await client.streamAsset('p', 'b', 'a')
    live.send('some bytes')
    await pass(59_999)
    expect(live.cancelled).toBe(false)
    await pass(1)
    expect(live.cancelled).toBe(true)
    expect(client.stats().connections).toEqual({ active: 0, queued: 0, files: 0 })
    const { phase } = await failure(body.getReader().read(), DreamStorageTimeoutError)
    expect(phase).toBe('consumer')
    expect(service.count('GET')).toBe(1)
  })

  test('of client.api ends likewise', async () => {
    const live = new LiveBody()
    const { client } = serveInFakeTime(() => live.response(), { token: 't', timeouts: { consumerMs: 500 } })
    const params = { path: { publisher: 'p', book_name: 'b' }, query: { path: 'a' } }
    const { data } = await client.api.GET(OBJECT, { params, parseAs: 'stream' })
    await pass(500)
    expect(live.cancelled).toBe(true)
    const { phase } = await failure(data?.getReader().read() as Promise<unknown>, DreamStorageTimeoutError)
    expect(phase).toBe('consumer')
  })

  test('for less than the limit goes on, however often', async () => {
    const live = new LiveBody()
    const { client } = serveInFakeTime(() => live.response(5), { token: 't' })
    const { body } = await client.streamAsset('p', 'b', 'a')
    const reader = body.getReader()
    for (let second = 0; second < 5; second++) {
      live.send('x')
      await pass(59_000)
      expect((await reader.read()).value).toHaveLength(1)
    }
    live.end()
    expect((await reader.read()).done).toBe(true)
  })

  test('is not the service’s fault: its silence counts from the read on', async () => {
    const live = new LiveBody()
    const { client } = serveInFakeTime(() => live.response(5), { token: 't' })
    const { body } = await client.streamAsset('p', 'b', 'a')
    await pass(50_000)
    const read = body.getReader().read()
    await pass(50_000)
    live.send('12345')
    await settle()
    expect((await read).value).toHaveLength(5)
    expect(client.stats().circuits.storage).toBe('closed')
  })
})
