import { describe, expect, test } from 'vitest'
import { DreamStorageCircuitOpenError, DreamStorageTimeoutError } from '../src/index.js'
import { failure, rejection } from './support/failure.js'
import type { FakeService } from './support/fake-service.js'
import { pass, settle } from './support/fake-time.js'
import { down, fetchFailed } from './support/faults.js'
import { Gate } from './support/gate.js'
import { BOOK, calls, ok, type Served, serveInFakeTime } from './support/serve.js'

const FAULTS: ReadonlyArray<[string, () => Response | Promise<Response>]> = [
  ['refuses connections', () => Promise.reject(fetchFailed())],
  ['answers 503', () => down()],
]

/** Ten requests are in flight when the service goes down. @returns their outcomes, and how to bring it back */
async function interrupted(
  fault: FakeService['answer'],
  options: Parameters<typeof serveInFakeTime>[1] = {},
): Promise<Served & { outcomes: Promise<unknown>[]; downSince: number }> {
  const gate = new Gate()
  const served = serveInFakeTime(gate.answer, { retry: { jitter: true }, ...options })
  await served.client.authenticate()
  const outcomes = calls(served.client, 10).map((call) => call.catch((error: unknown) => error))
  await settle()
  expect(gate.held).toHaveLength(10)
  served.service.answer = fault
  const downSince = performance.now()
  for (const held of gate.held) held.answer(await Promise.resolve(down()))
  await settle()
  return { ...served, outcomes, downSince }
}

describe.each(FAULTS)('a service that %s', (_, fault) => {
  test.each([200, 1_000, 2_000, 2_999])(
    'for %i ms after ten requests were in flight costs none of them',
    async (ms) => {
      const { client, service, outcomes, times } = await interrupted(fault)
      expect(client.stats().circuits.catalogue).toBe('open')
      await pass(ms)
      service.answer = ok
      await pass(5_000)
      expect(await Promise.all(outcomes)).toEqual(Array(10).fill(BOOK))
      // The first ten, the probes that failed, and one success for each.
      expect(times.length).toBeLessThanOrEqual(10 + 2 + 10)
    },
  )

  test('for long fails these within 4 s, with the last failure as cause', async () => {
    const { outcomes, times } = await interrupted(fault)
    await pass(4_000)
    for (const error of await Promise.all(outcomes)) {
      expect(error).toBeInstanceOf(DreamStorageCircuitOpenError)
      expect((error as Error).cause).toBeDefined()
    }
    expect(times).toHaveLength(10 + 2)
  })

  test('fails new calls at once', async () => {
    const { client, times } = await interrupted(fault)
    await failure(client.getBookById(99), DreamStorageCircuitOpenError)
    expect(times).toHaveLength(10)
  })
})

describe('a retry that waits while the circuit is open', () => {
  test('is not sent before a probe has succeeded, and then all go on', async () => {
    const { client, service, outcomes, times } = await interrupted(() => down())
    const gate = new Gate()
    service.answer = gate.answer
    await pass(5_000)
    expect(gate.held).toHaveLength(1)
    expect(client.stats().circuits.catalogue).toBe('half-open')
    service.answer = ok
    gate.held[0]?.answer(ok())
    await settle()
    expect(await Promise.all(outcomes)).toEqual(Array(10).fill(BOOK))
    expect(times).toHaveLength(10 + 1 + 9)
  })

  test('is the next probe when the caller aborts the one in flight', async () => {
    const controller = new AbortController()
    const gate = new Gate()
    const { client, service } = serveInFakeTime(gate.answer, {
      circuitBreaker: { failureThreshold: 2 },
      retry: { jitter: false },
    })
    await client.authenticate()
    const first = rejection(client.getBookById(1, { signal: controller.signal }))
    const second = client.getBookById(2)
    await settle()
    for (const held of gate.held) held.answer(down())
    await pass(1_000)
    expect(gate.held).toHaveLength(3)
    service.answer = ok
    controller.abort('enough')
    expect(await first).toBe('enough')
    await settle()
    expect(await second).toEqual(BOOK)
  })

  test('ends with its deadline', async () => {
    const gate = new Gate()
    const { client, service } = serveInFakeTime(gate.answer, { circuitBreaker: { failureThreshold: 1 } })
    await client.authenticate()
    const late = failure(client.getBookById(1, { timeoutMs: 900 }), DreamStorageTimeoutError)
    await settle()
    service.answer = () => Promise.reject(fetchFailed())
    gate.held[0]?.answer(down())
    await pass(900)
    expect((await late).phase).toBe('deadline')
  })

  test('ends at once when the client is closed', async () => {
    const { client, outcomes, times } = await interrupted(() => down())
    await pass(10)
    await client.close()
    for (const error of await Promise.all(outcomes))
      expect(error).toMatchObject({ code: 'ERR_DREAM_STORAGE_CLOSED' })
    expect(times).toHaveLength(10)
  })
})
