import { describe, expect, test } from 'vitest'
import { DreamStorageInputError, DreamStorageNotFoundError, DreamStorageResponseError } from '../src/index.js'
import { file } from './support/answers.js'
import { failure } from './support/failure.js'
import { json, type Seen } from './support/fake-service.js'
import { serve } from './support/serve.js'

const publisher = (id: number): { id: number; name: string } => ({ id, name: `P${id}` })
const UNKNOWN = { detail: 'Publisher not found' }

/** Pages of publishers; `change` is called before each page. */
function pages(all: unknown[], change: (page: number) => void = () => {}): (seen: Seen) => Response {
  let page = 0
  return ({ path }) => {
    change(page++)
    const query = new URLSearchParams(path.split('?')[1])
    const [skip, limit] = [Number(query.get('skip')), Number(query.get('limit'))]
    return json({ items: all.slice(skip, skip + limit), total: all.length })
  }
}

const many = (count: number): unknown[] => Array.from({ length: count }, (_, index) => publisher(index + 1))

describe('getPublishers', () => {
  test('reads all pages of 1000, frozen, and once for the cache', async () => {
    const { client, service } = serve(pages(many(2_500)))
    const found = await client.getPublishers()
    expect(found.map(({ id }) => id)).toEqual(many(2_500).map((each) => (each as { id: number }).id))
    expect(Object.isFrozen(found[0])).toBe(true)
    expect(await client.getPublishers()).toBe(found)
    expect(
      service.seen.filter(({ path }) => path.startsWith('/publishers/')).map(({ path }) => path),
    ).toEqual([
      '/publishers/?skip=0&limit=1000',
      '/publishers/?skip=1000&limit=1000',
      '/publishers/?skip=2000&limit=1000',
    ])
  })

  test('has each publisher once although some are added and removed meanwhile', async () => {
    const all = many(1_500)
    const { client } = serve(
      pages(all, (page) => page === 1 && void all.unshift(publisher(9_001), publisher(9_002))),
    )
    const ids = (await client.getPublishers()).map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toHaveLength(1_500)
  })

  test('ends although the service repeats one page for ever', async () => {
    const { client, service } = serve(() => json({ items: [publisher(1)], total: 5 }))
    expect(await client.getPublishers()).toEqual([publisher(1)])
    expect(service.count('GET /publishers/')).toBe(2)
  })

  test('ends with an empty page whatever total says', async () => {
    const { client, service } = serve(() => json({ items: [], total: 5 }))
    expect(await client.getPublishers()).toEqual([])
    expect(service.count('GET /publishers/')).toBe(1)
  })

  test('leaves out what is no publisher, and tells it', async () => {
    const skipped: unknown[] = []
    const observers = [
      { skip: ({ what, count }: { what: string; count: number }) => skipped.push([what, count]) },
    ]
    const { client } = serve(pages([null, { id: '1', name: 'x' }, { id: 1 }, publisher(2)]), { observers })
    expect(await client.getPublishers()).toEqual([publisher(2)])
    expect(skipped).toEqual([['publishers without id or name were left out', 3]])
  })

  test('is forgotten with the catalogue, and not with a config', async () => {
    const { client, service } = serve(pages(many(1)))
    await client.getPublishers()
    client.invalidateCache({ publisher: 'p', bookName: 'b' })
    await client.getPublishers()
    expect(service.count('GET /publishers/')).toBe(1)
    client.invalidateCache({ books: true })
    await client.getPublishers()
    client.invalidateCache()
    await client.getPublishers()
    expect(service.count('GET /publishers/')).toBe(3)
  })

  test('is forgotten after a publisher was written through client.api', async () => {
    const { client, service } = serve((seen) =>
      seen.method === 'GET' ? pages(many(1))(seen) : json(publisher(2)),
    )
    await client.getPublishers()
    await client.api.POST('/publishers/', { body: { name: 'new' } })
    await client.getPublishers()
    expect(service.count('GET /publishers/')).toBe(2)
  })

  test('refuses what is no page', async () => {
    const { client } = serve(() => json([publisher(1)]))
    await failure(client.getPublishers(), DreamStorageResponseError)
  })
})

