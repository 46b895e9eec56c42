import { describe, expect, test } from 'vitest'
import {
  type ClientEvents,
  type DreamCentralStorageClient,
  DreamStorageInputError,
  type WebhookEvent,
} from '../../src/index.js'
import { createClient, type TestOptions } from '../support/client.js'
import { thrown } from '../support/failure.js'
import { FakeService, json } from '../support/fake-service.js'
import { Gate } from '../support/gate.js'
import { eventText } from '../support/webhook.js'

const BOOKS = [
  { id: 1, publisher: 'p', publisher_id: 5, book_name: 'a' },
  { id: 2, publisher: 'p', publisher_id: 5, book_name: 'b' },
  { id: 3, publisher: 'q', publisher_id: 6, book_name: 'a' },
]
const CONFIGS = BOOKS.map(({ publisher, book_name: name }) => ({
  publisher,
  name,
  path: `/storage/books/${publisher}/${name}/config`,
}))
const [A, B, Q] = CONFIGS.map(({ path }) => path) as [string, string, string]
const CATALOGUE = '/books/'

interface World {
  readonly service: FakeService
  readonly client: DreamCentralStorageClient
  readonly invalidated: string[]
}

function setUp(options: Partial<TestOptions> = {}, books: readonly object[] = BOOKS): World {
  const invalidated: string[] = []
  const cache = ({ result, key }: ClientEvents['cache']): void =>
    void (result === 'invalidated' && invalidated.push(key))
  const service = new FakeService(({ path }) => json(path === CATALOGUE ? books : {}))
  const client = createClient({ ...service.options, token: 'key', observers: [{ cache }], ...options })
  return { service, client, invalidated }
}

/** Reads everything, or the configs only. Returns what the service was asked for. */
async function asked({ service, client }: World, what: 'all' | 'configs' = 'all'): Promise<string[]> {
  const before = service.seen.length
  if (what === 'all') await client.getBooks()
  for (const { publisher, name } of CONFIGS) await client.getBookConfig(publisher, name)
  return service.seen.slice(before).map(({ path }) => path)
}

function eventOf(event: string, data: object): WebhookEvent {
  return JSON.parse(eventText({ event, data }))
}

describe('applyWebhook forgets exactly what an event makes stale', () => {
  test.each<[string, string, object, string[]]>([
    ['a book that changed', 'book.updated', { id: 1, publisher: 'p', book_name: 'a' }, [CATALOGUE, A]],
    ['a new book', 'book.created', { id: 9, publisher: 'p', book_name: 'new' }, [CATALOGUE]],
    ['a new book of a known name', 'book.created', { id: 9, publisher: 'p', book_name: 'b' }, [CATALOGUE, B]],
    ['a book that was deleted', 'book.deleted', { id: 2, publisher: 'p', book_name: 'b' }, [CATALOGUE, B]],
    ['a book with a new name', 'book.updated', { id: 1, publisher: 'p', book_name: 'b' }, [CATALOGUE, A, B]],
    ['a book that moved', 'book.updated', { id: 2, publisher: 'r', book_name: 'b' }, [CATALOGUE, B]],
    [
      'a book without a publisher',
      'book.updated',
      { id: 1, publisher: null, book_name: 'a' },
      [CATALOGUE, A, B, Q],
    ],
    [
      'a book of which more is told',
      'book.archived',
      { id: 1, publisher: 'p', book_name: 'a' },
      [CATALOGUE, A],
    ],
    ['a publisher that changed', 'publisher.updated', { id: 6, name: 'q' }, [CATALOGUE, Q]],
    ['a publisher with a new name', 'publisher.updated', { id: 5, name: 'new' }, [CATALOGUE, A, B]],
    ['a publisher that was deleted', 'publisher.deleted', { id: 5, name: 'p' }, [CATALOGUE, A, B]],
    [
      'a publisher of which nothing is known',
      'publisher.updated',
      { id: 7, name: 'r' },
      [CATALOGUE, A, B, Q],
    ],
    ['a new publisher', 'publisher.created', { id: 7, name: 'r' }, [CATALOGUE]],
    ['something else', 'processing.completed', { id: 1 }, [CATALOGUE, A, B, Q]],
  ])('%s', async (_, event, data, forgotten) => {
    const world = setUp()
    await asked(world)
    expect(await asked(world)).toEqual([])
    world.client.applyWebhook(eventOf(event, data))
    expect(await asked(world)).toEqual(forgotten)
  })

  test.each<[string, string, object, string[]]>([
    ['a book', 'book.updated', { id: 1, publisher: 'p', book_name: 'a' }, [A]],
    ['a publisher', 'publisher.updated', { id: 5, name: 'p' }, [A, B, Q]],
  ])('%s, while no catalogue is held', async (_, event, data, forgotten) => {
    const world = setUp()
    await asked(world, 'configs')
    world.client.applyWebhook(eventOf(event, data))
    expect(await asked(world, 'configs')).toEqual(forgotten)
  })

  test('a publisher of a catalogue without publisher ids, by its name', async () => {
    const world = setUp(
      {},
      BOOKS.map(({ publisher_id: _, ...book }) => book),
    )
    await asked(world)
    world.client.applyWebhook(eventOf('publisher.updated', { id: 6, name: 'q' }))
    expect(await asked(world)).toEqual([CATALOGUE, Q])
  })

  test('and tells observers, as invalidateCache does', async () => {
    const { client, invalidated } = setUp()
    await client.getBooks()
    client.applyWebhook(eventOf('book.updated', { id: 1, publisher: 'p', book_name: 'b' }))
    client.applyWebhook(eventOf('processing.failed', {}))
    expect(invalidated).toEqual(['books', 'config/p/a', 'config/p/b', 'all'])
  })

  test('and a read that set out before it fills the cache with nothing', async () => {
    const { service, client } = setUp()
    const gate = new Gate()
    const { answer } = service
    service.answer = gate.answer
    const old = client.getBooks()
    await expect.poll(() => gate.held.length).toBe(1)
    client.applyWebhook(eventOf('book.updated', { id: 1, publisher: 'p', book_name: 'a' }))
    service.answer = answer
    gate.held[0]?.answer(json([{ id: 1, book_name: 'old' }]))
    expect(await old).toEqual([{ id: 1, book_name: 'old' }])
    expect(await client.getBooks()).toEqual(BOOKS)
  })
})

test('applyWebhook of a client without a cache, or of a closed one, does nothing', async () => {
  const { client, invalidated } = setUp({ cache: false })
  client.applyWebhook(eventOf('book.updated', { id: 1, publisher: 'p', book_name: 'a' }))
  expect(invalidated).toEqual([])
  await client.close()
  client.applyWebhook(eventOf('processing.failed', {}))
})

test.each([[undefined], [null], ['book.updated'], [eventText()], [{}], [{ event: 7 }]])(
  'applyWebhook(%j) is an InputError, which shows nothing of it',
  (event) => {
    const error = thrown(() => setUp().client.applyWebhook(event as never), DreamStorageInputError)
    expect(error.message).toMatch(/^event must be an event of a webhook, got a value of type \w+$/)
  },
)
