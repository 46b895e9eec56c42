import type { IncomingMessage, ServerResponse } from 'node:http'

const CHUNK = Buffer.alloc(1_000_000, 'dream central storage ')

/** Sends a file of `?path=BYTES.bin` from memory, all of it or the range that is asked for, in the manner of 2026. */
export function sendFile({ url = '', headers }: IncomingMessage, response: ServerResponse): void {
  const size = Number(/path=(\d+)\.bin$/.exec(url)?.[1] ?? 0)
  const [, start, end] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '') ?? []
  const first = Number(start ?? 0)
  const last = end ? Number(end) : size - 1
  if (size === 0) response.writeHead(404).end()
  else if (first > last || last >= size) response.writeHead(416, { 'content-range': `bytes */${size}` }).end()
  else {
    response.writeHead(start === undefined ? 200 : 206, {
      'content-type': 'application/octet-stream',
      'content-length': last + 1 - first,
      'accept-ranges': 'bytes',
      'cache-control': 'private, max-age=3600',
      etag: `"${size}"`,
      ...(start !== undefined && { 'content-range': `bytes ${first}-${last}/${size}` }),
    })
    pour(response, last + 1 - first)
  }
}

/** Writes as long as there is room, and goes on when there is again. */
function pour(response: ServerResponse, size: number): void {
  let left = size
  const write = (): void => {
    let hasRoom = true
    while (left > 0 && hasRoom && !response.destroyed) {
      const chunk = CHUNK.subarray(0, Math.min(left, CHUNK.length))
      left -= chunk.length
      hasRoom = response.write(chunk)
    }
    if (left > 0) response.once('drain', write)
    else response.end()
  }
  write()
}
