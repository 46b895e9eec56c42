import { getEventListeners } from 'node:events'
import { expect, test, vi } from 'vitest'
import { type DreamCentralStorageClient, DreamStorageError } from '../src/index.js'
import { file } from './support/answers.js'
import { type FakeService, hang, json } from './support/fake-service.js'
import { pass } from './support/fake-time.js'
import { down, fetchFailed, invalidToken, LiveBody } from './support/faults.js'
import { collect } from './support/process-events.js'
import { random } from './support/random.js'
import { BOOK, calls, ok, serveInFakeTime } from './support/serve.js'
import { uploadForm } from './support/uploads.js'

type Pick = <T>(choices: readonly T[]) => T
type Options = { signal: AbortSignal; timeoutMs?: number }

const odd = (body: string, status = 200): Response => new Response(body, { status })

const ANSWERS: ReadonlyArray<FakeService['answer']> = [
  ok,
  () => json([BOOK]),
  () => file(Uint8Array.of(1, 2, 3)),
  () => down(),
  () => odd('Internal Server Error', 500),
  () => odd('<html>'),
  () => odd(''),
  () => odd('{"id":'),
  () => odd('null'),
  () => odd('[null,{"id":"x"}]'),
  () => invalidToken(),
  () => json({ detail: 'Not authenticated' }, 403),
  () => json({ detail: 'Book not found' }, 404),
  () => odd('<html>', 404),
  () => json({ detail: [{ loc: null }, null, 7] }, 422),
  () => json({ detail: { code: 1 } }, 409),
  () => json({}, 429, { 'retry-after': '2' }),
  () => json({}, 429, { 'retry-after': 'never' }),
  () => new Response(null, { status: 204 }),
  () => new Response(null, { status: 304 }),
  () => new Response(null, { status: 302, headers: { location: '//[' } }),
  () => Response.error(),
  () => new LiveBody().response(),
  () => new Response('short', { headers: { 'content-length': '99' } }),
  () => Promise.reject(fetchFailed()),
  () => Promise.reject(fetchFailed('UND_ERR_CONNECT_TIMEOUT')),
  () => Promise.reject(undefined),
  () => Promise.reject(new DOMException('not yours', 'AbortError')),
  () => undefined as never,
  (_, signal) => hang(signal),
]

const CALLS: ReadonlyArray<(client: DreamCentralStorageClient, options: Options) => Promise<unknown>> = [
  (client, options) => client.getBooks(options),
  (client, options) => client.getBookById(1, options),
  (client, options) => client.getBookConfig('p', 'b', options),
  (client, options) => client.listBookContents('p', 'b', options),
  (client, options) => client.downloadAsset('p', 'b', 'a', options),
  (client, options) => client.getAssetRequest('p', 'b', 'a', options),
  (client, options) => client.authenticate(options),
  (client, { signal }) => client.api.GET('/api-keys/', { signal }),
  (client, { signal }) => client.api.POST('/books/batch', { body: { ids: [1] }, signal }),
  (client) => uploadForm(client),
]

/** Starts one call with random options. Returns its error if it fails. */
async function start(
  client: DreamCentralStorageClient,
  pick: Pick,
): Promise<{ error: unknown; signal: AbortSignal }> {
  const controller = new AbortController()
  const { signal } = controller
  const abortAfterMs = pick([undefined, undefined, 1, 900, 4_000])
  const options = pick([{ signal }, { signal }, { signal, timeoutMs: 700 }, { signal, timeoutMs: 9_000 }])
  if (abortAfterMs !== undefined) setTimeout(() => controller.abort(), abortAfterMs)
  const outcome = await pick(CALLS)(client, options).then(
    () => ({ error: undefined }),
    (error: unknown) => ({ error }),
  )
  return { ...outcome, signal }
}

test.each(Array.from({ length: 20 }, (_, seed) => seed))(
  'whatever goes wrong, calls end with an error of the family or the caller’s reason, and nothing is left (seed %i)',
  async (seed) => {
    const unhandled = collect('unhandledRejection')
    const next = random(seed)
    const pick: Pick = (choices) => choices[Math.floor(next() * choices.length)] as (typeof choices)[number]
    const open = new Set<AbortSignal>()
    let mostOpen = 0
    const { client, service } = serveInFakeTime(undefined, {
      timeouts: { requestMs: 3_000, downloadMs: 3_000, uploadAnswerMs: 3_000 },
    })
    service.answer = async (seen, signal) => {
      open.add(signal)
      mostOpen = Math.max(mostOpen, open.size)
      signal.addEventListener('abort', () => open.delete(signal))
      await new Promise((resolve) => setTimeout(resolve, next() * 200))
      open.delete(signal)
      return pick(ANSWERS)(seen, signal)
    }
    const { logIn } = service
    service.logIn = (seen, signal) => pick([logIn, logIn, logIn, ...ANSWERS])(seen, signal)

    const outcomes: Array<ReturnType<typeof start>> = []
    for (let call = 0; call < 300; call++) {
      outcomes.push(start(client, pick))
      await pass(next() * 100)
    }
    await pass(120_000)
    for (const { error, signal } of await Promise.all(outcomes)) {
      const isExpected = error === undefined || error === signal.reason || error instanceof DreamStorageError
      expect(isExpected, String(error)).toBe(true)
      expect(getEventListeners(signal, 'abort')).toHaveLength(0)
    }
    expect(mostOpen).toBeLessThanOrEqual(10)
    expect(vi.getTimerCount()).toBe(0)
    expect(unhandled).toEqual([])

    service.answer = ok
    service.logIn = logIn
    await pass(60_000)
    await client.getBookById(1)
    expect(await Promise.all(calls(client, 30))).toEqual(Array(30).fill(BOOK))
  },
)
