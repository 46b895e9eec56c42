import { describe, expect, it } from 'vitest'
import { type OpenService, objectPath, open, outcome, storagePath } from './support.js'

const ODDS = ['Bright Future', 'Odds and Ends'] as const
const FOLDER = { '2025': '1.0.0/Odds and Ends/', '2026': '' }

async function odds(
  dialect: '2025' | '2026',
  options = {},
): Promise<OpenService & { object(path: string, headers?: Record<string, string>): Promise<Response> }> {
  const opened = await open({ dialect, ...options })
  const object = (path: string, headers = {}): Promise<Response> =>
    opened.call('GET', objectPath(...ODDS, FOLDER[dialect] + path), { headers })
  return { ...opened, object }
}

function headersOf({ headers }: Response): Record<string, string> {
  return Object.fromEntries(headers)
}

describe('objects of either dialect', () => {
  it.each(['2025', '2026'] as const)('arrive as they were put, in %s', async (dialect) => {
    const { service, call } = await open({ dialect })
    const bytes = Uint8Array.from([0, 255, 13, 10, 128])
    const path = service.putObject('Universal ELT', 'BRAINS', 'new folder/x.bin', bytes)
    expect(path).toBe(`${dialect === '2025' ? '1.0.0/BRAINS/' : ''}new folder/x.bin`)
    const response = await call('GET', objectPath('Universal ELT', 'BRAINS', path))
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes)
  })

  it.each([
    ['..', 400],
    ['audio/../config.json', 400],
    ['', 400],
    ['/audio/1.mp3', 404],
    ['nothing.mp3', 404],
  ])('of the path %j are %i', async (path, status) => {
    const { call } = await open()
    expect((await call('GET', objectPath('Universal ELT', 'BRAINS', path))).status).toBe(status)
  })

  it('need a path', async () => {
    const { call } = await open()
    expect(await outcome(call('GET', storagePath('Universal ELT', 'BRAINS', '/object')))).toEqual([
      422,
      { detail: [{ type: 'missing', loc: ['query', 'path'], msg: 'Field required', input: null }] },
    ])
  })

  it.each(['2025', '2026'] as const)(
    'crash on names outside Latin-1 and on a dot, in %s',
    async (dialect) => {
      const { call, object } = await odds(dialect)
      for (const response of [
        await object('dinleme ığüşöç/şarkı.mp3'),
        await call('GET', objectPath(...ODDS, '.')),
      ]) {
        expect([response.status, await response.text()]).toEqual([500, 'Internal Server Error'])
      }
      expect((await object('dinleme ığüşöç/1.mp3')).status).toBe(200)
      expect((await object('images/a..b.png')).status).toBe(200)
    },
  )
})

describe('objects of 2025', () => {
  it('come as attachments without a type, and without an entity tag', async () => {
    const { object } = await odds('2025')
    const response = await object('reading/café résumé ü ç.pdf')
    expect(headersOf(response)).toEqual({
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment; filename="café résumé ü ç.pdf"',
      'content-length': '40961',
    })
    expect((await response.arrayBuffer()).byteLength).toBe(40_961)
  })

  it('ignore ranges and conditions', async () => {
    const { object } = await odds('2025')
    const response = await object('images/a..b.png', { range: 'bytes=0-3', 'if-none-match': '*' })
    expect([response.status, (await response.arrayBuffer()).byteLength]).toEqual([200, 67])
  })

  it('can be empty', async () => {
    const { object } = await odds('2025')
    const response = await object('notes/empty.txt')
    expect([response.headers.get('content-length'), await response.text()]).toEqual(['0', ''])
  })
})

