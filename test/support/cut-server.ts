import type { Socket } from 'node:net'
import { startRawServer } from './raw-server.js'
import { noise } from './stored-file.js'
import { turns } from './wire-client.js'

/** How a body says where it ends: with `none` its end is that of the connection. */
export type Framing = 'length' | 'chunked' | 'none'

/** How a connection ends. */
export type Ending = 'FIN' | 'RST'

/** A body that ends early, and the way in which it is read: this makes the name of the file unique. */
export interface Cut {
  readonly framing: Framing
  readonly ending: Ending
  readonly afterBytes: number
  readonly reader: string
}

/** A server that cuts every file where its name says. */
export interface CutServer {
  readonly baseUrl: string
  /** The names of the files whose connections have been ended. */
  readonly cuts: Set<string>
}

/** The file before it is cut: 1 MB. */
export const FILE = noise(1_048_576)

const PIECE_BYTES = 65_536

const LENGTH_HEADERS: Record<Framing, string> = {
  length: `content-length: ${FILE.byteLength}`,
  chunked: 'transfer-encoding: chunked',
  none: 'connection: close',
}

/** Every 64 KB of the file, before its first byte and after its last one too. */
export const POSITIONS: readonly number[] = Array.from({ length: 17 }, (_, index) => index * PIECE_BYTES)

/** The name of the file that is cut like this. */
export function cutName({ framing, ending, afterBytes, reader }: Cut): string {
  return [framing, ending, afterBytes, reader].join('|')
}

/** Starts a server that ends with the test. */
export async function startCutServer(): Promise<CutServer> {
  const cuts = new Set<string>()
  const { port, requests } = await startRawServer((socket) => {
    const target = requests.at(-1)?.split(' ')[1] ?? ''
    void answer(socket, new URL(target, 'http://localhost').searchParams.get('path') ?? '', cuts)
  })
  return { baseUrl: `http://127.0.0.1:${port}`, cuts }
}

async function answer(socket: Socket, name: string, cuts: Set<string>): Promise<void> {
  const [framing, ending, afterBytes] = name.split('|') as [Framing, Ending, string]
  socket.write(
    `HTTP/1.1 200 OK\r\ncontent-type: application/octet-stream\r\n${LENGTH_HEADERS[framing]}\r\n\r\n`,
  )
  for (let start = 0; start < Number(afterBytes); start += PIECE_BYTES) {
    const piece = FILE.subarray(start, start + PIECE_BYTES)
    if (framing === 'chunked') socket.write(`${piece.byteLength.toString(16)}\r\n`)
    socket.write(piece)
    if (framing === 'chunked') socket.write('\r\n')
    await turns(1)
  }
  if (ending === 'FIN') socket.end()
  else socket.resetAndDestroy()
  cuts.add(name)
}
