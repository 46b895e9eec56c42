import { getEventListeners } from 'node:events'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import type { AssetStream, DreamCentralStorageClient } from '../src/index.js'
import { DreamStorageCircuitOpenError, DreamStorageError } from '../src/index.js'
import { fakeTime, pass } from './support/fake-time.js'
import { collect } from './support/process-events.js'
import { type Answer, PARTS, ScriptedWorld } from './support/scripted-world.js'

// A fixed seed in the suite. With DREAM_CENTRAL_STORAGE_MODEL_RUNS so many runs of a new one, which a failure prints.
const RUNS = process.env['DREAM_CENTRAL_STORAGE_MODEL_RUNS']
const SEED = process.env['DREAM_CENTRAL_STORAGE_MODEL_SEED']
const PARAMETERS = {
  numRuns: Number(RUNS ?? 60),
  ...(SEED !== undefined ? { seed: Number(SEED) } : !RUNS && { seed: 20_251_125 }),
}

interface Options {
  readonly signal: AbortSignal
  readonly timeoutMs?: number
  readonly cache?: 'default' | 'reload' | 'no-store'
}
type Send = (client: DreamCentralStorageClient, options: Options) => Promise<unknown>

const CALLS = {
  books: (client, options) => client.getBooks(options),
  config: (client, options) => client.getBookConfig('P', 'B', options),
  'config of another book': (client, options) => client.getBookConfig('P', 'C', options),
  'config of a third book': (client, options) => client.getBookConfig('P', 'D', options),
  book: (client, options) => client.getBookById(1, options),
  'another book': (client, options) => client.getBookById(2, options),
  contents: (client, options) => client.listBookContents('P', 'B', options),
  file: (client, options) => client.downloadAsset('P', 'B', 'a.mp3', options),
  stream: (client, options) => client.streamAsset('P', 'B', 'a.mp3', options),
  request: (client, options) => client.getAssetRequest('P', 'B', 'a.mp3', options),
  login: (client, options) => client.authenticate(options),
  batch: (client, { signal }) => client.api.POST('/books/batch', { body: { ids: [1] }, signal }),
} as const satisfies Record<string, Send>
type CallName = keyof typeof CALLS

const PATHS = ['/books/', '/books/1', '/storage/books/P/B/config', '/storage/books/P/B/object?path=a.mp3']

const noop = (): void => {}

/** The keys of the cache, as the scopes of an invalidation. */
const SCOPES = {
  books: { books: true },
  config: { publisher: 'P', bookName: 'B' },
  all: undefined,
} as const

interface Tracked {
  readonly name: CallName
  readonly order: number
  readonly startedAt: number
  readonly invalidated: number
  readonly controller: AbortController
  readonly options: Options
  readonly wasOpen: boolean
  outcome?: { readonly value: unknown } | { readonly error: unknown }
  /** A stream that has not been read. */
  body?: ReadableStream<Uint8Array> | undefined
}

/** What the test knows of one client. */
class Model {
  readonly calls: Tracked[] = []
  readonly invalidated: Record<keyof typeof SCOPES, number> = { books: 0, config: 0, all: 0 }
  /** Calls that must have told the cache's statistics what they found. */
  cached = 0

  get open(): Tracked[] {
    return this.calls.filter(({ outcome }) => !outcome)
  }

  get streams(): Tracked[] {
    return this.calls.filter(({ body }) => body)
  }
}

function start(model: Model, world: ScriptedWorld, name: CallName, options: Omit<Options, 'signal'>): void {
  const controller = new AbortController()
  const key = name === 'books' || name === 'config' ? name : 'all'
  const call: Tracked = {
    name,
    order: world.tick(),
    startedAt: performance.now(),
    invalidated: Math.max(model.invalidated.all, model.invalidated[key]),
    controller,
    options: { ...options, signal: controller.signal },
    wasOpen: name === 'book' && !world.closed && world.isOpen('/books/1'),
  }
  model.calls.push(call)
  if (name === 'books' || name.startsWith('config')) {
    if (options.cache !== 'no-store' && !world.closed) model.cached++
  }
  if (name === 'login') world.authenticating++
  CALLS[name](world.client, call.options)
    .then(
      (value) => {
        call.outcome = { value }
        if (name === 'stream') call.body = (value as AssetStream).body
      },
      (error: unknown) => {
        call.outcome = { error }
      },
    )
    .finally(() => {
      if (name === 'login') world.authenticating--
      judgeOutcome(world, call)
    })
}

function judgeError(
  { violations }: ScriptedWorld,
  name: CallName,
  signal: AbortSignal,
  error: unknown,
): void {
  const isAbort = signal.aborted && error === signal.reason
  if (!isAbort && !(error instanceof DreamStorageError)) violations.push(`${name} threw ${error}`)
}

/** Reads a stream to its end, while the test goes on. */
async function read(world: ScriptedWorld, call: Tracked): Promise<void> {
  const { body, name, options } = call
  call.body = undefined
  try {
    let bytes = 0
    for await (const chunk of body ?? []) bytes += chunk.byteLength
    if (bytes !== 3) world.violations.push(`a stream of ${bytes} bytes`)
  } catch (error) {
    judgeError(world, name, options.signal, error)
  }
}

