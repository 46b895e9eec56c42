import { describe, expect, it } from 'vitest'
import { ask, open, outcome, storagePath } from './support.js'

const ARCHIVED = 'books/Universal ELT/Old Friends/'

describe('the trash of the mock service', () => {
  it('holds what was deleted, until it is restored', async () => {
    const { call, get } = await open()
    await call('DELETE', '/books/1')
    const key = 'books/Universal ELT/BRAINS/'
    expect(await get('/storage/trash')).toEqual([{ key: ARCHIVED }, { key }])
    expect(await outcome(call('POST', '/storage/restore', { json: { key } }))).toEqual([200, { key }])
    expect(await get('/storage/trash')).toEqual([{ key: ARCHIVED }])
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
    expect(await outcome(call('DELETE', '/storage/trash', { json }))).toEqual([200, { key: ARCHIVED }])
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
    expect(await get('/api-keys/')).toEqual([{ id: 1, name: 'lms', created_at: expect.any(String) }])
    const { key: token } = body as { key: string }
    expect((await ask(service, 'GET', '/books/', { token })).status).toBe(200)
    expect((await call('DELETE', '/api-keys/1')).status).toBe(204)
    expect((await ask(service, 'GET', '/books/', { token })).status).toBe(401)
    expect((await call('DELETE', '/api-keys/1')).status).toBe(404)
  })
})
