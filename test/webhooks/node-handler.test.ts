import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { DreamStorageInputError } from '../../src/index.js'
import {
  createWebhookHandler,
  type WebhookEvent,
  type WebhookHandlerOptions,
} from '../../src/webhooks/index.js'
import { type Handler, startServer } from '../support/server.js'
import { delivery, eventText, SECRET, sign } from '../support/webhook.js'

const MIB = 1_048_576

interface World {
  readonly url: string
  readonly events: WebhookEvent[]
  readonly errors: unknown[]
}

/** A server of node:http with the handler, behind what `before` does with the request. */
async function setUp(
  before: (request: IncomingMessage) => unknown = () => {},
  options: Partial<WebhookHandlerOptions> = {},
): Promise<World> {
  const events: WebhookEvent[] = []
  const errors: unknown[] = []
  const { node } = createWebhookHandler({
    secret: SECRET,
    onEvent: (event) => void events.push(event),
    onError: (error) => void errors.push(error),
    ...options,
  })
  const handler: Handler = async (request, response) => {
    await before(request)
    await node(request, response)
  }
  const { url } = await startServer(handler)
  return { url, events, errors }
}

async function post({ url }: World, body: string, init = delivery(body)): Promise<number> {
  const response = await fetch(url, init)
  expect(await response.text()).toBe('')
  return response.status
}

/** A connection that has sent the head of a delivery. */
async function open({ url }: World, body: string, ...headers: string[]): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  await once(socket, 'connect')
  const lines = ['POST / HTTP/1.1', 'host: x', `x-webhook-signature: ${sign(body)}`, ...headers]
  socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  return socket
}

/** The first line of the answer. */
async function statusLine(socket: Socket): Promise<string> {
  const [data] = (await once(socket, 'data')) as [Buffer]
  return data.toString('latin1').split('\r\n', 1)[0] ?? ''
}

describe('over node:http, a delivery', () => {
  test('is handled once, and a repeat is answered 200', async () => {
    const world = await setUp()
    const body = eventText({ data: { id: 1, book_name: 'şğı' } })
    expect([await post(world, body), await post(world, body)]).toEqual([204, 200])
    expect(world.events).toEqual([JSON.parse(body)])
  })

  test('that comes slowly and in chunks is handled when it is whole', async () => {
    const world = await setUp()
    const body = eventText()
    const socket = await open(world, body, 'transfer-encoding: chunked')
    for (const letter of body) {
      await new Promise((resolve) => socket.write(`1\r\n${letter}\r\n`, resolve))
      expect(world.events).toEqual([])
    }
    socket.write('0\r\n\r\n')
    expect(await statusLine(socket)).toBe('HTTP/1.1 204 No Content')
    expect(world.events).toHaveLength(1)
  })

  test('that is cut is not handled, and harms nothing', async () => {
    const world = await setUp()
    const body = eventText()
    const socket = await open(world, body, `content-length: ${body.length + 1}`)
    await new Promise((resolve) => socket.write(body, resolve))
    socket.destroy()
    await vi.waitFor(() => expect(world.errors).toHaveLength(1))
    expect(world.errors).toEqual([expect.objectContaining({ reason: 'body' })])
    expect(world.events).toEqual([])
    expect(await post(world, body)).toBe(204)
  })

  test('that was cut before the handler had it is not handled', async () => {
    const world = await setUp((request) => new Promise((resolve) => request.once('close', resolve)))
    const body = eventText()
    const socket = await open(world, body, `content-length: ${body.length}`)
    socket.write(body.slice(1))
    socket.destroy()
    await vi.waitFor(() => expect(world.errors).toHaveLength(1))
    expect(world.errors).toEqual([expect.objectContaining({ reason: 'body' })])
    expect(world.events).toEqual([])
  })

  test('whose sender leaves while it is being handled is handled, and harms nothing', async () => {
    let finish = (): void => {}
    const onEvent = vi.fn(
      () =>
        new Promise<void>((resolve) => {
          finish = resolve
        }),
    )
    const world = await setUp(undefined, { onEvent })
    const body = eventText()
    const socket = await open(world, body, `content-length: ${body.length}`)
    socket.write(body)
    await vi.waitFor(() => expect(onEvent).toHaveBeenCalled())
    socket.destroy()
    const repeat = post(world, body)
    finish()
    expect(await repeat).toBe(200)
    expect(onEvent).toHaveBeenCalledTimes(1)
    expect(world.errors).toEqual([])
  })

  test('that announces more than 1 MiB is answered 413 before it is sent', async () => {
    const world = await setUp()
    const socket = await open(world, '', `content-length: ${MIB + 1}`)
    expect(await statusLine(socket)).toBe('HTTP/1.1 413 Payload Too Large')
  })

  test('that has more than 1 MiB without saying so is answered 413 before its end', async () => {
    const world = await setUp()
    const socket = await open(world, '', 'transfer-encoding: chunked')
    const answer = statusLine(socket)
    for (let sent = 0; sent < 2; sent++) socket.write(`${MIB.toString(16)}\r\n${'x'.repeat(MIB)}\r\n`)
    expect(await answer).toBe('HTTP/1.1 413 Payload Too Large')
    // The rest is discarded, and its end by a reset is no error.
    socket.resetAndDestroy()
    expect(await post(world, eventText())).toBe(204)
    expect(world.errors).toEqual([expect.objectContaining({ reason: 'size' })])
  })

  test.each([
    [
      'with two signatures',
      401,
      (body: string) => ({
        ...delivery(body),
        headers: [
          ['x-webhook-signature', sign(body)],
          ['x-webhook-signature', sign(body)],
        ],
      }),
    ],
    ['without a signature', 401, (body: string) => ({ method: 'POST', body })],
    ['with a wrong signature', 401, (body: string) => delivery(body, sign('x'))],
    ['that is no event', 400, () => delivery('[]')],
    ['without a body', 401, () => ({ method: 'POST' })],
  ])('%s is answered %i without a word', async (_, status, init) => {
    const world = await setUp()
    expect(await post(world, '', init(eventText()) as RequestInit)).toBe(status)
    expect(world.events).toEqual([])
  })

  test('by another method than POST is answered 405', async () => {
    const world = await setUp()
    const response = await fetch(world.url)
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
  })

  test('whose onEvent fails is answered 500', async () => {
    const world = await setUp(undefined, { onEvent: () => Promise.reject(new Error('no database')) })
    expect(await post(world, eventText())).toBe(500)
    expect(world.errors).toEqual([new Error('no database')])
  })
})