/** Cancels a stream, which cannot fail. */
async function drop(call: Tracked): Promise<void> {
  const { body } = call
  call.body = undefined
  await body?.cancel().catch(noop)
}

function judgeOutcome(world: ScriptedWorld, call: Tracked): void {
  const { name, outcome, options } = call
  if (!outcome) return
  if ('error' in outcome) {
    judgeError(world, name, options.signal, outcome.error)
    return
  }
  const kind = name === 'books' ? 'books' : name.startsWith('config') ? 'config' : undefined
  if (!kind) return
  const value = outcome.value as { version: number } & Array<{ version: number }>
  if (!Object.isFrozen(value)) world.violations.push(`${name} is not frozen`)
  const version = kind === 'books' ? value[0]?.version : value.version
  const isFresh = options.cache === 'reload' || options.cache === 'no-store'
  world.judgeValue(kind, version ?? -1, { ...call, isFresh })
}

function invalidate(model: Model, world: ScriptedWorld, scope: keyof typeof SCOPES): void {
  world.client.invalidateCache(SCOPES[scope])
  model.invalidated[scope] = world.tick()
}

/** What is true after every step, when all that can go on without a timer has gone on. */
async function judge(model: Model, world: ScriptedWorld): Promise<void> {
  await pass(0)
  expect(world.violations).toEqual([])
  for (const { name, startedAt, options, wasOpen, outcome, body } of model.calls) {
    const isOver = options.signal.aborted || startedAt + (options.timeoutMs ?? Infinity) <= performance.now()
    if (isOver || world.closed || wasOpen) expect(outcome, `${name} goes on`).toBeDefined()
    if (wasOpen) expect(outcome).toEqual({ error: expect.any(DreamStorageCircuitOpenError) })
    if (outcome && !body) expect(getEventListeners(options.signal, 'abort')).toEqual([])
  }
  const { requests, connections, cache, auth } = world.client.stats()
  const { maxConnections, maxFileConnections } = world.limits
  // What gets the slot of one that is cancelled, and is cancelled in the same turn, is counted and not sent.
  const isAnyCancelled = model.calls.some(({ options: { signal, timeoutMs } }) => signal.aborted || timeoutMs)
  if (world.closed || isAnyCancelled) expect(requests.attempts).toBeGreaterThanOrEqual(world.attempts)
  else expect(requests.attempts).toBe(world.attempts)
  expect(connections.active).toBe(world.inFlight)
  expect(connections.files).toBeLessThanOrEqual(maxFileConnections)
  if (connections.queued > connections.files) expect(connections.active).toBeLessThanOrEqual(maxConnections)
  expect(cache.hits + cache.misses + cache.shared).toBe(model.cached)
  expect(cache.entries).toBeLessThanOrEqual(2)
  expect(auth.logins).toBe(world.logins)
  if (world.closed) {
    expect(connections).toEqual({ active: 0, queued: 0, files: 0 })
    expect(vi.getTimerCount()).toBe(0)
  }
}

type Step = fc.AsyncCommand<Model, ScriptedWorld>

/** A command of these words, which are printed when a run fails. */
function step(words: string, act: (model: Model, world: ScriptedWorld) => void | Promise<void>): Step {
  return {
    check: () => true,
    run: async (model, world) => {
      await act(model, world)
      await judge(model, world)
    },
    toString: () => words,
  }
}

const name = fc.constantFrom(...(Object.keys(CALLS) as CallName[]))
const cache = fc.constantFrom('default' as const, 'default' as const, 'reload' as const, 'no-store' as const)
const deadline = fc.option(fc.constantFrom(1, 700, 5_000), { nil: undefined, freq: 4 })
const part = fc.constantFrom(...PARTS)
const answer = fc.constantFrom<Answer>(
  'ok',
  'ok',
  'ok',
  'down',
  'refused',
  'silent',
  'busy',
  'broken',
  'denied',
)

const calls = fc
  .record({ name, cache, timeoutMs: deadline, count: fc.constantFrom(1, 1, 2, 8) })
  .map(({ name, cache, timeoutMs, count }) => {
    const mode = name === 'books' || name.startsWith('config') ? { cache } : {}
    const options = { ...mode, ...(timeoutMs !== undefined && name !== 'batch' && { timeoutMs }) }
    return step(`${count} × ${name} ${JSON.stringify(options)}`, (model, world) => {
      for (let index = 0; index < count; index++) start(model, world, name, options)
    })
  })
const aborts = fc.nat(20).map((index) =>
  step(`abort ${index}`, ({ open }) => {
    open[index % (open.length || 1)]?.controller.abort(new Error('the caller’s'))
  }),
)
const waits = fc
  .constantFrom(1, 100, 999, 1_000, 2_500, 6_000, 31_000, 70_000, 1_800_000)
  .map((ms) => step(`pass ${ms} ms`, () => pass(ms)))
