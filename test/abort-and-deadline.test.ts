import { describe, expect, test } from 'vitest'
// The file methods are loaded at the first call of one, which takes real time.
import '../src/assets/assets.js'
import {
  type CallOptions,
  type DreamCentralStorageClient,
  DreamStorageInputError,
  DreamStorageNetworkError,
  DreamStorageRateLimitError,
  DreamStorageServerError,
  DreamStorageTimeoutError,
} from '../src/index.js'
import { createClient } from './support/client.js'
import { failure, rejection } from './support/failure.js'
import { hang, json } from './support/fake-service.js'
import { pass, settle } from './support/fake-time.js'
import { down, fetchFailed, inTurn, invalidToken, LiveBody } from './support/faults.js'
import { Gate } from './support/gate.js'
import { LOGIN } from './support/logins.js'
import { collect } from './support/process-events.js'
import { BOOK, calls, ok, type Served, serveInFakeTime } from './support/serve.js'

/** A call that waits for something, at its wait. */
interface Waiting extends Served {
  readonly outcome: Promise<unknown>
}

type Start = (client: DreamCentralStorageClient, options: CallOptions) => Promise<unknown>

const getBook: Start = (client, options) => client.getBookById(1, options)

async function begin(served: Served, options: CallOptions, start: Start = getBook): Promise<Waiting> {
  const outcome = rejection(start(served.client, options))
  // A wait for a retry begins a turn of the timers after the failure.
  await pass(1)
  return { ...served, outcome }
}

const ENDLESS = { timeouts: { requestMs: 1_000_000 } }

/** Every connection is held; the calls that hold them end with the client. */
async function full(): Promise<Served> {
  const served = serveInFakeTime((_, signal) => hang(signal), { maxConnections: 2, ...ENDLESS })
  for (const call of calls(served.client, 2)) call.catch(() => {})
  await settle()
  return served
}

/** Brings a call with these options to each of the waits that it can be in. */
const WAITS: ReadonlyArray<[string, (options: CallOptions) => Promise<Waiting>]> = [
  [
    'for the login',
    async (options) => {
      const served = serveInFakeTime()
      served.service.logIn = (_, signal) => hang(signal)
      return begin(served, options)
    },
  ],
  [
    'for the repetition of the login',
    async (options) => {
      const served = serveInFakeTime()
      served.service.logIn = () => down()
      return begin(served, options)
    },
  ],
  [
    'for the login after a 401',
    async (options) => {
      const served = serveInFakeTime(invalidToken)
      await served.client.authenticate()
      served.service.logIn = (_, signal) => hang(signal)
      return begin(served, options)
    },
  ],
  [
    'for its own login (authenticate)',
    async (options) => {
      const served = serveInFakeTime()
      served.service.logIn = (_, signal) => hang(signal)
      return begin(served, options, (client, init) => client.authenticate(init))
    },
  ],
  [
    'for a token of a function',
    async (options) => {
      const served = serveInFakeTime(ok, { token: () => new Promise<never>(() => {}) })
      return begin(served, options)
    },
  ],
  [
    'for a token for getAssetRequest',
    async (options) => {
      const served = serveInFakeTime()
      served.service.logIn = (_, signal) => hang(signal)
      return begin(served, options, (client, init) => client.getAssetRequest('p', 'b', 'a', init))
    },
  ],
  ['for a connection', async (options) => begin(await full(), options)],
  [
    'for the retry of a failure',
    async (options) =>
      begin(
        serveInFakeTime(() => down()),
        options,
      ),
  ],
  [
    'for the headers',
    async (options) =>
      begin(
        serveInFakeTime((_, signal) => hang(signal)),
        options,
      ),
  ],
  [
    'for the headers of a transport that does not obey',
    async (options) =>
      begin(
        serveInFakeTime(() => new Promise<never>(() => {})),
        options,
      ),
  ],
  [
    'for the body',
    async (options) =>
      begin(
        serveInFakeTime(() => new LiveBody().response()),
        options,
      ),
  ],
  [
    'for the rest of the body of a download',
    async (options) => {
      const body = new LiveBody()
      body.send('so far')
      const served = serveInFakeTime(() => body.response())
      return begin(served, options, (client, init) => client.downloadAsset('p', 'b', 'a', init))
    },
  ],
  [
    'for the catalogue',
    async (options) => {
      const served = serveInFakeTime((_, signal) => hang(signal))
      return begin(served, options, (client, init) => client.getBooks(init))
    },
  ],
  [
    'for the catalogue that another call has asked for',
    async (options) => {
      const served = serveInFakeTime((_, signal) => hang(signal), ENDLESS)
      served.client.getBooks().catch(() => {})
      await settle()
      return begin(served, options, (client, init) => client.getBooks(init))
    },
  ],
]

