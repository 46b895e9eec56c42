import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { DreamCentralStorageClient } from '../src/index.js'
import { json } from './support/fake-service.js'
import { random } from './support/random.js'
import { serve } from './support/serve.js'

/** How often each method of quick-lru was called, and how many entries its iterators went over. */
const used = vi.hoisted(() => ({ counts: {} as Record<string, number>, steps: 0 }))

vi.mock('quick-lru', async (importOriginal) => {
  const { default: QuickLRU } = await importOriginal<typeof import('quick-lru')>()
  const ITERATORS = ['entriesAscending', 'entriesDescending', 'entries', 'keys', 'values', Symbol.iterator]
  class Counted extends QuickLRU<string, unknown> {}
  for (const name of [
    'get',
    'set',
    'has',
    'peek',
    'delete',
    'clear',
    ...ITERATORS,
    'forEach',
    'evict',
    'resize',
  ]) {
    const original = Reflect.get(QuickLRU.prototype, name) as (...args: unknown[]) => unknown
    Reflect.set(Counted.prototype, name, function (this: object, ...args: unknown[]) {
      used.counts[String(name)] = (used.counts[String(name)] ?? 0) + 1
      const result = original.apply(this, args)
      return ITERATORS.includes(name) ? counted(result as Iterable<unknown>) : result
    })
  }
  function* counted(entries: Iterable<unknown>): Generator<unknown> {
    for (const entry of entries) {
      used.steps++
      yield entry
    }
  }
  return { default: Counted }
})

beforeEach(() => reset())

function reset(): void {
  used.counts = {}
  used.steps = 0
}

function operations(): number {
  return Object.values(used.counts).reduce((sum, count) => sum + count, 0) + used.steps
}

function setUp(maxEntries: number) {
  return serve(() => json({}), { token: 'key', cache: { maxEntries } })
}

function read(client: DreamCentralStorageClient, key: number | string): Promise<unknown> {
  return client.getBookConfig('p', String(key))
}

/** Reads 0 to `count − 1`, and then counts operations anew. */
async function fill(client: DreamCentralStorageClient, count: number): Promise<void> {
  for (let key = 0; key < count; key++) await read(client, key)
  reset()
}

describe('the memory of the cache costs the same for 5 000 entries as for 100', () => {
  /** The operations of a hit of the newest, of the oldest, of a store that drops one, and of both by turns. */
  async function costs(maxEntries: number): Promise<Record<string, number>> {
    const { client } = setUp(maxEntries)
    await fill(client, maxEntries)
    const measure = async (...keys: Array<number | string>): Promise<number> => {
      reset()
      for (const key of keys) await read(client, key)
      return operations()
    }
    return {
      newest: await measure(maxEntries - 1),
      oldest: await measure(0),
      middle: await measure(maxEntries / 2),
      store: await measure('new'),
      stores: await measure(...Array.from({ length: 50 }, (_, index) => `more ${index}`)),
      turns: await measure('a', maxEntries - 2, 'b', maxEntries - 3, 'a', 'c'),
    }
  }

  test('in operations of quick-lru, of which a hit of the newest takes one', async () => {
    const few = await costs(100)
    const many = await costs(5_000)
    expect(many).toEqual(few)
    expect(few['newest']).toBe(1)
    expect(few['oldest']).toBeLessThanOrEqual(3)
    expect(few['store']).toBeLessThanOrEqual(8)
    expect(few['stores']).toBe(50 * (few['store'] ?? 0))
  })
})

test.each([1, 2, 3, 10, 37])(
  'the entries that are held are exactly the %i most recently used, whatever is read',
  async (maxEntries) => {
    const { client, service } = setUp(maxEntries)
    const next = random(maxEntries)
    let order: number[] = []
    for (let step = 0; step < 500; step++) {
      const key = Math.floor(next() * maxEntries * 2)
      const isHeld = order.includes(key)
      const before = service.count('GET')
      if (next() < 0.02) {
        client.invalidateCache({ publisher: 'p', bookName: String(key) })
        order = order.filter((other) => other !== key)
      } else {
        await read(client, key)
        expect(service.count('GET') - before, `step ${step}`).toBe(isHeld ? 0 : 1)
        order = [...order.filter((other) => other !== key), key].slice(-maxEntries)
      }
      if (next() < 0.002) {
        client.invalidateCache()
        order = []
      }
      expect(client.stats().cache.entries).toBe(order.length)
    }
  },
)

test('entries that have been dropped are counted as such, and read anew', async () => {
  const { client, service } = setUp(100)
  await fill(client, 250)
  expect(client.stats().cache).toEqual({ hits: 0, misses: 250, shared: 0, entries: 100 })
  for (let key = 150; key < 250; key++) await read(client, key)
  expect(client.stats().cache.hits).toBe(100)
  expect(service.count('GET')).toBe(250)
})
