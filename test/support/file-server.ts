import type { ServerResponse } from 'node:http'
import { jwt } from './jwt.js'
import { json, startServer, type TestServer } from './server.js'
import { type FileReply, replyWith, type StoredFile } from './stored-file.js'

/** A request for a file. */
export interface AskedFile {
  /** `path=` of the query. */
  readonly path: string
  readonly range: string | undefined
  /** How many requests for this file there have been before. */
  readonly index: number
}

/** Answers in place of the server, or gives false to let it. */
export type Interfere = (asked: AskedFile, response: ServerResponse) => boolean

/** A bare HTTP server of one book. */
export interface FileServer extends TestServer {
  readonly files: Map<string, StoredFile>
  /** Every request for a file, in order. */
  readonly asked: AskedFile[]
  /** Replaces the listing, which is otherwise the tree of the files. A string is sent as it is, as JSON. */
  listing: unknown
}

/** Starts one that logs everybody in; it ends with the test. */
export async function startFileServer(
  files: Readonly<Record<string, StoredFile>> = {},
  interfere: Interfere = () => false,
): Promise<FileServer> {
  const state: Pick<FileServer, 'files' | 'asked' | 'listing'> = {
    files: new Map(Object.entries(files)),
    asked: [],
    listing: undefined,
  }
  const server = await startServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost')
    if (pathname === '/auth/login') {
      request.resume()
      return json(response, 200, { access_token: jwt(), token_type: 'bearer' })
    }
    if (!pathname.endsWith('/object')) return sendListing(response, state.listing ?? treeOf(state.files))
    const path = searchParams.get('path') ?? ''
    const { range } = request.headers
    const index = state.asked.filter((asked) => asked.path === path).length
    const asked = { path, range, index }
    state.asked.push(asked)
    if (interfere(asked, response)) return
    const file = state.files.get(path)
    if (file) send(response, replyWith(file, range))
    else json(response, 404, { detail: 'File not found' })
  })
  return Object.assign(state, server)
}

function sendListing(response: ServerResponse, listing: unknown): void {
  if (typeof listing !== 'string') json(response, 200, listing)
  else response.writeHead(200, { 'content-type': 'application/json' }).end(listing)
}

/** Sends a whole answer. */
export function send(response: ServerResponse, { status, headers, bytes }: FileReply): void {
  response.writeHead(status, headers).end(bytes)
}

/** Sends an answer with the first `count` bytes of its body only, and leaves it open. */
export function begin(response: ServerResponse, reply: FileReply, count: number): void {
  response.writeHead(reply.status, reply.headers)
  response.write(reply.bytes.subarray(0, count))
}

/** The listing of files as the service gives it. */
function treeOf(files: Iterable<readonly [string, StoredFile]>): unknown {
  const children = Array.from(files, ([path, { bytes }]) => fileNode(path, bytes.byteLength))
  return folderNode(children)
}

/** A node of a listing below the root of `folderNode`; `path` stands as it is. */
export function fileNode(path: string, size: number): object {
  return { path: `p/books/b/${path}`, type: 'file', size, children: [] }
}

/** The root of a listing. */
export function folderNode(children: readonly unknown[]): object {
  return { path: 'p/books/b/', type: 'folder', children }
}