/** A deadline that is shorter than the wait would end it before it begins. */
const RATE_LIMIT: (typeof WAITS)[number] = [
  'out a Retry-After',
  async (options) =>
    begin(
      serveInFakeTime(() => json({}, 429, { 'retry-after': '50' })),
      options,
    ),
]

/** Nothing more is sent, and nothing that fails is left without an answer. */
async function staysQuiet({ service }: Served): Promise<void> {
  const unhandled = collect('unhandledRejection')
  const sent = service.seen.filter(({ path }) => path !== '/auth/login').length
  await pass(120_000)
  expect(service.seen.filter(({ path }) => path !== '/auth/login')).toHaveLength(sent)
  expect(unhandled).toEqual([])
}

describe('an abort', () => {
  test.each([...WAITS, RATE_LIMIT])(
    'ends a call that waits %s, at once and with its own reason',
    async (_, bring) => {
      const controller = new AbortController()
      const reason = { any: 'thing' }
      const waiting = await bring({ signal: controller.signal })
      const before = performance.now()
      controller.abort(reason)
      expect(await waiting.outcome).toBe(reason)
      expect(performance.now()).toBe(before)
      await staysQuiet(waiting)
    },
  )

  test.each([...WAITS, RATE_LIMIT])(
    'without a reason gives an AbortError to a call that waits %s',
    async (_, bring) => {
      const controller = new AbortController()
      const waiting = await bring({ signal: controller.signal })
      controller.abort()
      const error = await waiting.outcome
      expect(error).toBe(controller.signal.reason)
      expect(error).toMatchObject({ name: 'AbortError' })
    },
  )

  test.each([null, false, 0, '', Number.NaN])('may have %s as its reason', async (reason) => {
    for (const [, bring] of WAITS) {
      const controller = new AbortController()
      const waiting = await bring({ signal: controller.signal })
      controller.abort(reason)
      expect(await waiting.outcome).toBe(reason)
    }
  })

  test('before the call sends nothing', async () => {
    const { client, service } = serveInFakeTime()
    const signal = AbortSignal.abort('never mind')
    const starts: readonly Start[] = [
      getBook,
      (client, options) => client.getBooks(options),
      (client, options) => client.getBookConfig('p', 'b', options),
      (client, options) => client.listBookContents('p', 'b', options),
      (client, options) => client.downloadAsset('p', 'b', 'a', options),
      (client, options) => client.getAssetRequest('p', 'b', 'a', options),
      (client, options) => client.authenticate(options),
      (client) => client.api.GET('/books/', { signal }),
    ]
    for (const start of starts) expect(await rejection(start(client, { signal }))).toBe('never mind')
    expect(service.seen).toHaveLength(0)
  })

  test('before the call wins over a value in the cache', async () => {
    const { client } = serveInFakeTime(() => json([BOOK]))
    await client.getBooks()
    const aborted = client.getBooks({ signal: AbortSignal.abort('never mind') })
    expect(await rejection(aborted)).toBe('never mind')
  })

  test('in the same turn as the call sends no request of that call', async () => {
    const { client, times } = serveInFakeTime()
    await client.authenticate()
    const controller = new AbortController()
    const outcome = rejection(client.getBookById(1, { signal: controller.signal }))
    controller.abort('at once')
    expect(await outcome).toBe('at once')
    await settle()
    expect(times).toHaveLength(0)
  })

  test('by a middleware, before the request, sends nothing, not even a login', async () => {
    const unhandled = collect('unhandledRejection')
    const { client, service } = serveInFakeTime()
    const controller = new AbortController()
    client.api.use({
      onRequest: ({ schemaPath }) => {
        if (schemaPath === '/books/') controller.abort('stopped')
        return undefined
      },
    })
    expect(await rejection(client.api.GET('/books/', { signal: controller.signal }))).toBe('stopped')
    await settle()
    expect(service.seen).toHaveLength(0)
    expect(unhandled).toEqual([])
  })

  test('after the answer changes nothing', async () => {
    const { client } = serveInFakeTime()
    const controller = new AbortController()
    expect(await client.getBookById(1, { signal: controller.signal })).toEqual(BOOK)
    controller.abort()
    expect(await client.getBookById(2)).toEqual(BOOK)
  })

  test('by AbortSignal.timeout gives the TimeoutError of the signal', async () => {
    const { client } = serveInFakeTime((_, signal) => hang(signal))
    const signal = AbortSignal.timeout(1)
    const outcome = rejection(client.getBookById(1, { signal }))
    expect(await outcome).toBe(signal.reason)
    expect(signal.reason).toMatchObject({ name: 'TimeoutError' })
  })

  test('ends every call of its signal and no other', async () => {
    const gate = new Gate()
    const { client } = serveInFakeTime(gate.answer, { maxConnections: 100 })
    const controller = new AbortController()
    const { signal } = controller
    const aborted = Array.from({ length: 30 }, (_, id) => rejection(client.getBookById(id + 1, { signal })))
    const other = client.getBookById(99)
    await settle()
    controller.abort('all of you')
    expect(await Promise.all(aborted)).toEqual(Array(30).fill('all of you'))
    gate.held[30]?.answer(ok())
    expect(await other).toEqual(BOOK)
  })

  test('gives the connection back and tells the transport', async () => {
    const { client, service } = serveInFakeTime((_, signal) => hang(signal), { maxConnections: 1 })
    const seen: unknown[] = []
    service.answer = (_, signal) => {
      signal.addEventListener('abort', () => seen.push(signal.reason))
      return hang(signal)
    }
    const controller = new AbortController()
    const outcome = rejection(client.getBookById(1, { signal: controller.signal }))
    await settle()
    controller.abort('enough')
    await outcome
    expect(seen).toEqual(['enough'])
    service.answer = ok
    expect(await client.getBookById(2)).toEqual(BOOK)
  })

  test('releases a body that was on its way', async () => {
    const body = new LiveBody()
    const { client } = serveInFakeTime(() => body.response())
    const controller = new AbortController()
    const outcome = rejection(client.downloadAsset('p', 'b', 'a', { signal: controller.signal }))
    await settle()
    controller.abort('enough')
    expect(await outcome).toBe('enough')
    await settle()
    expect(body.cancelled).toBe(true)
  })

  test('of the last who waits for the catalogue ends its request', async () => {
    let aborted = 0
    const { client } = serveInFakeTime((_, signal) => {
      signal.addEventListener('abort', () => aborted++)
      return hang(signal)
    })
    const controllers = [new AbortController(), new AbortController()]
    const outcomes = controllers.map(({ signal }) => rejection(client.getBooks({ signal })))
    await settle()
    controllers[0]?.abort('first')
    await settle()
    expect(aborted).toBe(0)
    controllers[1]?.abort('second')
    expect(await Promise.all(outcomes)).toEqual(['first', 'second'])
    expect(aborted).toBe(1)
  })
})

