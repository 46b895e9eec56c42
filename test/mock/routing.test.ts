import { describe, expect, it } from 'vitest'
import { createMockService } from '../../src/testing/index.js'
import { ask, open, outcome } from './support.js'

describe('the routes of the mock service', () => {
  it('redirects a missing slash to an absolute address without the port', async () => {
    const { call } = await open()
    const response = await call('GET', '/books?a=1')
    expect(response.status).toBe(307)
    expect(response.headers.get('location')).toBe('http://localhost/books/?a=1')
    expect(await response.text()).toBe('')
  })

  it('redirects a superfluous slash, even without a login', async () => {
    const service = createMockService()
    for (const path of ['/books/1', '/storage/books/a/b', '/health', '/auth/session']) {
      const response = await ask(service, 'GET', `${path}/`)
      expect([response.status, response.headers.get('location')]).toEqual([307, `http://localhost${path}`])
    }
  })

  it.each(['/', '/health', '/books/', '/books/1', '/storage/books/a/b/object'])(
    'answers 405 to HEAD %s',
    async (path) => {
      const response = await ask(createMockService(), 'HEAD', path)
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET'])
    },
  )

  it.each(['/nowhere', '/BOOKS/', '/books//', '/books/1/2', '/books%2F1', '/books/1%2F2', '/books/%FF'])(
    'answers 404 to %s',
    async (path) => {
      const { call } = await open()
      expect(await outcome(call('GET', path))).toEqual([404, { detail: 'Not Found' }])
    },
  )

  it('has no routes of 2026 in 2025', async () => {
    const { call } = await open()
    expect((await call('POST', '/books/batch', { json: { ids: [1] } })).status).toBe(405)
    expect((await call('GET', '/storage/books/a/b/cover')).status).toBe(404)
    expect((await call('GET', '/publishers/')).status).toBe(404)
  })

  it.each(['/publishers/', '/publishers/1', '/teachers/', '/webhooks/'])(
    'answers 501 to %s, which nobody has observed',
    async (path) => {
      const { call } = await open({ dialect: '2026' })
      expect(await outcome(call('GET', path))).toEqual([
        501,
        { detail: 'Not implemented by the mock service' },
      ])
    },
  )

  it('answers at its base URL only, path prefix included', async () => {
    const service = createMockService({ baseUrl: 'https://dcs.test/central' })
    expect((await ask(service, 'GET', '/health')).status).toBe(200)
    expect(service.requests).toMatchObject([{ method: 'GET', path: '/health' }])
    for (const baseUrl of ['https://dcs.test', 'https://dcs.test/centralx', 'http://dcs.test/central']) {
      await expect(ask({ ...service, baseUrl }, 'GET', '/health')).rejects.toThrow('not handled')
    }
  })

  it('answers at every origin when its base URL is a star', async () => {
    const service = createMockService({ baseUrl: '*' })
    for (const baseUrl of ['http://a.test', 'https://b.test:8443']) {
      expect((await ask({ ...service, baseUrl }, 'GET', '/health')).status).toBe(200)
    }
  })
})
