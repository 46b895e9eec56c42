import { describe, expect, test } from 'vitest'
import { DreamStorageInputError, DreamStorageRequestError, type WebhookOptions } from '../src/index.js'
import { createClient } from './support/client.js'
import { failure } from './support/failure.js'
import { json, type Seen } from './support/fake-service.js'
import { MemoryLog } from './support/memory-log.js'
import { serve } from './support/serve.js'

const SECRET = 'a secret of the hooks'
const URL_OF_HOOK = 'https://lms.test/hooks'
const WANTED: WebhookOptions = { url: URL_OF_HOOK, secret: SECRET }
type Hook = Record<string, unknown> & { id: number }

/** The subscriptions of a service, which knows no uniqueness. */
class Hooks {
  readonly all = new Map<number, Hook>()
  readonly log: string[] = []
  #id = 0

  readonly answer = async ({ method, path, request }: Seen): Promise<Response> => {
    this.log.push(`${method} ${path}`)
    // Everyone has looked before anyone writes.
    for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate)
    const id = Number(path.split('/').at(-1))
    const hook = this.all.get(id)
    if (method === 'GET') return json([...this.all.values()].reverse())
    if (method === 'POST') return json(this.add((await request.json()) as object), 201)
    if (!hook) return json({ detail: 'Webhook subscription not found' }, 404)
    if (method === 'DELETE') {
      this.all.delete(id)
      return new Response(null, { status: 204, headers: { 'content-type': 'application/json' } })
    }
    Object.assign(hook, await request.json())
    return json(hook)
  }

  add(fields: object): Hook {
    const id = ++this.#id
    const hook = {
      description: null,
      is_active: true,
      event_types: null,
      created_at: 'c',
      updated_at: 'u',
      ...fields,
      id,
    }
    this.all.set(id, hook)
    return hook
  }

  writes(): string[] {
    return this.log.filter((line) => !line.startsWith('GET'))
  }
}

describe('ensureWebhook', () => {
  test('creates a subscription, and does nothing when it is there', async () => {
    const hooks = new Hooks()
    const { client } = serve(hooks.answer)
    const wanted: WebhookOptions = { ...WANTED, events: ['book.updated', 'book.created'], description: 'LMS' }
    const ensured = await client.ensureWebhook(wanted)
    expect(ensured).toEqual({
      id: 1,
      url: URL_OF_HOOK,
      description: 'LMS',
      is_active: true,
      event_types: 'book.created,book.updated',
      created_at: 'c',
      updated_at: 'u',
    })
    expect(hooks.all.get(1)?.['secret']).toBe(SECRET)
    hooks.log.length = 0
    expect(await client.ensureWebhook(wanted)).toEqual(ensured)
    expect(hooks.log).toEqual(['GET /webhooks/'])
  })

  test.each([
    ['another secret', { secret: 'another of sixteen or more' }],
    ['other events', { event_types: 'book.deleted' }],
    ['switched off', { is_active: false }],
  ])('updates one with %s', async (_, fields) => {
    const hooks = new Hooks()
    hooks.add({ url: URL_OF_HOOK, secret: SECRET, ...fields })
    const { client } = serve(hooks.answer)
    await client.ensureWebhook(WANTED)
    expect(hooks.writes()).toEqual(['PUT /webhooks/1'])
    expect(hooks.all.get(1)).toMatchObject({ secret: SECRET, is_active: true, event_types: '' })
    await client.ensureWebhook(WANTED)
    expect(hooks.writes()).toHaveLength(1)
  })

  test('leaves the subscriptions of other URLs and a description alone', async () => {
    const hooks = new Hooks()
    hooks.add({ url: `${URL_OF_HOOK}/`, secret: SECRET })
    hooks.add({
      url: URL_OF_HOOK,
      secret: SECRET,
      description: 'mine',
      event_types: ' book.updated , book.created',
    })
    const { client } = serve(hooks.answer)
    const { id } = await client.ensureWebhook({ ...WANTED, events: ['book.created', 'book.updated'] })
    expect([id, hooks.writes()]).toEqual([2, []])
  })

  test('leaves one subscription, the first, however many processes ask', async () => {
    const hooks = new Hooks()
    const { service } = serve(hooks.answer)
    const clients = Array.from({ length: 8 }, () => createClient({ ...service.options, token: 'key' }))
    const ensured = await Promise.all(clients.map((client) => client.ensureWebhook(WANTED)))
    expect(hooks.log.filter((line) => line.startsWith('POST')).length).toBeGreaterThan(1)
    expect([...hooks.all.keys()]).toEqual([1])
    expect(ensured.map(({ id }) => id)).toEqual(Array(8).fill(1))
  })

  test('creates again what was removed while it was updated', async () => {
    const hooks = new Hooks()
    hooks.add({ url: URL_OF_HOOK, secret: 'another of sixteen or more' })
    const { client } = serve((seen) => {
      if (seen.method === 'PUT') hooks.all.clear()
      return hooks.answer(seen)
    })
    expect((await client.ensureWebhook(WANTED)).id).toBe(2)
  })

  test('is repeated after failures, and leaves one also when the first was carried out', async () => {
    const hooks = new Hooks()
    let posts = 0
    const { client } = serve(async (seen) => {
      const response = await hooks.answer(seen)
      return seen.method === 'POST' && posts++ === 0 ? json({}, 502) : response
    })
    await client.ensureWebhook(WANTED)
    expect([posts, [...hooks.all.keys()]]).toEqual([2, [1]])
  })

  test('tells the secret to the service only', async () => {
    const hooks = new Hooks()
    const log = new MemoryLog()
    const { client } = serve(
      async (seen) => {
        const echo = { detail: `secret ${SECRET} is bad` }
        return seen.method === 'PUT' ? json(echo, 400) : hooks.answer(seen)
      },
      { logger: log.logger },
    )
    const result = await client.ensureWebhook(WANTED)
    const error = await failure(
      client.ensureWebhook({ ...WANTED, description: 'x' }),
      DreamStorageRequestError,
    )
    const told = [
      JSON.stringify(result),
      JSON.stringify(error),
      error.message,
      String(error.stack),
      ...log.texts,
    ]
    for (const text of told) expect(text).not.toContain(SECRET)
  })

  const wrong: Array<[string, unknown]> = [
    ['webhook', undefined],
    ['url', { secret: SECRET }],
    ['url', { ...WANTED, url: 'ftp://x' }],
    ['url', { ...WANTED, url: `https://x/${'a'.repeat(512)}` }],
    ['secret', { url: URL_OF_HOOK }],
    ['secret', { ...WANTED, secret: 'x'.repeat(15) }],
    ['secret', { ...WANTED, secret: 'x'.repeat(256) }],
    ['events', { ...WANTED, events: [] }],
    ['events', { ...WANTED, events: ['a,b'] }],
    ['description', { ...WANTED, description: 5 }],
    ['active', { ...WANTED, active: true }],
  ]
  test.each(wrong)('refuses a wrong %s before anything is sent', async (name, webhook) => {
    const { client, service } = serve()
    const { message } = await failure(client.ensureWebhook(webhook as WebhookOptions), DreamStorageInputError)
    expect(message).toContain(name)
    expect(message).not.toContain('xxx')
    expect(service.seen).toEqual([])
  })
})
