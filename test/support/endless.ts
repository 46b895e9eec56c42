import type { ServerResponse } from 'node:http'

/** A body without an end, and what its server knows of it. */
export interface Endless {
  sentBytes: number
  /** Settles when the client has dropped the connection. */
  readonly dropped: Promise<void>
}

/**
 * Sends the beginning of a JSON string and goes on for as long as the client reads, 64 KB at a time; after `limitBytes`
 * it stops and waits.
 */
export function sendEndless(response: ServerResponse, status: number, limitBytes = 50_000_000): Endless {
  const piece = Buffer.alloc(65_536, 'x')
  response.writeHead(status, { 'content-type': 'application/json' })
  response.write('{"detail":"')
  const endless = {
    sentBytes: 0,
    dropped: new Promise<void>((resolve) => void response.once('close', resolve)),
  }
  const go = (): void => {
    while (!response.destroyed && endless.sentBytes < limitBytes) {
      endless.sentBytes += piece.byteLength
      if (!response.write(piece)) return void response.once('drain', go)
    }
  }
  go()
  return endless
}
