import { setupServer } from 'msw/node'
import { describe, expect, it } from 'vitest'
import { createMockService, type RecordedRequest } from '../../src/testing/index.js'
import { ask, login, objectPath, open, storagePath } from './support.js'

const BRAINS = storagePath('Universal ELT', 'BRAINS')
const AUDIO = objectPath('Universal ELT', 'BRAINS', '1.0.0/BRAINS/audio/1.mp3')

describe('a mock service under control', () => {
  it('records the requests that reached it, with what was answered', async () => {
    const heard: RecordedRequest[] = []
    const service = createMockService({ onAnswer: (request) => heard.push(request) })
    await ask(service, 'GET', '/books/?a=%20b', { headers: { 'x-request-id': 'r-1' } })
    await ask(service, 'GET', '/nowhere')
    const durationMs = expect.any(Number)
    expect(service.requests).toEqual([
      { method: 'GET', path: '/books/?a=%20b', requestId: 'r-1', status: 403, durationMs },
      { method: 'GET', path: '/nowhere', status: 404, durationMs },
    ])
    expect(heard).toEqual(service.requests)
    expect(service.count('GET', '/books/')).toBe(1)
    expect(service.count('GET', '/books')).toBe(0)
    expect(service.count('GET')).toBe(2)
    expect(service.count('POST')).toBe(0)
  })

  it.each([
    [502, '502 Bad Gateway'],
    [503, '503 Service Temporarily Unavailable'],
    [418, '418'],
  ])('answers everything with a page of nginx during an outage of %i', async (status, title) => {
    const { service, call } = await open()
    service.setOutage(status)
    for (const path of ['/books/', '/health', '/nowhere']) {
      const response = await call('GET', path)
      expect([response.status, response.headers.get('content-type')]).toEqual([status, 'text/html'])
      expect(await response.text()).toContain(`<center><h1>${title}</h1></center>\r\n`)
    }
    service.setOutage(null)
    expect((await call('GET', '/books/')).status).toBe(200)
  })

  it('fails at the storage alone when that is down', async () => {
    const { service, call } = await open()
    service.setStorageFault('down')
    expect((await call('GET', BRAINS)).status).toBe(500)
    expect((await call('GET', AUDIO)).status).toBe(500)
    expect((await call('GET', '/books/')).status).toBe(200)
    expect((await call('GET', '/health')).status).toBe(200)
    service.setStorageFault(null)
    expect((await call('GET', BRAINS)).status).toBe(200)
  })

  it('ends downloads early, under their full length, when the storage cuts them', async () => {
    const { service, call } = await open()
    service.setStorageFault('cut')
    const response = await call('GET', AUDIO)
    expect([response.status, response.headers.get('content-length')]).toEqual([200, '48213'])
    expect((await response.arrayBuffer()).byteLength).toBe(24_106)
  })

  it('takes books and files', async () => {
    const { service, get } = await open({ empty: true })
    expect(await get('/books/')).toEqual([])
    const book = service.addBook({
      publisher: 'Kuzey',
      book_name: 'Ada',
      version: '3.1.0',
      config: { a: 1 },
      files: { 'a.txt': 'ş' },
    })
    expect(book).toMatchObject({ id: 1, status: 'published', version: '3.1.0' })
    expect(await get(storagePath('Kuzey', 'Ada'))).toMatchObject({
      children: [{ children: [{ children: [{ size: 2 }, { path: 'Kuzey/Ada/3.1.0/Ada/config.json' }] }] }],
    })
    service.removeBook(1)
    expect(await get('/books/')).toEqual([])
    expect(await get(storagePath('Kuzey', 'Ada'))).toMatchObject({ children: [] })
  })

  it('refuses files for books that are not there or are drafts', () => {
    const service = createMockService()
    const put = (book: string): string => service.putObject('Universal ELT', book, 'a.txt', '')
    expect(() => put('Nothing')).toThrow('the mock service has no book Universal ELT / Nothing')
    expect(() => put('Smart Steps')).toThrow('Smart Steps is a draft: it has no files')
    expect(() => service.removeBook(99)).toThrow('the mock service has no book 99')
  })

  it('goes back to its seed', async () => {
    const { service, call, get } = await open()
    const seeded = await get('/books/')
    await call('DELETE', '/books/1')
    service.addApiKey('lms')
    service.setOutage(502)
    service.setStorageFault('down')
    service.reset()
    expect(service.requests).toEqual([])
    expect((await call('GET', '/books/')).status).toBe(401)
    const token = await login(service)
    expect(await (await ask(service, 'GET', '/api-keys/', { token })).json()).toEqual({ api_keys: [] })
    expect(await (await ask(service, 'GET', '/books/', { token })).json()).toHaveLength(
      (seeded as unknown[]).length,
    )
    expect((await ask(service, 'GET', BRAINS, { token })).status).toBe(200)
  })

  it('shares nothing with another', async () => {
    const [first, second] = [await open(), await open()]
    first.service.removeBook(1)
    first.service.setOutage(502)
    expect((await second.call('GET', '/books/1')).status).toBe(200)
    expect((await second.call('GET', `${BRAINS}/config`)).status).toBe(200)
    expect(second.service.count('GET')).toBe(2)
    expect(first.service.count('GET')).toBe(0)
  })

  it('answers fetch through setupServer', async () => {
    const service = createMockService({ baseUrl: 'http://dcs.test' })
    const server = setupServer(...service.handlers)
    server.listen({ onUnhandledRequest: 'error' })
    try {
      const credentials = { email: 'admin@admin.com', password: 'admin' }
      const body = JSON.stringify(credentials)
      const response = await fetch('http://dcs.test/auth/login', { method: 'POST', body })
      expect(await response.json()).toMatchObject({ token_type: 'bearer' })
      const redirect = await fetch('http://dcs.test/books', { redirect: 'manual' })
      expect(redirect.headers.get('location')).toBe('http://dcs.test/books/')
    } finally {
      server.close()
    }
  })
})
