import { expect, test } from 'vitest'
import type { Call } from '../src/call/call.js'
import type { RequestCircuit } from '../src/resilience/circuits.js'
import { Slots } from '../src/resilience/slots.js'

test('a slot that is released twice is free once', async () => {
  const slots = new Slots({ maxConnections: 1, maxFileConnections: 1, queueMs: 1_000 })
  // Neither is asked while a slot is free.
  const call = { facts: { kind: 'request' }, endpoint: { answer: 'file' } } as unknown as Call
  const release = await slots.acquire(call, {} as RequestCircuit)
  release()
  release()
  expect(slots.counts).toEqual({ active: 0, queued: 0, files: 0 })
})
