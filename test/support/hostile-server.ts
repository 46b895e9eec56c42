import type { HostileWords } from './hostile-words.js'
import { httpJson, startRawServer } from './raw-server.js'

const STATUSES = [400, 401, 401, 403, 404, 404, 409, 413, 416, 422, 429, 429, 500, 502, 503]
const HEADERS = [
  'content-type',
  'content-range',
  'content-encoding',
  'content-disposition',
  'etag',
  'last-modified',
  'accept-ranges',
  'date',
  'retry-after',
  'location',
  'www-authenticate',
  'set-cookie',
  'x-request-id',
  'connection',
]

/** A whole answer; `status` is what follows the version in the first line. */
interface Answer {
  readonly status: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** Starts a server that puts hostile words into every place of its answers. Most logins get a token of `issue`. */
export async function startHostileServer(words: HostileWords, issue: () => string): Promise<{ url: string }> {
  const server = await startRawServer((socket) => {
    const [, method, path] = /^([A-Z]+) (\S+) HTTP/.exec(server.requests.at(-1) ?? '') ?? []
    // The rest of a request whose beginning has been answered.
    if (method === undefined || path === undefined) return
    if (words.next() < 0.03) return void socket.resetAndDestroy()
    const isLogin = path === '/auth/login' && words.next() < 0.85
    if (isLogin) return void socket.end(httpJson({ access_token: issue(), token_type: 'bearer' }))
    socket.end(bytesOf(answerTo(path, words), words))
  })
  return { url: `http://127.0.0.1:${server.port}` }
}

function bytesOf({ status, headers = {}, body = '' }: Answer, words: HostileWords): Buffer {
  const length = String(words.next() < 0.03 ? words.line() : Buffer.byteLength(body))
  const all = { 'content-type': 'application/json', 'content-length': length, ...headers }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
  const head = [`HTTP/1.1 ${status}`, ...lines, '', ''].join('\r\n')
  return Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(body)])
}

function answerTo(path: string, words: HostileWords): Answer {
  const kind = words.next()
  if (kind < 0.35) return success(path, words)
  if (kind < 0.45) {
    const target = words.one(['', 'http://minio.example/', '/'])
    return { status: `30${words.one([1, 2, 7, 8])} X`, headers: { location: target + words.line() } }
  }
  const isJson = words.next() < 0.8
  const body = isJson ? errorBody(words) : `<html>${words.text()}</html>`
  return { status: `${words.one(STATUSES)} ${reason(words)}`, headers: headersOf(words), body }
}

function reason(words: HostileWords): string {
  return words.next() < 0.3 ? words.line() : 'Reason'
}

function headersOf(words: HostileWords): Record<string, string> {
  const names = HEADERS.filter(() => words.next() < 0.12)
  return Object.fromEntries(names.map((name) => [name, words.line()]))
}

function errorBody(words: HostileWords): string {
  const text = (): string => words.text()
  const issue = (): object => ({
    type: text(),
    loc: ['body', text(), 0],
    msg: text(),
    input: text(),
    ctx: { [text()]: text() },
  })
  const makers = [
    () => ({ detail: text() }),
    () => ({ detail: { message: text(), code: text(), [text()]: text(), version: 1 } }),
    () => ({ detail: Array.from({ length: words.one([1, 3, 40]) }, issue) }),
    () => ({ detail: nested(words, 14) }),
    () => ({ detail: Array.from({ length: 3_000 }, (_, index) => ({ [`n${index}`]: 'z'.repeat(200) })) }),
    () => ({ message: text(), error: text() }),
    () => [text()],
    text,
  ]
  const json = JSON.stringify(words.one(makers)())
  return words.next() < 0.1 ? json.slice(0, -2) : json
}

function nested(words: HostileWords, depth: number): unknown {
  return depth === 0 ? words.text() : { [words.text()]: [nested(words, depth - 1)] }
}

/** A success of the kind that the path asks for, with hostile words where the client looks. */
function success(path: string, words: HostileWords): Answer {
  const text = (): string => words.text()
  const headers = words.next() < 0.5 ? headersOf(words) : {}
  if (path.includes('/object')) {
    const status = words.one(['200 OK', '200 OK', `206 ${reason(words)}`, '204 X', '304 X'])
    return { status, headers: { etag: '"1"', ...headers }, body: text() }
  }
  const names = Array.from({ length: 6 }, () => `${words.one(['', '/', '../'])}${text()}`)
  const children = [...names.map((name) => node(`P/B/${name}`)), node(text()), null, node('P/B/1.mp3')]
  const values = [
    ['a.mp3', ...names, 7],
    { path: 'P/B/', type: 'folder', children },
    [{ id: 1, book_name: text() }, { book_name: text() }, text()],
    { id: 7, book_name: text() },
    text(),
    { [text()]: text() },
  ]
  const body = JSON.stringify(words.one(values))
  return { status: `200 ${reason(words)}`, headers, body: words.next() < 0.15 ? body.slice(0, -1) : body }
}

function node(path: string): object {
  return { path, type: 'file', size: 3, children: [] }
}
