import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type Book,
  DreamCentralStorageClient,
  DreamStorageAuthError,
  DreamStorageError,
  DreamStorageNotFoundError,
  optionsFromEnv,
} from '../../src/index.js'
import { startMockServer } from '../../src/testing/index.js'
import { failure } from '../support/failure.js'

/** A service to read from, over real HTTP. */
interface Target {
  readonly name: string
  /** What it holds is known: that of the mock. */
  readonly isSeeded: boolean
  /** The key opens the catalogue only. */
  readonly hasKeyOnly: boolean
  start(): Promise<{ baseUrl: string; client: DreamCentralStorageClient; close(): Promise<void> }>
}

const { DREAM_CENTRAL_STORAGE_URL: url, DREAM_CENTRAL_STORAGE_TOKEN: key } = process.env

const TARGETS: Target[] = url ? [realService(url)] : [mockService('2025'), mockService('2026')]

function realService(baseUrl: string): Target {
  const start = async () => {
    const client = new DreamCentralStorageClient(optionsFromEnv())
    return { baseUrl, client, close: () => client.close() }
  }
  return { name: 'the real service', isSeeded: false, hasKeyOnly: Boolean(key), start }
}

function mockService(dialect: '2025' | '2026'): Target {
  const start = async () => {
    const server = await startMockServer({ port: 0, dialect })
    const client = new DreamCentralStorageClient({
      baseUrl: server.url,
      email: 'admin@admin.com',
      password: 'admin',
    })
    const close = async (): Promise<void> => {
      await client.close()
      await server.close()
    }
    return { baseUrl: server.url, client, close }
  }
  return { name: `the mock of ${dialect}`, isSeeded: true, hasKeyOnly: false, start }
}

const LARGEST_DOWNLOAD = 5_000_000
const NOWHERE = 'dream-central-storage-client: no such thing'

interface ListedFile {
  readonly path: string
  /** Absent in a listing that is an array of strings. */
  readonly size: number | undefined
}

interface TreeNode {
  readonly path: string
  readonly type: string
  readonly size?: number | null
  readonly children: readonly TreeNode[]
}

/** The files of a listing as the service gave it. */
function listed(contents: TreeNode | readonly string[]): ListedFile[] {
  if (!('children' in contents)) return contents.map((path) => ({ path, size: undefined }))
  const files: ListedFile[] = []
  const left = [...contents.children]
  for (let node = left.pop(); node; node = left.pop()) {
    left.push(...node.children)
    const path = node.path.slice(contents.path.length)
    if (node.type === 'file') files.push({ path, size: node.size ?? undefined })
  }
  return files
}

/** A file that can be sent, as small as there is. */
function smallest(files: readonly ListedFile[]): ListedFile | undefined {
  const isLatin1 = ({ path }: ListedFile): boolean => /^[\0-\u00ff]*$/.test(path.split('/').at(-1) ?? '')
  return files
    .filter((file) => isLatin1(file) && (file.size ?? 0) <= LARGEST_DOWNLOAD)
    .sort((a, b) => (a.size ?? 0) - (b.size ?? 0))
    .find(({ size }) => size !== 0)
}

/** Does something with each, a few at a time. */
async function each<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  const left = [...items]
  const work = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await act(item)
  }
  await Promise.all(Array.from({ length: 5 }, work))
}