describe('a deadline', () => {
  test.each(WAITS)('ends a call that waits %s, when it passes and not before', async (_, bring) => {
    const waiting = await bring({ timeoutMs: 250 })
    let isOver = false
    void waiting.outcome.then(() => {
      isOver = true
    })
    await pass(248)
    expect(isOver).toBe(false)
    await pass(1)
    expect(isOver).toBe(true)
    const error = await waiting.outcome
    expect(error).toBeInstanceOf(DreamStorageTimeoutError)
    expect(error).toMatchObject({ phase: 'deadline', code: 'ERR_DREAM_STORAGE_TIMEOUT' })
    await staysQuiet(waiting)
  })

  test.each([
    ['for the retry of a failure', DreamStorageServerError],
    ['for the repetition of the login', DreamStorageServerError],
    ['for the headers', undefined],
  ])('of a call that waits %s has its last failure as cause', async (wait, Class) => {
    const [, bring] = WAITS.find(([name]) => name === wait) ?? []
    const waiting = await bring?.({ timeoutMs: 250 })
    await pass(250)
    const { cause } = Object(await waiting?.outcome)
    if (Class) expect(cause).toBeInstanceOf(Class)
    else expect(cause).toBeUndefined()
  })

  test('in the wait of a 429 has that as cause', async () => {
    // It waits because the deadline of the other caller is later.
    const { client } = serveInFakeTime(() => json({}, 429, { 'retry-after': '5' }))
    const patient = client.getBooks().catch(() => {})
    const error = failure(client.getBooks({ timeoutMs: 1_000 }), DreamStorageTimeoutError)
    await pass(1_000)
    expect((await error).cause).toBeInstanceOf(DreamStorageRateLimitError)
    await pass(60_000)
    await patient
  })

  test('after the retry of a failure has gone well has no cause', async () => {
    const { client } = serveInFakeTime(inTurn(down, () => new LiveBody().response(9)))
    const error = client
      .streamAsset('p', 'b', 'a', { timeoutMs: 5_000 })
      .then(({ body }) => failure(body.getReader().read(), DreamStorageTimeoutError))
    await pass(5_000)
    const { phase, cause } = await error
    expect([phase, cause]).toEqual(['deadline', undefined])
  })

  test('of a download that broke has the break as cause', async () => {
    const body = new LiveBody()
    const { client, service } = serveInFakeTime(() => body.response(9), { timeouts: { downloadMs: 100_000 } })
    const error = client
      .streamAsset('p', 'b', 'a', { timeoutMs: 5_000 })
      .then(({ body }) => failure(body.getReader().read(), DreamStorageTimeoutError))
    await settle()
    service.answer = (_, signal) => hang(signal)
    body.fail(fetchFailed())
    await pass(5_000)
    expect((await error).cause).toBeInstanceOf(DreamStorageNetworkError)
  })

  test('covers all attempts and waits of a call together', async () => {
    const { client, times } = serveInFakeTime(() => down())
    const error = failure(client.getBookById(1, { timeoutMs: 3_500 }), DreamStorageTimeoutError)
    await pass(3_500)
    expect(await error).toMatchObject({ phase: 'deadline', attempts: 3 })
    expect(times).toHaveLength(3)
  })

  test('that is longer than the call leaves no timer behind', async () => {
    const { client } = serveInFakeTime()
    expect(await client.getBookById(1, { timeoutMs: 50 })).toEqual(BOOK)
    await pass(1_000)
    expect(await client.getBookById(1, { timeoutMs: 2 ** 40 })).toEqual(BOOK)
  })

  test('of years does not pass at once', async () => {
    const gate = new Gate()
    const { client } = serveInFakeTime(gate.answer)
    const call = client.getBookById(1, { timeoutMs: 2 ** 40 })
    await pass(10_000)
    gate.held[0]?.answer(ok())
    expect(await call).toEqual(BOOK)
  })

  test('of one who waits for the catalogue does not end it for the others', async () => {
    const gate = new Gate()
    const { client, service } = serveInFakeTime(gate.answer)
    const hasty = failure(client.getBooks({ timeoutMs: 100 }), DreamStorageTimeoutError)
    const patient = client.getBooks()
    await pass(100)
    expect((await hasty).phase).toBe('deadline')
    gate.held[0]?.answer(json([BOOK]))
    expect(await patient).toEqual([BOOK])
    expect(service.count('GET /books/')).toBe(1)
  })

  test('of one who waits for a login does not end it for the others', async () => {
    const gate = new Gate()
    const { client, service } = serveInFakeTime()
    service.logIn = gate.answer
    const hasty = failure(client.getBookById(1, { timeoutMs: 100 }), DreamStorageTimeoutError)
    const patient = client.getBookById(2)
    await pass(100)
    expect((await hasty).phase).toBe('deadline')
    gate.held[0]?.answer(json({ access_token: 'good', token_type: 'bearer' }))
    expect(await patient).toEqual(BOOK)
    expect(service.count(LOGIN)).toBe(1)
  })

  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, '5'])(
    'of %j is refused before anything is sent',
    async (timeoutMs) => {
      const { client, service } = serveInFakeTime()
      await failure(client.getBookById(1, { timeoutMs: timeoutMs as number }), DreamStorageInputError)
      expect(service.seen).toHaveLength(0)
    },
  )

  test('yields to an abort that comes first', async () => {
    const { client } = serveInFakeTime((_, signal) => hang(signal))
    const controller = new AbortController()
    const outcome = rejection(client.getBookById(1, { timeoutMs: 100, signal: controller.signal }))
    await pass(99)
    controller.abort('sooner')
    expect(await outcome).toBe('sooner')
  })
})

describe('a call that is ended', () => {
  test('leaves the client as good as new', async () => {
    const { service } = serveInFakeTime()
    const client = createClient({ ...service.options, maxConnections: 1, retry: { jitter: false } })
    for (const answer of [
      () => hang(new AbortController().signal),
      () => new LiveBody().response(),
      () => down(),
    ]) {
      service.answer = answer
      const controller = new AbortController()
      const outcome = rejection(client.getBookById(1, { signal: controller.signal }))
      await pass(1)
      controller.abort('next')
      expect(await outcome).toBe('next')
    }
    service.answer = ok
    expect(await client.getBookById(1)).toEqual(BOOK)
    expect(client.stats().circuits.catalogue).toBe('closed')
  })
})
