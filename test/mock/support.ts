import { deflateRawSync } from 'node:zlib'
import { getResponse } from 'msw'
import type { TokenResponse } from '../../generated/dream-central-storage.js'
import { createMockService, type MockService, type MockServiceOptions } from '../../src/testing/index.js'

/** What a call sends besides its method and path; `json` becomes the body. */
export interface Extras {
  token?: string | undefined
  json?: unknown
  body?: RequestInit['body']
  headers?: Record<string, string>
}

/** A mock service, and a way of asking it without any network. */
export interface OpenService {
  service: MockService
  /** Sends a request with the token of the seeded user, unless another (or '') is given. */
  call(method: string, path: string, extras?: Extras): Promise<Response>
  /** The JSON of the answer to a GET. */
  get(path: string): Promise<unknown>
}

/** A service at which the seeded user is logged in. */
export async function open(options: MockServiceOptions = {}): Promise<OpenService> {
  const service = createMockService(options)
  const own = await login(service)
  const call: OpenService['call'] = (method, path, { token = own, ...extras } = {}) =>
    ask(service, method, path, { ...extras, token })
  return { service, call, get: async (path) => (await call('GET', path)).json() }
}

/** The token of a user. */
export async function login(
  service: MockService,
  email = 'admin@admin.com',
  password = 'admin',
): Promise<string> {
  const response = await ask(service, 'POST', '/auth/login', { json: { email, password } })
  const body = (await response.json()) as TokenResponse
  return body.access_token
}

/** Asks a service directly; fails when the request is not its own. */
export async function ask(
  { baseUrl, handlers }: MockService,
  method: string,
  path: string,
  { token, json, body, headers }: Extras = {},
): Promise<Response> {
  const request = new Request((baseUrl === '*' ? 'http://any.test' : baseUrl) + path, {
    method,
    headers: { ...(token && { authorization: `Bearer ${token}` }), ...headers },
    body: json === undefined ? (body ?? null) : JSON.stringify(json),
  })
  const response = await getResponse(handlers, request)
  if (!response) throw new Error(`not handled: ${method} ${path}`)
  return response
}

/** Status and JSON of an answer, for one assertion. */
export async function outcome(answer: Promise<Response>): Promise<[status: number, body: unknown]> {
  const response = await answer
  return [response.status, await response.json()]
}

/** The path of a storage route, percent-encoded. */
export function storagePath(publisher: string, bookName: string, rest = ''): string {
  return `/storage/books/${encodeURIComponent(publisher)}/${encodeURIComponent(bookName)}${rest}`
}

/** The path of an object, percent-encoded. */
export function objectPath(publisher: string, bookName: string, path: string): string {
  return storagePath(publisher, bookName, `/object?path=${encodeURIComponent(path)}`)
}

/** A multipart body whose field `file` is a ZIP of these texts. */
export function zipForm(files: Record<string, string>): FormData {
  const form = new FormData()
  form.append('file', new Blob([zip(files)]), 'book.zip')
  return form
}

function zip(files: Record<string, string>): Uint8Array<ArrayBuffer> {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [path, text] of Object.entries(files)) {
    const name = Buffer.from(path)
    const data = deflateRawSync(text)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(data.length, 20)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(offset, 42)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(name.length, 26)
    locals.push(local, name, data)
    directory.push(entry, name)
    offset += local.length + name.length + data.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Object.keys(files).length, 10)
  end.writeUInt32LE(offset, 16)
  return Uint8Array.from(Buffer.concat([...locals, ...directory, end]))
}
