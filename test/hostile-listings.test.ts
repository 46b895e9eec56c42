import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { DreamCentralStorageClient } from '../src/index.js'
import { EventLog } from './support/event-log.js'
import { json } from './support/fake-service.js'
import { tempFolder } from './support/folder.js'
import { MemoryLog } from './support/memory-log.js'
import { serve } from './support/serve.js'

const COUNT = 5_000
const NAMES = Array.from({ length: COUNT }, (_, index) => `../${'z'.repeat(100)}${index}`)
const LONG = Array.from({ length: 5 }, (_, index) => `../${'z'.repeat(100_000)}${index}`)
const node = (name: string): object => ({ path: `p/b/${name}`, type: 'file', size: 1, children: [] })
const tree = (names: readonly string[]): object => ({
  path: 'p/b/',
  type: 'folder',
  children: names.map(node),
})
// Usable names of a service, but not of a mirror: they only differ in case.
const CLASHING = Array.from({ length: 2_000 }, (_, index) =>
  Array.from(index.toString(2).padStart(250, '0'), (bit) => (bit === '1' ? 'Z' : 'z')).join(''),
)

type Act = (client: DreamCentralStorageClient, folder: string) => Promise<unknown>

const list: Act = (client) => client.listBookContents('p', 'b')
const mirror: Act = (client, folder) => client.mirrorBook('p', 'b', join(folder, 'mirror'))
const books: Act = (client) => client.getBooks()

test.each<[string, unknown, Act, number, number]>([
  ['listBookContents of names', NAMES, list, COUNT, 3],
  ['listBookContents of a tree', tree(NAMES), list, COUNT, 3],
  ['listBookContents of long names', LONG, list, 5, 3],
  ['listBookContents of no names', Array(100_000).fill(7), list, 100_000, 3],
  ['mirrorBook of names', NAMES, mirror, COUNT, 3],
  ['mirrorBook of a tree', tree(NAMES), mirror, COUNT, 3],
  ['mirrorBook of names that clash', tree(CLASHING), mirror, CLASHING.length - 1, 3],
  ['getBooks of no books', NAMES.map((book_name) => ({ book_name })), books, COUNT, 0],
])(
  '%s, half a megabyte of them, logs their number and three at most, each cut',
  async (_, listing, act, count, examples) => {
    const log = new MemoryLog()
    const events = new EventLog()
    const { client } = serve(({ path }) => (path.includes('/object') ? new Response('x') : json(listing)), {
      logger: log.logger,
      observers: [events.observer],
    })
    await act(client, await tempFolder())
    const [warning, ...others] = log.all({ level: 'warn' })
    expect(others).toEqual([])
    expect(warning).toMatchObject({ leftOut: count })
    expect((warning?.['examples'] as unknown[] | undefined) ?? []).toHaveLength(examples)
    expect(log.all({ level: 'error' })).toEqual([])
    expect(Buffer.byteLength(log.texts.join(''))).toBeLessThan(6_000)
    expect(Buffer.byteLength(JSON.stringify(events.all('skip')))).toBeLessThan(3_000)
  },
)
