import { expect, test } from 'vitest'
import { DreamStorageInputError } from '../src/index.js'
import { failure } from './support/failure.js'
import { json } from './support/fake-service.js'
import { serve } from './support/serve.js'

const file = (path: string, size?: unknown): object => ({ path, type: 'file', size, children: [] })
const TREE = {
  path: 'p/b/',
  type: 'folder',
  children: [file('p/b/config.json', 12), file('p/b/images/ş.png', 0), file('p/b/odd', 'many')],
}

test('listBookFiles returns the files of a book with their sizes', async () => {
  const { client, service } = serve(() => json(TREE))
  expect(await client.listBookFiles('p', 'b')).toEqual([
    { path: 'config.json', size: 12 },
    { path: 'images/ş.png', size: 0 },
    { path: 'odd' },
  ])
  expect(service.count('GET /storage/books/p/b')).toBe(1)
})

test('listBookFiles sends nothing for names that no book can have', async () => {
  const { client, service } = serve(() => json(TREE))
  await failure(client.listBookFiles('p', '..'), DreamStorageInputError)
  expect(service.seen).toEqual([])
})
