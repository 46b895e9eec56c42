import { describe, expect, it } from 'vitest'
import type { StorageNode } from '../../generated/dream-central-storage.js'
import { createMockService } from '../../src/testing/index.js'
import { ask, login, objectPath, open, outcome, storagePath } from './support.js'

function filesOf({ path, type, children }: StorageNode): string[] {
  return type === 'file' ? [path] : children.flatMap(filesOf)
}

const LAYOUTS = [
  ['2025', 'Universal ELT/BRAINS/', 'Universal ELT/BRAINS/1.0.0/BRAINS/audio/1.mp3'],
  ['2026', 'Universal ELT/books/BRAINS/', 'Universal ELT/books/BRAINS/audio/1.mp3'],
] as const

describe('listings of the mock service', () => {
  it.each(LAYOUTS)('are trees of full storage keys in %s', async (dialect, root, audio) => {
    const { get } = await open({ dialect })
    const tree = await get(storagePath('Universal ELT', 'BRAINS'))
    expect(tree).toMatchObject({ path: root, type: 'folder' })
    expect(filesOf(tree as StorageNode)).toContain(audio)
    const text = JSON.stringify(tree)
    expect(text).toContain(JSON.stringify({ path: audio, type: 'file', size: 48_213, children: [] }))
    expect(text).toContain(`"path":"${audio.replace('1.mp3', '')}","type":"folder"`)
  })

  it.each(['2025', '2026'] as const)('lead to every file of every book, in %s', async (dialect) => {
    const { call, get } = await open({ dialect })
    const failures: string[] = []
    for (const { publisher, book_name } of (await get('/books/')) as Record<string, string>[]) {
      if (!publisher || !book_name) continue
      const tree = (await get(storagePath(publisher, book_name))) as StorageNode
      for (const file of filesOf(tree)) {
        const path = file.slice(tree.path.length)
        const response = await call('GET', objectPath(publisher, book_name, path))
        await response.body?.cancel()
        if (response.status !== 200) failures.push(`${response.status} ${file.split('/').at(-1)}`)
      }
    }
    expect(failures).toEqual(['500 şarkı.mp3'])
  })

  it.each([
    ['an unknown book', 'Universal ELT', 'Nothing'],
    ['a draft', 'Universal ELT', 'Smart Steps'],
    ['an archived book', 'Universal ELT', 'Old Friends'],
    ['a name in the wrong case', 'universal elt', 'BRAINS'],
  ])(
    'are 200 without children for %s, where config and object are no success',
    async (_, publisher, book) => {
      const { call, get } = await open()
      const path = `${publisher}/${book}/`
      expect(await get(storagePath(publisher, book))).toEqual({ path, type: 'folder', children: [] })
      expect((await call('GET', objectPath(publisher, book, '1.0.0/x/config.json'))).status).toBe(404)
      const config = await call('GET', storagePath(publisher, book, '/config'))
      expect(config.status).toBe(book === 'Smart Steps' ? 400 : 404)
    },
  )
})

describe('configurations of the mock service', () => {
  it('are written anew', async () => {
    const { service, call } = await open()
    service.putObject('Universal ELT', 'BRAINS', 'config.json', '{\n  "a": [1, null]\n}\n')
    const response = await call('GET', storagePath('Universal ELT', 'BRAINS', '/config'))
    expect(await response.text()).toBe('{"a":[1,null]}')
  })

  it('can be any JSON value', async () => {
    const { service, get } = await open()
    expect(await get(storagePath('Bright Future', 'Odds and Ends', '/config'))).toEqual([
      'a config.json',
      'can be',
      'an array',
    ])
    service.putObject('Bright Future', 'Odds and Ends', 'config.json', 'null')
    expect(await get(storagePath('Bright Future', 'Odds and Ends', '/config'))).toBeNull()
  })

  it('of a draft are 400 in 2025 and 404 in 2026', async () => {
    const config = storagePath('Kuzey', 'Ada', '/config')
    const outcomes = ['2025', '2026'].map(async (dialect) => {
      const service = createMockService({ dialect: dialect === '2025' ? '2025' : '2026', empty: true })
      service.addBook({ publisher: 'Kuzey', book_name: 'Ada', status: 'draft' })
      return outcome(ask(service, 'GET', config, { token: await login(service) }))
    })
    expect(await Promise.all(outcomes)).toEqual([
      [400, { detail: 'Book has no version information' }],
      [404, { detail: 'config.json not found' }],
    ])
  })

  it('that are no JSON are 502, and those that are missing 404', async () => {
    const { call } = await open()
    expect(await outcome(call('GET', storagePath('Dream Press', 'Broken Config', '/config')))).toEqual([
      502,
      { detail: 'config.json is invalid' },
    ])
    expect(await outcome(call('GET', storagePath('Dream Press', 'No Config', '/config')))).toEqual([
      404,
      { detail: 'config.json not found' },
    ])
  })

  it('that are no JSON have no activities in 2026', async () => {
    const { get } = await open({ dialect: '2026' })
    expect(await get('/books/')).toContainEqual(
      expect.objectContaining({ book_name: 'Broken Config', activity_count: 0, book_cover: null }),
    )
  })
})
