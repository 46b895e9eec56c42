import { describe, expect, it } from 'vitest'
import { ask, open, outcome, storagePath } from './support.js'

const ARCHIVED = 'books/Universal ELT/Old Friends/'

describe('the trash of the mock service', () => {
  it('holds what was deleted, until it is restored', async () => {
    const { call, get } = await open()
    await call('DELETE', '/books/1')
    const key = 'books/Universal ELT/BRAINS/'
    const path = 'Universal ELT/BRAINS'
    expect(await get('/storage/trash')).toMatchObject([
      { key: ARCHIVED },
      { key, bucket: 'books', path, item_type: 'book' },
    ])
    expect(await outcome(call('POST', '/storage/restore', { json: { key } }))).toMatchObject([
      200,
      { restored_key: key, objects_moved: expect.any(Number), item_type: 'book', book: { id: 1 } },
    ])
    expect(await get('/storage/trash')).toMatchObject([{ key: ARCHIVED }])
    expect(await get('/books/1')).toMatchObject({ status: 'published' })
    expect(await get(storagePath('Universal ELT', 'BRAINS', '/config'))).toMatchObject({ language: 'en' })
  })

  it('restores applications', async () => {
    const { call, get } = await open()
    await call('DELETE', '/apps/windows')
    const json = { key: 'apps/windows/' }
    expect((await call('POST', '/storage/restore', { json })).status).toBe(200)
    expect(await get('/storage/apps/windows')).toMatchObject({ children: [{ path: 'windows/2.4.0/' }] })
  })

  it('forgets what is removed for good', async () => {
    const { call, get } = await open()
    const json = { key: ARCHIVED, force: true, override_reason: null }
    expect(await outcome(call('DELETE', '/storage/trash', { json }))).toEqual([
      200,
      { deleted_key: ARCHIVED, objects_removed: expect.any(Number), item_type: 'book' },
    ])
    expect(await get('/storage/trash')).toEqual([])
    expect(await outcome(call('DELETE', '/storage/trash', { json }))).toEqual([
      404,
      { detail: 'Trash entry not found' },
    ])
    expect((await call('POST', '/storage/restore', { json })).status).toBe(404)
    expect(await outcome(call('DELETE', '/storage/trash', { json: { key: 'x', force: 1 } }))).toMatchObject([
      422,
      { detail: [{ type: 'bool_type', loc: ['body', 'force'] }] },
    ])
  })
})

describe('API keys of the mock service', () => {
  it('show their secret once and work until they are revoked', async () => {
    const { service, call, get } = await open()
    const [status, body] = await outcome(call('POST', '/api-keys/', { json: { name: 'lms' } }))
    expect([status, body]).toMatchObject([201, { id: 1, name: 'lms', key: expect.stringMatching(/^dcs_/) }])
    expect(await get('/api-keys/')).toMatchObject({ api_keys: [{ id: 1, name: 'lms', is_active: true }] })
    const { key: token } = body as { key: string }
    expect((await ask(service, 'GET', '/books/', { token })).status).toBe(200)
    const revoked = [200, { status: 'revoked', id: 1 }]
    expect(await outcome(call('DELETE', '/api-keys/1'))).toEqual(revoked)
    expect((await ask(service, 'GET', '/books/', { token })).status).toBe(401)
    expect(await outcome(call('DELETE', '/api-keys/1'))).toEqual(revoked)
    expect(await get('/api-keys/')).toMatchObject({ api_keys: [{ id: 1, is_active: false }] })
    expect((await call('DELETE', '/api-keys/2')).status).toBe(404)
  })
})
