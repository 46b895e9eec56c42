import type { IncomingMessage, ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { jwt } from './jwt.js'
import { json, startServer, type TestServer } from './server.js'

/** The beginning of a ZIP with an entry. */
export const ZIP_START = Buffer.from('PK\u0003\u0004')

/** Bytes that begin like a ZIP. */
export function zip(size: number): Buffer {
  return Buffer.concat([ZIP_START, Buffer.alloc(size - ZIP_START.length, 'zip ')])
}

/** What arrived of one upload. */
export interface Arrived {
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly field: string | null
  readonly name: string
  readonly type: string
  readonly bytes: Buffer
}

/** Answers an upload; without it, the body is read and the answer is 201. */
export type Answer = (
  request: IncomingMessage,
  response: ServerResponse,
  index: number,
) => void | Promise<void>

/** A bare HTTP server for uploads. */
export interface UploadServer extends TestServer {
  readonly arrived: Arrived[]
  /** Reads the body of a request, and records it. */
  readonly receive: (request: IncomingMessage) => Promise<void>
}

export const CREATED = {
  book: { id: 7, book_name: 'B', publisher: 'P' },
  book_id: 7,
  files: [{ path: 'publishers/P/books/B/config.json', size: 2 }],
}

/** Starts one that logs everybody in; it ends with the test. */
export async function startUploadServer(answer?: Answer): Promise<UploadServer> {
  const arrived: Arrived[] = []
  const receive = async (request: IncomingMessage): Promise<void> => {
    const body = await buffer(request)
    const headers = { 'content-type': request.headers['content-type'] ?? '' }
    const form = await new Response(new Uint8Array(body), { headers }).formData()
    for (const [field, file] of form) {
      if (typeof file === 'string') continue
      const { name, type } = file
      const bytes = Buffer.from(await file.arrayBuffer())
      arrived.push({ url: request.url ?? '', headers: request.headers, field, name, type, bytes })
    }
  }
  let index = 0
  const server = await startServer(async (request, response) => {
    if (request.url === '/auth/login') {
      request.resume()
      return json(response, 200, { access_token: jwt(), token_type: 'bearer' })
    }
    request.on('error', () => {})
    if (request.method === 'GET') return json(response, 200, [])
    try {
      if (answer) return await answer(request, response, index++)
      await receive(request)
      json(response, 201, CREATED)
    } catch {
      // The client has dropped the connection.
    }
  })
  return Object.assign(server, { arrived, receive })
}
