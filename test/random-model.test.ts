import { getEventListeners } from 'node:events'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import type { DreamCentralStorageClient } from '../src/index.js'
import { DreamStorageCircuitOpenError, DreamStorageError } from '../src/index.js'
import { fakeTime, pass } from './support/fake-time.js'
import { collect } from './support/process-events.js'
import { type Answer, type Part, ScriptedWorld } from './support/scripted-world.js'

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
  request: (client, options) => client.getAssetRequest('P', 'B', 'a.mp3', options),
  login: (client, options) => client.authenticate(options),
  batch: (client, { signal }) => client.api.POST('/books/batch', { body: { ids: [1] }, signal }),
} as const satisfies Record<string, Send>
type CallName = keyof typeof CALLS

const PATHS = ['/books/', '/books/1', '/storage/books/P/B/config', '/storage/books/P/B/object?path=a.mp3']

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
    wasOpen: name === 'book' && world.isOpen('/books/1'),
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

function judgeOutcome(world: ScriptedWorld, call: Tracked): void {
  const { name, outcome, options } = call
  if (!outcome) return
  if ('error' in outcome) {
    const { error } = outcome
    const isAbort = options.signal.aborted && error === options.signal.reason
    if (!isAbort && !(error instanceof DreamStorageError)) world.violations.push(`${name} threw ${error}`)
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

/** What is true after every step, when all that can go on without a timer has gone on. */
async function judge(model: Model, world: ScriptedWorld): Promise<void> {
  await pass(0)
  expect(world.violations).toEqual([])
  for (const { name, startedAt, options, wasOpen, outcome } of model.calls) {
    const isOver = options.signal.aborted || startedAt + (options.timeoutMs ?? Infinity) <= performance.now()
    if (isOver || world.closed || wasOpen) expect(outcome, `${name} goes on`).toBeDefined()
    if (wasOpen) expect(outcome).toEqual({ error: expect.any(DreamStorageCircuitOpenError) })
    if (outcome) expect(getEventListeners(options.signal, 'abort')).toEqual([])
  }
  const { requests, connections, cache, auth } = world.client.stats()
  const { maxConnections, maxFileConnections } = world.limits
  expect(requests.attempts).toBe(world.attempts)
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
const part = fc.constantFrom<Part>('catalogue', 'storage', 'login')
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
const invalidations = fc.constantFrom(...(Object.keys(SCOPES) as Array<keyof typeof SCOPES>)).map((scope) =>
  step(`invalidate ${scope}`, (model, world) => {
    world.client.invalidateCache(SCOPES[scope])
    model.invalidated[scope] = world.tick()
  }),
)
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
    ...[aborts, breaks, invalidations, lifetimes, revocation, repair],
  ],
  { size: 'max', maxCommands: 80 },
)
const limits = fc
  .record({ maxConnections: fc.integer({ min: 1, max: 4 }), files: fc.integer({ min: 1, max: 4 }) })
  .map(({ maxConnections, files }) => ({
    maxConnections,
    maxFileConnections: Math.min(files, maxConnections),
  }))

/** The service is well again: all that waits ends, and calls succeed. Then the client is closed, under calls or not. */
async function end(model: Model, world: ScriptedWorld, isUnderCalls: boolean): Promise<void> {
  if (!isUnderCalls) {
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
  start(model, world, 'books', {})
  await pass(60_000)
  await judge(model, world)
}

test('no order of calls, faults, waits and aborts breaks a promise of the client', async () => {
  const unhandled = collect('unhandledRejection')
  fakeTime()
  await fc.assert(
    fc.asyncProperty(steps, limits, fc.boolean(), async (steps, limits, isUnderCalls) => {
      const model = new Model()
      const world = new ScriptedWorld(limits)
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