describe('objects of 2026', () => {
  it('have types and entity tags that change with the content', async () => {
    const { service, object } = await odds('2026')
    const before = headersOf(await object('notes/empty.txt'))
    expect(before).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': 'inline; filename="empty.txt"',
      'cache-control': 'private, max-age=3600',
      'accept-ranges': 'bytes',
      etag: expect.stringMatching(/^"[0-9a-f]{32}"$/),
    })
    service.putObject(...ODDS, 'notes/empty.txt', 'no more')
    expect(headersOf(await object('notes/empty.txt'))['etag']).not.toBe(before['etag'])
    expect(headersOf(await object('images/.hidden'))['content-type']).toBe('application/octet-stream')
  })

  it.each([
    ['bytes=0-3', 0, 3],
    ['bytes=60-', 60, 66],
    ['bytes=-7', 60, 66],
    ['bytes=-1000', 0, 66],
    ['bytes=66-66', 66, 66],
  ])('answer 206 to %s', async (range, first, last) => {
    const { object } = await odds('2026')
    const whole = new Uint8Array(await (await object('images/a..b.png')).arrayBuffer())
    const response = await object('images/a..b.png', { range, 'if-range': '"another"' })
    expect(response.status).toBe(206)
    expect(headersOf(response)).toMatchObject({
      'content-range': `bytes ${first}-${last}/67`,
      'content-length': String(last - first + 1),
      'content-type': 'image/png',
    })
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(whole.slice(first, last + 1))
  })

  it.each(['bytes=0-67', 'bytes=67-', 'bytes=100-200', 'bytes=-0', 'bytes=5-2'])(
    'answer 416 to %s of 67 bytes',
    async (range) => {
      const { object } = await odds('2026')
      const response = await object('images/a..b.png', { range })
      expect([response.status, response.headers.get('content-range')]).toEqual([416, 'bytes */67'])
    },
  )

  it.each(['bytes=0-0', 'bytes=0-', 'bytes=-1'])('answer 416 to %s of an empty file', async (range) => {
    const { object } = await odds('2026')
    const response = await object('notes/empty.txt', { range })
    expect([response.status, response.headers.get('content-range')]).toEqual([416, 'bytes */0'])
  })

  it.each(['bytes=-', 'bytes=0-1,3-4', 'items=0-1'])('ignore the range %s', async (range) => {
    const { object } = await odds('2026')
    expect((await object('images/a..b.png', { range })).status).toBe(200)
  })

  it('answer 304 when the entity tag is known', async () => {
    const { object } = await odds('2026')
    const etag = (await object('images/a..b.png')).headers.get('etag') ?? ''
    for (const condition of [etag, `"x", W/${etag}`, '*']) {
      const response = await object('images/a..b.png', { 'if-none-match': condition })
      expect([response.status, response.headers.get('etag'), response.body]).toEqual([304, etag, null])
    }
    expect((await object('images/a..b.png', { 'if-none-match': '"x"' })).status).toBe(200)
  })

  it('of covers are pictures', async () => {
    const { call } = await open({ dialect: '2026' })
    const cover = await call('GET', storagePath('Universal ELT', 'BRAINS', '/cover'))
    expect([cover.status, cover.headers.get('content-type')]).toEqual([200, 'image/png'])
    expect((await call('GET', storagePath(...ODDS, '/cover'))).status).toBe(404)
    expect((await call('GET', storagePath('No', 'Book', '/cover'))).status).toBe(404)
  })
})

describe('presigned URLs of 2026', () => {
  const path = storagePath(...ODDS, '/presigned?path=images/a..b.png')

  it('need no login until they expire', async () => {
    let now = Date.UTC(2026, 2, 1)
    const { service, call } = await open({ dialect: '2026', now: () => now, baseUrl: 'http://dcs.test/api' })
    const [status, body] = await outcome(call('GET', `${path}&expires=60`))
    expect([status, body]).toEqual([
      200,
      { url: expect.stringMatching(/^http:\/\/dcs\.test\/api\//), expires_in: 60 },
    ])
    const { url } = body as { url: string }
    const fetchIt = (address: string): Promise<Response> =>
      call('GET', address.slice(service.baseUrl.length), { token: '' })
    expect((await (await fetchIt(url)).arrayBuffer()).byteLength).toBe(67)
    expect((await fetchIt(url.replace('a..b.png', '.hidden'))).status).toBe(403)
    now += 60_000
    expect(await outcome(fetchIt(url))).toEqual([403, { detail: 'Request has expired' }])
  })

  it('live for an hour by default, and between a minute and a day', async () => {
    const { call, get } = await open({ dialect: '2026' })
    expect(await get(path)).toMatchObject({ expires_in: 3600 })
    for (const [expires, type] of Object.entries({
      59: 'greater_than_equal',
      86401: 'less_than_equal',
      soon: 'int_parsing',
    })) {
      expect(await outcome(call('GET', `${path}&expires=${expires}`))).toMatchObject([
        422,
        { detail: [{ type, loc: ['query', 'expires'], input: expires }] },
      ])
    }
  })
})
