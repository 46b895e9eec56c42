import { describe, expect, it } from 'vitest'
import { open, outcome, storagePath, zipForm } from './support.js'

// Made by another program: deflated, with a folder entry, a comment, and a name in UTF-8.
const FOREIGN_ZIP =
  'UEsDBBQAAAAAAAAAIQAAAAAAAAAAAAAAAAAEAAAAQWRhL1BLAwQUAAAACABrmXddralBDTwAAAA/AAAADwAAAEFkYS9jb25maWcuanNvbqtWSsrPz44vySzJSVWyUnJMSVTSUSooTcrJLM5ILYrPS8wFCXuXVqVWAiXKUouKM/PzgCJGegZ6Bkq1AFBLAwQUAAAICABrmXddg2hHtwgAAAB4AAAAEwAAAEFkYS9zZXMvxZ9hcmvEsS50eHTLSVTIGQgEAFBLAQIUAxQAAAAAAAAAIQAAAAAAAAAAAAAAAAAEAAAAAAAAAAAAEAD/QQAAAABBZGEvUEsBAhQDFAAAAAgAa5l3Xa2pQQ08AAAAPwAAAA8AAAAAAAAAAAAAAIABIgAAAEFkYS9jb25maWcuanNvblBLAQIUAxQAAAgIAGuZd12DaEe3CAAAAHgAAAATAAAAAAAAAAAAAACAAYsAAABBZGEvc2VzL8WfYXJrxLEudHh0UEsFBgAAAAADAAMAsAAAAMQAAAAOAG1hZGUgZWxzZXdoZXJl'

const config = JSON.stringify({ publisher_name: 'Kuzey', book_title: 'Ada', version: '1.2.0' })