const reads = fc.tuple(fc.nat(3), fc.boolean()).map(([index, isDropped]) =>
  step(`${isDropped ? 'cancel' : 'read'} stream ${index}`, ({ streams }, world) => {
    const call = streams[index % (streams.length || 1)]
    if (call) void (isDropped ? drop(call) : read(world, call))
  }),
)
// A request that is in flight when its value is invalidated, or reloaded: both win over it.
const overtakings = fc
  .record({ name: fc.constantFrom('books', 'config'), isReload: fc.boolean() })
  .map(({ name, isReload }) =>
    step(`${isReload ? 'reload' : 'invalidate'} ${name} while it is loaded`, async (model, world) => {
      const part = name === 'books' ? 'catalogue' : 'storage'
      const fate = world.fates[part]
      world.fates[part] = { ...fate, latencyMs: 500 }
      start(model, world, name, { cache: 'reload' })
      await pass(400)
      if (isReload) start(model, world, name, { cache: 'reload' })
      else invalidate(model, world, name)
      await pass(200)
      start(model, world, name, {})
      world.fates[part] = fate
    }),
  )
const restarts = fc
  .record({ part, ms: fc.constantFrom(500, 2_500, 20_000), name })
  .map(({ part, ms, name }) =>
    step(`${part} restarts for ${ms} ms under 8 × ${name}`, async (model, world) => {
      const fate = world.fates[part]
      world.fates[part] = { answer: 'refused', latencyMs: 0 }
      for (let index = 0; index < 8; index++) start(model, world, name, {})
      await pass(ms)
      world.fates[part] = fate
      await pass(9_000)
    }),
  )
const fates = fc
  .record({ part, answer, latencyMs: fc.constantFrom(0, 0, 30, 800) })
  .map(({ part, ...fate }) =>
    step(`${part}: ${fate.answer} after ${fate.latencyMs} ms`, (_, world) => {
      world.fates[part] = fate
    }),
  )
const breaks = fc.constantFrom(...PATHS).map((path) =>
  step(`break or repair ${path}`, (_, { brokenPaths }) => {
    if (!brokenPaths.delete(path)) brokenPaths.add(path)
  }),
)
const invalidations = fc
  .constantFrom(...(Object.keys(SCOPES) as Array<keyof typeof SCOPES>))
  .map((scope) => step(`invalidate ${scope}`, (model, world) => invalidate(model, world, scope)))
const lifetimes = fc.constantFrom(2, 12, 1_800).map((seconds) =>
  step(`tokens for ${seconds} s`, (_, world) => {
    world.tokenLifetimeSeconds = seconds
  }),
)
const revocation = fc.constant(step('revoke the tokens', (_, world) => world.revokeTokens()))
const repair = fc.constant(step('repair everything', (_, world) => world.repair()))

const steps = fc.commands(
  [
    ...[calls, calls, calls, waits, waits, waits, fates, fates],
    ...[aborts, breaks, invalidations, lifetimes, overtakings, reads, reads, restarts, revocation, repair],
  ],
  { size: 'max', maxCommands: 80 },
)
const latency = fc.constantFrom(0, 30)
const limits = fc
  .record({ maxConnections: fc.integer({ min: 1, max: 4 }), files: fc.integer({ min: 1, max: 4 }) })
  .map(({ maxConnections, files }) => ({
    maxConnections,
    maxFileConnections: Math.min(files, maxConnections),
  }))

/** The service is well again: all that waits ends, and calls succeed. Then the client is closed, under calls or not. */
async function end(model: Model, world: ScriptedWorld, isUnderCalls: boolean): Promise<void> {
  if (!isUnderCalls) {
    for (const call of model.streams) await drop(call)
    world.repair()
    await pass(120_000)
    await judge(model, world)
    expect(model.open.map(({ name }) => name)).toEqual([])
    expect(world.client.stats().connections).toEqual({ active: 0, queued: 0, files: 0 })
    // One after the other: a half-open circuit lets one through.
    for (const name of ['book', 'file', 'login'] as const) {
      start(model, world, name, {})
      await judge(model, world)
      expect(model.calls.at(-1)?.outcome).toHaveProperty('value')
    }
  }
  await world.client.close()
  world.closed = true
  await judge(model, world)
  for (const name of Object.keys(CALLS) as CallName[]) start(model, world, name, {})
  await pass(60_000)
  await judge(model, world)
}

test('no order of calls, faults, waits and aborts breaks a promise of the client', async () => {
  const unhandled = collect('unhandledRejection')
  // Loaded now: loading takes more turns of the event loop than a step waits for.
  await import('../src/assets/assets.js')
  fakeTime()
  await fc.assert(
    fc.asyncProperty(steps, limits, latency, fc.boolean(), async (steps, limits, latencyMs, isUnderCalls) => {
      const model = new Model()
      const world = new ScriptedWorld(limits, latencyMs)
      try {
        await fc.asyncModelRun(() => ({ model, real: world }), steps)
        await end(model, world, isUnderCalls)
      } finally {
        await world.client.close()
        vi.clearAllTimers()
      }
    }),
    PARAMETERS,
  )
  expect(unhandled).toEqual([])
})
