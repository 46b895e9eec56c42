import { beforeEach, describe, expect, test, vi } from 'vitest'
import { DreamStorageInputError } from '../../src/index.js'
import {
  createWebhookHandler,
  DreamStorageWebhookError,
  type WebhookEvent,
  type WebhookHandler,
  type WebhookHandlerOptions,
} from '../../src/webhooks/index.js'
import { createClient } from '../support/client.js'
import { thrown } from '../support/failure.js'
import { FakeService, json } from '../support/fake-service.js'
import { settle } from '../support/fake-time.js'
import { delivery, eventText, SECRET, sign } from '../support/webhook.js'

const URL = 'http://app.test/hooks'
const MIB = 1_048_576

let events: WebhookEvent[]
let errors: unknown[]
beforeEach(() => {
  events = []
  errors = []
})

/** A handler that notes events and errors. */
function setUp(options: Partial<WebhookHandlerOptions> = {}): WebhookHandler {
  return createWebhookHandler({
    secret: SECRET,
    onEvent: (event) => void events.push(event),
    onError: (error) => void errors.push(error),
    ...options,
  })
}

/** The status of the answer to a delivery. Every answer is without a body. */
async function post(handler: WebhookHandler, body: string, init = delivery(body)): Promise<number> {
  const response = await handler(new Request(URL, init))
  expect(await response.text()).toBe('')
  return response.status
}

/** A body that comes in pieces. `pulled` counts them, and `cancelled` tells that the rest was not wanted. */
function pieces(...chunks: Array<string | Error>): {
  init: RequestInit
  state: { pulled: number; cancelled: boolean }
} {
  const state = { pulled: 0, cancelled: false }
  const body = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        const chunk = chunks[state.pulled++]
        if (chunk instanceof Error) controller.error(chunk)
        else if (chunk === undefined) controller.close()
        else controller.enqueue(new TextEncoder().encode(chunk))
      },
      cancel: () => {
        state.cancelled = true
      },
    },
    { highWaterMark: 0 },
  )
  const whole = chunks.filter((chunk) => typeof chunk === 'string').join('')
  return { init: { ...delivery('', sign(whole)), body, duplex: 'half' } as RequestInit, state }
}

describe('a delivery', () => {
  test('is answered 204 when onEvent has ended, not before', async () => {
    let finish = (): void => {}
    const handler = setUp({
      onEvent: (event) => {
        events.push(event)
        return new Promise<void>((resolve) => {
          finish = resolve
        })
      },
    })
    const body = eventText()
    let status: number | undefined
    const answered = post(handler, body).then((given) => {
      status = given
    })
    await vi.waitFor(() => expect(events).toEqual([JSON.parse(body)]))
    await settle()
    expect(status).toBeUndefined()
    finish()
    await answered
    expect(status).toBe(204)
    expect(errors).toEqual([])
  })

  test('is applied to the client before onEvent sees it, and awaited', async () => {
    const order: string[] = []
    const client = {
      applyWebhook: async ({ event }: WebhookEvent) => {
        order.push(`apply ${event}`)
        await settle()
        order.push('applied')
      },
    }
    const handler = setUp({ client, onEvent: ({ event }) => void order.push(`onEvent ${event}`) })
    expect(await post(handler, eventText())).toBe(204)
    expect(order).toEqual(['apply book.updated', 'applied', 'onEvent book.updated'])
  })

  test('makes the client ask the service again, already in onEvent', async () => {
    const service = new FakeService(() => json([{ id: 2, book_name: 'b', publisher: 'p' }]))
    const client = createClient({ ...service.options, token: 'key' })
    await client.getBooks()
    const handler = setUp({ client, onEvent: () => client.getBooks() })
    expect(await post(handler, eventText())).toBe(204)
    expect(service.count('GET /books/')).toBe(2)
  })

  test('of an event that a later service may send reaches onEvent', async () => {
    expect(await post(setUp(), eventText({ event: 'book.archived', data: {} }))).toBe(204)
    expect(events.map(({ event }) => String(event))).toEqual(['book.archived'])
  })

  test('is accepted under the new and under the old secret', async () => {
    const handler = setUp({ secret: ['new secret', SECRET] })
    const [first, second] = [eventText({ n: 1 }), eventText({ n: 2 })]
    expect(await post(handler, first, delivery(first, sign(first, 'new secret')))).toBe(204)
    expect(await post(handler, second)).toBe(204)
  })

  test('that comes in pieces, also within a letter, is read whole', async () => {
    const body = eventText({ data: { id: 1, book_name: 'şğı' } })
    const { init } = pieces(...body)
    expect(await post(setUp(), body, init)).toBe(204)
  })
})

