import { getEventListeners } from 'node:events'
import { expect, test, vi } from 'vitest'
import { type DreamCentralStorageClient, DreamStorageError } from '../src/index.js'
import { file } from './support/answers.js'
import { EventLog } from './support/event-log.js'
import { type FakeService, hang, json } from './support/fake-service.js'
import { pass, settle } from './support/fake-time.js'
import { down, fetchFailed, invalidToken } from './support/faults.js'
import { tokenOf } from './support/logins.js'
import { collect } from './support/process-events.js'
import { random } from './support/random.js'
import { BOOK, ok, serveInFakeTime } from './support/serve.js'

interface Options {
  signal: AbortSignal
  timeoutMs?: number
}

type Act = (client: DreamCentralStorageClient, options: Options) => Promise<unknown>

/** A stream that is read for so many chunks and then cancelled. */
async function readSome(client: DreamCentralStorageClient, options: Options, chunks: number): Promise<void> {
  const { body } = await client.streamAsset('p', 'b', 'a.mp3', options)
  const reader = body.getReader()
  for (let chunk = 0; chunk < chunks; chunk++) if ((await reader.read()).done) return
  await reader.cancel()
}

const ACTS: readonly Act[] = [
  (client, options) => client.getBooks(options),
  (client, options) => client.getBooks({ ...options, cache: 'reload' }),
  (client, options) => client.getBooks({ ...options, cache: 'no-store' }),
  (client, options) => client.getBookById(1, options),
  (client, options) => client.getBookConfig('p', 'b', options),
  (client, options) => client.listBookContents('p', 'b', options),
  (client, options) => client.downloadAsset('p', 'b', 'a', options),
  (client, options) => client.getAssetRequest('p', 'b', 'a', options),
  (client, options) => client.getAssetInfo('p', 'b', 'a', options),
  (client, options) => client.authenticate(options),
  (client, options) => readSome(client, options, 0),
  (client, options) => readSome(client, options, 1),
  (client, options) => readSome(client, options, 1_000),
  (client, { signal }) => client.api.GET('/api-keys/', { signal }),
  (client, { signal }) => client.api.POST('/books/batch', { body: { ids: [1] }, signal }),
  (client, { signal }) =>
    client.api.GET('/health', { signal, parseAs: 'stream' }).then(({ data }) => data?.cancel()),
]

const ANSWERS: ReadonlyArray<FakeService['answer']> = [
  ...Array(12).fill(ok),
  () => json([BOOK]),
  () => file(Uint8Array.of(1, 2, 3)),
  () => down(),
  () => invalidToken(),
  () => json({ detail: 'File not found' }, 404),
  () => json({}, 429, { 'retry-after': '1' }),
  () => new Response('short', { headers: { 'content-length': '99', etag: '"1"', 'accept-ranges': 'bytes' } }),
  () => Promise.reject(fetchFailed()),
  (_, signal) => hang(signal),
]

/** A seeded storm: what it does, and what each call that failed was told. */
class Storm {
  readonly #next: () => number
  readonly #timers = new Set<NodeJS.Timeout>()
  readonly strangers: unknown[] = []
  readonly signals = new Set<AbortSignal>()
  settled = 0

  constructor(seed: number) {
    this.#next = random(seed)
  }

  pick<T>(choices: readonly T[]): T {
    return choices[Math.floor(this.#next() * choices.length)] as T
  }

  /** Answers after 0 to 50 ms, or at once, with anything. */
  readonly answer: FakeService['answer'] = async (seen, signal) => {
    const delayMs = this.#next() < 0.5 ? 0 : this.#next() * 50
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs))
    return this.pick(ANSWERS)(seen, signal)
  }

  start(client: DreamCentralStorageClient, shared: AbortSignal): Promise<void> {
    const controller = new AbortController()
    const signal = this.#next() < 0.2 ? shared : controller.signal
    const options = this.#next() < 0.3 ? { signal, timeoutMs: 1 + this.#next() * 300 } : { signal }
    this.signals.add(signal)
    if (this.#next() < 0.3) this.#abortLater(controller)
    const judge = (error: unknown): void => {
      if (error !== signal.reason && !(error instanceof DreamStorageError)) this.strangers.push(error)
    }
    return this.pick(ACTS)(client, options)
      .then(() => {}, judge)
      .finally(() => {
        this.settled++
      })
  }

  /** At once, in a later turn, or after a while. */
  #abortLater(controller: AbortController): void {
    const reason = this.pick([undefined, 'enough', 0, new Error('of the caller')])
    const abort = (): void => controller.abort(reason)
    const when = this.pick(['turn', 'now', 'timer'])
    if (when === 'now') abort()
    else if (when === 'turn') setImmediate(abort)
    else this.#timers.add(setTimeout(abort, this.#next() * 400))
  }
}

/** Calls that succeed leave none of their limits of time behind: time stands still, so none can have run out. */
async function expectNoTimer(client: DreamCentralStorageClient, service: FakeService): Promise<void> {
  service.answer = ok
  service.logIn = () => tokenOf('token')()
  await client.getBookById(1)
  const { signal } = new AbortController()
  await Promise.allSettled(ACTS.map((act) => act(client, { signal, timeoutMs: 3_600_000 })))
  await settle()
  expect(vi.getTimerCount()).toBe(0)
}

test('10 000 calls with aborts and deadlines at random moments end once each, and leave nothing behind', async () => {
  const unhandled = collect('unhandledRejection')
  const warnings = collect('warning')
  const log = new EventLog()
  const storm = new Storm(8)
  const { client, service } = serveInFakeTime(storm.answer, {
    observers: [log.observer],
    timeouts: { requestMs: 200, downloadMs: 200, queueMs: 1_000 },
    retry: { maxRetries: 2, baseDelayMs: 20, maxDelayMs: 40 },
    circuitBreaker: { failureThreshold: 20, resetAfterMs: 50 },
  })
  const { logIn } = service
  service.logIn = (seen, signal) => storm.pick([logIn, logIn, logIn, storm.answer])(seen, signal)

  const calls: Array<Promise<void>> = []
  for (let burst = 0; burst < 500; burst++) {
    const shared = new AbortController()
    for (let call = 0; call < 20; call++) calls.push(storm.start(client, shared.signal))
    await vi.advanceTimersByTimeAsync(burst % 10)
    if (burst % 3 === 0) shared.abort('all of them')
    await vi.advanceTimersByTimeAsync(20)
  }
  await pass(60_000)
  await Promise.all(calls)
  await settle()

  expect(storm.settled).toBe(10_000)
  expect(storm.strangers).toEqual([])
  const { open, excess } = log.unbalanced()
  expect([open.length, excess.length]).toEqual([0, 0])
  expect(log.all('attempt.end')).toHaveLength(log.all('attempt.start').length)
  expect(client.stats().requests.attempts).toBe(service.seen.length)
  expect(client.stats().connections).toEqual({ active: 0, queued: 0, files: 0 })
  expect(vi.getTimerCount()).toBe(0)
  for (const signal of storm.signals) expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  await expectNoTimer(client, service)
  expect(unhandled).toEqual([])
  expect(warnings).toEqual([])
  const outcomes = new Set(log.all('call.end').map(({ call, outcome }) => `${call.kind} ${outcome}`))
  for (const kind of ['request', 'operation', 'login']) {
    for (const outcome of ['success', 'error']) expect(outcomes).toContain(`${kind} ${outcome}`)
  }
})