describe('one publisher', () => {
  test('is found by its id and by its name', async () => {
    const { client, service } = serve(() => json(publisher(3)))
    expect(await client.getPublisherById(3)).toEqual(publisher(3))
    expect(await client.getPublisherByName('Ünlü & Co')).toEqual(publisher(3))
    expect(service.seen.map(({ path }) => path).slice(1)).toEqual([
      '/publishers/3',
      '/publishers/by-name/%C3%9Cnl%C3%BC%20%26%20Co',
    ])
  })

  test('has books, of which an odd one costs no other', async () => {
    const odd = { id: 1, book_name: 'a', publisher: null, activity_details: 'x', status: 'archived' }
    const { client } = serve(() => json([odd, { id: 2 }]))
    expect(await client.getPublisherBooks(3)).toEqual([odd])
  })

  test('has a logo, whose bytes belong to the caller', async () => {
    const { client } = serve(() => file(Uint8Array.of(1, 2, 3), { 'content-type': 'image/png' }))
    const logo = await client.getPublisherLogo(3)
    expect(logo).toEqual({ bytes: Uint8Array.of(1, 2, 3), contentType: 'image/png' })
  })

  test('that the service does not know is null', async () => {
    const { client } = serve(() => json(UNKNOWN, 404))
    expect(await client.getPublisherById(3)).toBeNull()
    expect(await client.getPublisherByName('x')).toBeNull()
    expect(await client.getPublisherBooks(3)).toBeNull()
    expect(await client.getPublisherLogo(3)).toBeNull()
  })

  test('needs an id or a name', async () => {
    const { client, service } = serve()
    for (const id of [0, 1.5, '1', 2 ** 31]) {
      const { message } = await failure(client.getPublisherById(id as number), DreamStorageInputError)
      expect(message).toContain('publisherId')
      await failure(client.getPublisherBooks(id as number), DreamStorageInputError)
      await failure(client.getPublisherLogo(id as number), DreamStorageInputError)
    }
    for (const name of ['', '..', 'a/b'])
      await failure(client.getPublisherByName(name), DreamStorageInputError)
    expect(service.seen).toEqual([])
  })
})

describe('a route that this version of the service lacks', () => {
  const lacking = (): Response => json({ detail: 'Not Found' }, 404)

  test('is an error that says so, never null, also for older methods', async () => {
    const { client } = serve(lacking)
    const calls = [
      [() => client.getPublisherById(1), 'GET /publishers/{publisher_id}'],
      [() => client.getPublisherByName('x'), 'GET /publishers/by-name/{name}'],
      [() => client.getPublisherBooks(1), 'GET /publishers/{publisher_id}/books'],
      [() => client.getPublisherLogo(1), 'GET /publishers/{publisher_id}/logo'],
      [() => client.getPublishers(), 'GET /publishers/'],
      [() => client.getBookCover('p', 'b'), 'GET /storage/books/{publisher}/{book_name}/cover'],
      [() => client.getPresignedUrl('p', 'b', 'c'), 'GET /storage/books/{publisher}/{book_name}/presigned'],
      [() => client.getBookAi(1).metadata(), 'GET /books/{book_id}/ai-data/metadata'],
      [() => client.getBookAi(1).modules(), 'GET /books/{book_id}/ai-data/modules'],
      [() => client.getBookAi(1).module(1), 'GET /books/{book_id}/ai-data/modules/{module_id}'],
      [() => client.getBookAi(1).vocabulary(), 'GET /books/{book_id}/ai-data/vocabulary'],
      [
        () => client.getBookAi(1).audio('en', 'w'),
        'GET /books/{book_id}/ai-data/audio/vocabulary/{lang}/{word_id}.mp3',
      ],
      [() => client.listTeacherMaterials('t'), 'GET /teachers/{teacher_id}/materials'],
      [() => client.getBookById(1), 'GET /books/{book_id}'],
      [() => client.getAssetInfo('p', 'b', 'c'), 'GET /storage/books/{publisher}/{book_name}/object'],
    ] as const
    for (const [call, route] of calls) {
      const { message, status } = await failure(call(), DreamStorageNotFoundError)
      expect(message).toBe(`${route}: 404 this version of the service does not have this operation`)
      expect(status).toBe(404)
    }
  })
})