describe('a delivery that fails', () => {
  test.each<[string, Partial<WebhookHandlerOptions>]>([
    ['onEvent rejects', { onEvent: () => Promise.reject(new Error('no database')) }],
    [
      'onEvent throws',
      {
        onEvent: () => {
          throw new Error('no database')
        },
      },
    ],
    ['applyWebhook rejects', { client: { applyWebhook: () => Promise.reject(new Error('no database')) } }],
    [
      'onEvent throws what a refusal throws',
      {
        onEvent: () => {
          throw new DreamStorageWebhookError('age', 'no database')
        },
      },
    ],
  ])('because %s is answered 500 and told', async (_, failing) => {
    expect(await post(setUp(failing), eventText())).toBe(500)
    expect(errors).toEqual([expect.objectContaining({ message: 'no database' })])
    expect(events).toEqual([])
  })

  test('is handled when it is repeated', async () => {
    let isDown = true
    const handler = setUp({
      onEvent: (event) => {
        if (isDown) throw new Error('no database')
        events.push(event)
      },
    })
    const body = eventText()
    expect(await post(handler, body)).toBe(500)
    isDown = false
    expect([await post(handler, body), await post(handler, body)]).toEqual([204, 200])
    expect(events).toHaveLength(1)
  })

  test('is printed without onError, and what was refused is not', async () => {
    const print = vi.spyOn(console, 'error').mockImplementation(() => {})
    const broken = new Error('no database')
    const handler = setUp({ onEvent: () => Promise.reject(broken), onError: undefined })
    const body = eventText()
    expect(await post(handler, body, delivery(body, 'sha256='))).toBe(401)
    expect(await post(handler, body)).toBe(500)
    expect(print.mock.calls).toEqual([[broken]])
    print.mockRestore()
  })

  test.each([
    () => {
      throw new Error('no log')
    },
    () => Promise.reject(new Error('no log')),
  ])('is answered even if onError fails', async (onError) => {
    expect(await post(setUp({ onError }), 'x')).toBe(400)
    await settle()
  })
})

describe('a repeat', () => {
  test('is answered 200, and reaches neither the client nor onEvent', async () => {
    const applyWebhook = vi.fn()
    const handler = setUp({ client: { applyWebhook } })
    const body = eventText()
    expect([await post(handler, body), await post(handler, body), await post(handler, body)]).toEqual([
      204, 200, 200,
    ])
    expect(events).toHaveLength(1)
    expect(applyWebhook).toHaveBeenCalledTimes(1)
  })

  test('must be signed too', async () => {
    const handler = setUp()
    const body = eventText()
    await post(handler, body)
    expect(await post(handler, body, delivery(body, sign(body, 'x')))).toBe(401)
  })

  test('that arrives while the first is being handled waits for it, and shares its failure', async () => {
    const ends: Array<(error?: Error) => void> = []
    const handler = setUp({
      onEvent: () =>
        new Promise<void>((resolve, reject) => ends.push((error) => (error ? reject(error) : resolve()))),
    })
    const body = eventText()
    const deliver = (): Array<Promise<number>> => Array.from({ length: 5 }, () => post(handler, body))
    const failing = deliver()
    await vi.waitFor(() => expect(ends).toHaveLength(1))
    await settle()
    ends[0]?.(new Error('no database'))
    expect(await Promise.all(failing)).toEqual([500, 500, 500, 500, 500])
    const passing = deliver()
    await vi.waitFor(() => expect(ends).toHaveLength(2))
    await settle()
    ends[1]?.()
    expect((await Promise.all(passing)).sort()).toEqual([200, 200, 200, 200, 204])
    expect(ends).toHaveLength(2)
  })

  test('is known for the last 1 000 events, and no memory is kept of more than 2 000', async () => {
    const handler = setUp()
    const bodies = Array.from({ length: 3_001 }, (_, n) => eventText({ n }))
    for (const body of bodies) expect(await post(handler, body)).toBe(204)
    for (const body of bodies.slice(-1_000)) expect(await post(handler, body)).toBe(200)
    expect(await post(handler, bodies[0] ?? '')).toBe(204)
  })

  test('is another event if a byte differs, or for another handler', async () => {
    const [one, other] = [setUp(), setUp()]
    const body = eventText()
    await post(one, body)
    expect(await post(one, `${body} `)).toBe(204)
    expect(await post(other, body)).toBe(204)
  })
})