describe.each(TARGETS)('$name', { timeout: 300_000 }, ({ isSeeded, hasKeyOnly, start }) => {
  let client: DreamCentralStorageClient
  let baseUrl: string
  let close: (() => Promise<void>) | undefined

  beforeAll(async () => {
    const started = await start()
    client = started.client
    baseUrl = started.baseUrl
    close = started.close
  })
  afterAll(() => close?.())

  /** The books that have content. */
  async function published(): Promise<Array<Book & { publisher: string }>> {
    const books = await client.getBooks()
    return books.flatMap((book) =>
      book.status === 'published' && book.publisher ? [{ ...book, publisher: book.publisher }] : [],
    )
  }

  async function listing(publisher: string, bookName: string): Promise<ListedFile[]> {
    const { data } = await client.api.GET('/storage/books/{publisher}/{book_name}', {
      params: { path: { publisher, book_name: bookName } },
    })
    if (!data) throw new Error('no listing')
    return listed(data)
  }

  test('says that it is there, without a login', async () => {
    const { data } = await client.api.GET('/health')
    expect(data?.status).toBe('ok')
    expect(client.stats().auth.logins).toBe(0)
  })

  test('logs in, once for all', async () => {
    const { access_token, token_type } = await client.authenticate()
    expect(access_token).toMatch(/^[\x21-\x7e]+$/)
    expect(token_type).toBe('bearer')
    await Promise.all([client.getBooks(), client.getBookById(1), client.getBookById(2)])
    expect(client.stats().auth.logins).toBe(hasKeyOnly ? 0 : 1)
  })

  test('refuses a token that it did not give', async () => {
    await using stranger = new DreamCentralStorageClient({ baseUrl, token: 'dcs_nobody' })
    await failure(stranger.getBooks({ cache: 'no-store' }), DreamStorageAuthError)
  })

  test('gives its catalogue, and again from the cache', async () => {
    const books = await client.getBooks()
    expect(new Set(books.map(({ id }) => id)).size).toBe(books.length)
    expect(await client.getBooks()).toBe(books)
    if (isSeeded) expect(books.length).toBeGreaterThan(5)
  })

  test('gives every book of the catalogue by its id', async () => {
    await each(await client.getBooks(), async ({ id, book_name }) => {
      expect(await client.getBookById(id)).toMatchObject({ id, book_name })
    })
  })

  test('gives null for a book that is not there', async () => {
    expect(await client.getBookById(2_147_483_647)).toBeNull()
  })

  test.skipIf(hasKeyOnly)('gives the config of every published book, or says why not', async () => {
    let given = 0
    await each(await published(), async ({ publisher, book_name }) => {
      const outcome = await client.getBookConfig(publisher, book_name).catch((error: unknown) => error)
      if (!(outcome instanceof Error)) given++
      else {
        expect(outcome).toBeInstanceOf(DreamStorageError)
        // Without one, without content, or broken: what a book can be.
        expect([404, 400, 502]).toContain((outcome as DreamStorageError).status)
      }
    })
    if (isSeeded) expect(given).toBeGreaterThan(5)
  })

  test.skipIf(hasKeyOnly)('lists every published book as the service does', async () => {
    await each(await published(), async ({ publisher, book_name }) => {
      const paths = await client.listBookContents(publisher, book_name)
      const files = await listing(publisher, book_name)
      const known = new Set(files.map(({ path }) => path))
      expect(paths.filter((path) => !known.has(path))).toEqual([])
      if (isSeeded) expect(paths).toHaveLength(files.length)
    })
  })

  test.skipIf(hasKeyOnly)(
    'gives a file of every published book with as many bytes as are listed',
    async () => {
      let given = 0
      await each(await published(), async ({ publisher, book_name }) => {
        const paths = new Set(await client.listBookContents(publisher, book_name))
        const file = smallest((await listing(publisher, book_name)).filter(({ path }) => paths.has(path)))
        if (!file) return
        const bytes = await client.downloadAsset(publisher, book_name, file.path)
        if (file.size !== undefined) expect(bytes.byteLength).toBe(file.size)
        given++
      })
      if (isSeeded) expect(given).toBe((await published()).length)
    },
  )

  test.skipIf(hasKeyOnly)('gives a file to a fetch of your own, with the header only', async () => {
    const [book] = await published()
    if (!book) return
    const { publisher, book_name } = book
    const file = smallest(await listing(publisher, book_name))
    if (!file) return
    const response = await fetch(await client.getAssetRequest(publisher, book_name, file.path))
    expect(response.status).toBe(200)
    await response.body?.cancel()
    const refused = await fetch(client.getAssetUrl(publisher, book_name, file.path))
    expect(refused.status).toBe(403)
    await refused.body?.cancel()
  })

  test.skipIf(hasKeyOnly)('has nothing for what is not there', async () => {
    await failure(client.getBookConfig(NOWHERE, NOWHERE), DreamStorageNotFoundError)
    await failure(client.downloadAsset(NOWHERE, NOWHERE, 'nowhere.mp3'), DreamStorageNotFoundError)
    expect(await client.listBookContents(NOWHERE, NOWHERE)).toEqual([])
    const [book] = await published()
    if (!book) return
    const path = `${NOWHERE}/nowhere.mp3`
    await failure(client.downloadAsset(book.publisher, book.book_name, path), DreamStorageNotFoundError)
  })

  test('has done all that without a failed login and with closed breakers', () => {
    const { auth, circuits } = client.stats()
    expect(auth.failedLogins).toBe(0)
    expect(circuits).toEqual({ catalogue: 'closed', storage: 'closed' })
  })
})
