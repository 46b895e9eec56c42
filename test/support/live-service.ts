import type { IncomingMessage, ServerResponse } from 'node:http'
import { jwt } from './jwt.js'
import { json, startServer, type TestServer } from './server.js'

/** A request to the server, decoded as the service decodes it. */
export interface Asked {
  /** The segments of the path, each percent-decoded on its own. */
  readonly segments: readonly string[]
  /** `path=` of the query. */
  readonly path: string | null
  readonly authorization: string | undefined
}

type Answer = (asked: Asked, response: ServerResponse, request: IncomingMessage) => void

/** An HTTP server that accepts all logins and answers the rest as the test says. */
export interface LiveService extends TestServer {
  /** Every request but the logins, in order. */
  readonly asked: Asked[]
  /** The tokens that it issued. */
  readonly tokens: string[]
}

/** Starts one; it ends with the test. */
export async function startLiveService(answer: Answer): Promise<LiveService> {
  const asked: Asked[] = []
  const tokens: string[] = []
  const server = await startServer((request, response) => {
    const read = decode(request)
    if (read.segments.join('/') === 'auth/login') {
      tokens.push(jwt())
      request.resume()
      json(response, 200, { access_token: tokens.at(-1), token_type: 'bearer' })
      return
    }
    asked.push(read)
    answer(read, response, request)
  })
  return { ...server, asked, tokens }
}

/** Sends bytes as the service of 2025 does. */
export function sendFile(
  response: ServerResponse,
  bytes: Uint8Array,
  headers: Record<string, string> = {},
): void {
  response.writeHead(200, {
    'content-type': 'application/octet-stream',
    'content-length': bytes.byteLength,
    ...headers,
  })
  response.end(bytes)
}

function decode({ url = '', headers }: IncomingMessage): Asked {
  const [pathname = '', query = ''] = url.split('?')
  const segments = pathname.slice(1).split('/').map(decodeURIComponent)
  const path = new URLSearchParams(query).get('path')
  return { segments, path, authorization: headers.authorization }
}