describe('a request that is refused', () => {
  test.each([
    ['without a signature', 401, { method: 'POST', body: eventText() }],
    ['with a wrong signature', 401, delivery(eventText(), sign('x'))],
    ['that is too old', 401, delivery(eventText({ timestamp: '2020-01-01T00:00:00Z' }))],
    ['that is no event', 400, delivery('{}')],
    ['without a body', 401, { method: 'POST' }],
    ['of more than 1 MiB', 413, delivery('x'.repeat(MIB + 1))],
  ])('%s is answered %i without a word, and told', async (_, status, init) => {
    expect(await post(setUp(), '', init)).toBe(status)
    expect(events).toEqual([])
    expect(errors).toEqual([expect.any(DreamStorageWebhookError)])
  })

  test.each(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'])('is one by %s: 405 with allow', async (method) => {
    const response = await setUp()(new Request(URL, { method }))
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
    expect(errors).toEqual([])
  })

  test('is of more than 1 MiB in pieces, of which no more than that is read', async () => {
    const half = 'x'.repeat(MIB / 2)
    const { init, state } = pieces(half, half, 'x', half, half, half)
    expect(await post(setUp(), '', init)).toBe(413)
    expect(state).toEqual({ pulled: 3, cancelled: true })
  })

  test('is not one of exactly 1 MiB', async () => {
    const body = eventText({ more: '' })
    const whole = body.replace('"more":""', `"more":"${'x'.repeat(MIB - body.length)}"`)
    expect(await post(setUp(), whole)).toBe(204)
  })

  test('is cut in the middle: nothing is handled', async () => {
    const body = eventText()
    const { init } = pieces(body, new Error('socket hang up'))
    expect(await post(setUp(), body, init)).toBe(400)
    expect(events).toEqual([])
    expect(errors).toEqual([expect.objectContaining({ reason: 'body', cause: new Error('socket hang up') })])
  })

  test('has a body that was read before: 500, and the reason tells what to do', async () => {
    const request = new Request(URL, delivery(eventText()))
    await request.json()
    expect((await setUp()(request)).status).toBe(500)
    expect(errors).toEqual([expect.any(DreamStorageInputError)])
    expect(String(errors[0])).toContain('before body parsers')
  })
})

test.each<[string, object | undefined, RegExp]>([
  ['no options', undefined, /^secret must be/],
  ['no secret', { secret: undefined }, /^secret must be/],
  ['no onEvent', { onEvent: undefined }, /^onEvent must be a function/],
  ['an onEvent that is no function', { onEvent: 'log' }, /^onEvent must be a function/],
  ['a client that is none', { client: {} }, /^client must be a client/],
  ['a wrong tolerance', { toleranceMs: -1 }, /^toleranceMs must be/],
  ['an unknown option', { onEvents: () => {} }, /^onEvents is not an option/],
])('a handler with %s is an InputError at once', (_, options, message) => {
  const create = (): unknown =>
    createWebhookHandler(
      (options && { secret: SECRET, onEvent: () => {}, ...options }) as WebhookHandlerOptions,
    )
  expect(thrown(create, DreamStorageInputError).message).toMatch(message)
})
