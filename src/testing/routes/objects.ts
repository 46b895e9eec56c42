import { createHmac, randomBytes } from 'node:crypto'
import { type HttpHandler, http as plainHttp } from 'msw'
import type { Backend } from '../backend.js'
import type { StoredFile } from '../bucket.js'
import { contractHttp } from '../contract-http.js'
import { coverOf, rootOf } from '../library.js'
import { crash, refuse } from '../replies.js'
import { sendFile } from '../send-file.js'
import { missing, unprocessable } from '../validation.js'
import { bookNamed } from './storage.js'

const EXPIRES = { default: 3600, min: 60, max: 86_400 }

/** Downloads of single files. */
export function objectRoutes(backend: Backend): HttpHandler[] {
  return [
    contractHttp().get(
      '/storage/books/{publisher}/{book_name}/object',
      ({ params, query, request, response }) => {
        const file = objectAt(backend, params.publisher, params.book_name, query.get('path'))
        return response.untyped(sendFile(backend, file, request))
      },
    ),
  ]
}

/** The object routes that 2026 adds: covers, and presigned URLs, which need no login. */
export function objectRoutesSince2026(backend: Backend): HttpHandler[] {
  const http = contractHttp()
  const secret = randomBytes(32)
  const sign = (key: string, expires: string): string =>
    createHmac('sha256', secret).update(`${key} ${expires}`).digest('hex')
  return [
    http.get('/storage/books/{publisher}/{book_name}/cover', ({ params, request, response }) => {
      const cover = coverOf(backend, bookNamed(backend, params.publisher, params.book_name))
      if (!cover) throw refuse(404, 'Cover not found')
      return response.untyped(sendFile(backend, cover, request))
    }),
    http.get('/storage/books/{publisher}/{book_name}/presigned', ({ params, query, request, response }) => {
      const { key } = objectAt(backend, params.publisher, params.book_name, query.get('path'))
      const seconds = readExpires(query.get('expires'))
      const expires = String(Math.floor(backend.now() / 1000) + seconds)
      const search = new URLSearchParams({ key, expires, signature: sign(key, expires) })
      const base = request.url.slice(0, request.url.indexOf('/storage/books/'))
      const url = `${base}/presigned?${search}`
      return response(200).json({ url, expires_in: seconds })
    }),
    // Not part of the contract: it stands for the file storage, which the real URLs point to.
    plainHttp.get('*/presigned', ({ request }) => {
      const { key = '', expires = '', signature } = Object.fromEntries(new URL(request.url).searchParams)
      const file = backend.books.get(key)
      const good = signature === sign(key, expires) && Number(expires) > backend.now() / 1000
      return file && good ? sendFile(backend, file, request) : refuse(403, 'Request has expired')
    }),
  ]
}

function objectAt(backend: Backend, publisher: string, bookName: string, path: string | null): StoredFile {
  if (path === null) throw unprocessable(missing(['query', 'path']))
  if (path === '' || path.split('/').includes('..')) throw refuse(400, 'Invalid path')
  if (path === '.') throw crash()
  const file = backend.books.get(rootOf(backend, publisher, bookName) + path)
  if (!file) throw refuse(404, 'Object not found')
  return file
}

function readExpires(text: string | null): number {
  const seconds = text === null ? EXPIRES.default : Number(text)
  const loc = ['query', 'expires']
  if (!Number.isInteger(seconds)) {
    throw unprocessable({ type: 'int_parsing', loc, msg: 'Input should be a valid integer', input: text })
  }
  if (seconds < EXPIRES.min) {
    const msg = `Input should be greater than or equal to ${EXPIRES.min}`
    throw unprocessable({ type: 'greater_than_equal', loc, msg, input: text })
  }
  if (seconds > EXPIRES.max) {
    const msg = `Input should be less than or equal to ${EXPIRES.max}`
    throw unprocessable({ type: 'less_than_equal', loc, msg, input: text })
  }
  return seconds
}
