import { setTimeout as wait } from 'node:timers/promises'
import type { Backend } from './backend.js'
import type { Content, StoredFile } from './bucket.js'
import { crash, refuse } from './replies.js'

const CHUNK = 65_536
// The server has sent the headers by then, so the connection ends in the middle of the body.
const CUT_AFTER_MS = 20

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  jpg: 'image/jpeg',
  json: 'application/json',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  pdf: 'application/pdf',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
  webp: 'image/webp',
}

/** Sends a file. 2025 sends the whole file without metadata; 2026 has media types, ranges and entity tags. */
export function sendFile(backend: Backend, file: StoredFile, request: Request): Response {
  const name = file.key.slice(file.key.lastIndexOf('/') + 1)
  // Header values are Latin-1: the service fails when it writes such a name into content-disposition.
  if ([...name].some((letter) => letter > '\u00ff')) return crash()
  if (backend.dialect === '2025') {
    const headers = {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="${name}"`,
    }
    return part(backend, file.content, 0, file.content.size, headers)
  }
  return sendWithRanges(backend, file, name, request)
}

function sendWithRanges(backend: Backend, file: StoredFile, name: string, request: Request): Response {
  const { content, etag } = file
  const headers = {
    'content-type': TYPES[name.slice(name.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream',
    'content-disposition': `inline; filename="${name}"`,
    'cache-control': 'private, max-age=3600',
    'accept-ranges': 'bytes',
    etag,
  }
  if (matches(request.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers })
  const range = parseRange(request.headers.get('range'), content.size)
  if (!range) return part(backend, content, 0, content.size, headers)
  const { first, last } = range
  if (first > last || last >= content.size) {
    return refuse(416, 'Range not satisfiable', { 'content-range': `bytes */${content.size}` })
  }
  const contentRange = `bytes ${first}-${last}/${content.size}`
  return part(backend, content, first, last + 1, { ...headers, 'content-range': contentRange }, 206)
}

function matches(condition: string | null, etag: string): boolean {
  const tags = condition?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? []
  return tags.includes(etag) || tags.includes('*')
}

// Only a single range is supported; any other value of the header is ignored.
function parseRange(header: string | null, size: number): { first: number; last: number } | undefined {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if (from === '' && to === '') return undefined
  if (from === '') return { first: Math.max(0, size - Number(to)), last: size - 1 }
  return { first: Number(from), last: to === '' ? Math.max(Number(from), size - 1) : Number(to) }
}

function part(
  backend: Backend,
  content: Content,
  start: number,
  end: number,
  headers: Record<string, string>,
  status = 200,
): Response {
  const stop = backend.storageFault === 'cut' ? start + Math.floor((end - start) / 2) : end
  let at = start
  const body = new ReadableStream({
    async pull(controller) {
      const next = Math.min(at + CHUNK, stop)
      if (next > at) controller.enqueue(content.read(at, next))
      at = next
      if (at < stop) return
      if (stop < end) await wait(CUT_AFTER_MS)
      controller.close()
    },
  })
  return new Response(body, { status, headers: { ...headers, 'content-length': String(end - start) } })
}