describe('behind a body parser', () => {
  const read = async (
    request: IncomingMessage,
    field: string,
    parse: (body: string) => unknown,
  ): Promise<void> => {
    Object.assign(request, { [field]: parse(await text(request)) })
  }

  test.each<[string, string, (body: string) => unknown]>([
    ['express.raw()', 'body', Buffer.from],
    ['express.text()', 'body', String],
    ['a host that leaves rawBody', 'rawBody', Buffer.from],
  ])('of %s a delivery is handled', async (_, field, parse) => {
    const world = await setUp((request) => read(request, field, parse))
    expect(await post(world, eventText())).toBe(204)
    expect(await post(world, 'x'.repeat(MIB + 1))).toBe(413)
  })

  test('that left rawBody beside the parsed body, the raw one counts', async () => {
    const world = await setUp(async (request) => {
      await read(request, 'rawBody', Buffer.from)
      Object.assign(request, { body: {} })
    })
    expect(await post(world, eventText())).toBe(204)
  })

  test('that was not meant for it, and set an empty body without reading, a delivery is handled', async () => {
    const world = await setUp((request) => Object.assign(request, { body: {} }))
    expect(await post(world, eventText())).toBe(204)
  })

  test.each<[string, (body: string) => unknown]>([
    ['parsed it', JSON.parse],
    ['threw it away', () => undefined],
  ])('that %s a delivery is answered 500, and the reason tells what to do', async (_, parse) => {
    const world = await setUp((request) => read(request, 'body', parse))
    expect(await post(world, eventText())).toBe(500)
    expect(world.errors).toEqual([expect.any(DreamStorageInputError)])
    expect(String(world.errors[0])).toContain('express.raw()')
  })

  test('that has begun to answer, nothing is answered again', async () => {
    const { node } = createWebhookHandler({ secret: SECRET, onEvent: () => {} })
    const { url } = await startServer(async (request, response) => {
      response.writeHead(202).end()
      await node(request, response)
    })
    expect((await fetch(url, delivery(eventText()))).status).toBe(202)
  })
})