describe('uploads to the mock service', () => {
  it('make a book of an archive, whatever program made it', async () => {
    const { call, get } = await open()
    const form = new FormData()
    form.append('file', new Blob([Uint8Array.from(Buffer.from(FOREIGN_ZIP, 'base64'))]), 'ada.zip')
    expect(await outcome(call('POST', '/books/upload', { body: form }))).toEqual([
      201,
      {
        book: expect.objectContaining({ id: 13, status: 'published' }),
        version: '2.0.0',
        files: [
          { path: 'Kuzey/Ada/2.0.0/Ada/config.json', size: 63 },
          { path: 'Kuzey/Ada/2.0.0/Ada/ses/şarkı.txt', size: 120 },
        ],
      },
    ])
    expect(await get('/books/13')).toMatchObject({ status: 'published', version: '2.0.0' })
    expect(await get(storagePath('Kuzey', 'Ada', '/config'))).toMatchObject({ book_title: 'Ada' })
  })

  it('add versions beside the old ones in 2025', async () => {
    const { call, get } = await open()
    const upload = await call('POST', '/books/1/upload', { body: zipForm({ 'config.json': config }) })
    expect(upload.status).toBe(201)
    expect(await get(storagePath('Universal ELT', 'BRAINS'))).toMatchObject({
      children: [{ path: 'Universal ELT/BRAINS/1.0.0/' }, { path: 'Universal ELT/BRAINS/1.2.0/' }],
    })
    expect(await get('/books/1')).toMatchObject({ version: '1.2.0' })
  })

  it('of a version that is there are 409 unless they override it', async () => {
    const { call, get } = await open()
    const first = { body: zipForm({ 'config.json': config, 'a.txt': 'first' }) }
    const second = { body: zipForm({ 'config.json': config, 'b.txt': 'second' }) }
    expect((await call('POST', '/books/upload', first)).status).toBe(201)
    expect(await outcome(call('POST', '/books/upload?override=false', second))).toEqual([
      409,
      { detail: { message: 'Version 1.2.0 already exists', code: 'VERSION_EXISTS', version: '1.2.0' } },
    ])
    const again = { body: zipForm({ 'config.json': config, 'b.txt': 'second' }) }
    expect((await call('POST', '/books/upload?override=true', again)).status).toBe(201)
    const tree = JSON.stringify(await get(storagePath('Kuzey', 'Ada')))
    expect([tree.includes('a.txt'), tree.includes('b.txt')]).toEqual([false, true])
  })

  it('fill a draft, whose archive may say nothing of itself', async () => {
    const { call, get } = await open()
    const upload = call('POST', '/books/3/upload', { body: zipForm({ 'a/1.txt': 'x', 'b/2.txt': 'y' }) })
    expect(await outcome(upload)).toMatchObject([201, { book_id: 3, version: '1.0.0' }])
    expect(await get('/books/3')).toMatchObject({ status: 'published', version: '1.0.0' })
  })

  it('without a file are 422', async () => {
    const { call } = await open()
    const text = new FormData()
    text.append('file', 'no file')
    for (const body of [new FormData(), text, 'no form']) {
      expect(await outcome(call('POST', '/books/upload', { body }))).toMatchObject([
        422,
        { detail: [{ type: 'missing', loc: ['body', 'file'] }] },
      ])
    }
  })

  it.each([
    [
      'names neither publisher nor title',
      { 'x.txt': 'x' },
      'config.json names no publisher_name and book_title',
    ],
    ['has a config.json that is no JSON', { 'config.json': '{' }, 'config.json is invalid'],
    [
      'has a config.json of null',
      { 'config.json': 'null' },
      'config.json names no publisher_name and book_title',
    ],
    ['leaves its folder', { '../x.txt': 'x' }, 'Invalid path in archive'],
    ['starts at the root', { '/x.txt': 'x' }, 'Invalid path in archive'],
  ])('are 400 when the archive %s', async (_, files, detail) => {
    const { call } = await open()
    const upload = call('POST', '/books/upload', { body: zipForm(files as Record<string, string>) })
    expect(await outcome(upload)).toEqual([400, { detail }])
  })

  it.each([10, 100_000])('are 400 when %i bytes are no ZIP', async (size) => {
    const { call } = await open()
    const form = new FormData()
    form.append('file', new Blob([new Uint8Array(size)]))
    expect(await outcome(call('POST', '/books/1/upload', { body: form }))).toEqual([
      400,
      { detail: 'Uploaded file is not a valid ZIP archive' },
    ])
  })

  it('are 400 when the directory of the ZIP is broken', async () => {
    const { call } = await open()
    const bytes = Buffer.from(FOREIGN_ZIP, 'base64')
    bytes.writeUInt32LE(1, bytes.length - 14 - 6)
    const form = new FormData()
    form.append('file', new Blob([Uint8Array.from(bytes)]))
    expect((await call('POST', '/books/1/upload', { body: form })).status).toBe(400)
  })

  it('to a book without a publisher are 400, and to no book 404', async () => {
    const { call } = await open({ dialect: '2026' })
    const upload = (id: number): Promise<Response> =>
      call('POST', `/books/${id}/upload`, { body: zipForm({ 'config.json': config }) })
    expect((await upload(3)).status).toBe(400)
    expect((await upload(99)).status).toBe(404)
    expect((await upload(1)).status).toBe(409)
  })
})

describe('applications of the mock service', () => {
  it('are listed by platform and version', async () => {
    const { get } = await open()
    expect(await get('/storage/apps/macos')).toMatchObject({
      path: 'macos/',
      children: [{ path: 'macos/2.4.0/' }, { path: 'macos/2.5.0/' }],
    })
    expect(await get('/storage/apps/macos?version=2.5.0')).toEqual({
      path: 'macos/2.5.0/',
      type: 'folder',
      children: [{ path: 'macos/2.5.0/DreamReader.dmg', type: 'file', size: 206_848, children: [] }],
    })
    expect(await get('/storage/apps/amiga')).toMatchObject({ children: [] })
  })

  it('are uploaded once a version, and deleted', async () => {
    const { call, get } = await open()
    const upload = (): Promise<[number, unknown]> =>
      outcome(call('POST', '/apps/linux/upload', { body: zipForm({ 'config.json': config, run: '#!' }) }))
    expect(await upload()).toMatchObject([201, { platform: 'linux', version: '1.2.0' }])
    expect(await upload()).toMatchObject([409, { detail: { code: 'VERSION_EXISTS' } }])
    const deleted = await call('DELETE', '/apps/linux')
    expect([deleted.status, await deleted.text()]).toEqual([204, ''])
    expect(await get('/storage/apps/linux')).toMatchObject({ children: [] })
    expect((await call('DELETE', '/apps/linux')).status).toBe(404)
  })
})
