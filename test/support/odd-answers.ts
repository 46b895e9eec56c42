import type { Socket } from 'node:net'
import { expect } from 'vitest'
import { startRawServer } from './raw-server.js'
import { BOOK } from './serve.js'
import { createWireClient, turns } from './wire-client.js'

const BODY = '{"id":1,"book_name":"BRAINS"}'
const TYPE = 'content-type: application/json'
const LENGTH = `content-length: ${BODY.length}`

/** The book as an unusual but valid HTTP response: its text in Latin-1, and whether the connection ends after it. */
export interface OddAnswer {
  readonly text: string
  readonly ends: boolean
}

function answer(lines: readonly string[], body = BODY, ends = false): OddAnswer {
  return { text: [...lines, '', body].join('\r\n'), ends }
}

const CHUNKS = 'b;name="a;b";flag\r\n{"id":1,"bo\r\n012;x=1\r\nok_name":"BRAINS"}\r\n0;last\r\n'

function chunked(lines: readonly string[], trailers: readonly string[] = []): OddAnswer {
  const end = [...trailers, '', ''].join('\r\n')
  return answer(['HTTP/1.1 200 OK', TYPE, 'Transfer-Encoding: Chunked', ...lines], CHUNKS + end)
}

/** An interim answer, unasked, before the final one. */
function after(...interim: readonly string[]): OddAnswer {
  return answer([...interim, 'HTTP/1.1 200 OK', TYPE, LENGTH])
}

const EARLY_HINTS = 'HTTP/1.1 103 Early Hints\r\nlink: </style.css>; rel=preload; as=style\r\n'

/** Answers by what is odd about them. */
export const ODD_ANSWERS: Record<string, OddAnswer> = {
  'a 102 unasked': after('HTTP/1.1 102 Processing\r\n'),
  'a 103 unasked': after(EARLY_HINTS),
  'an empty reason phrase': answer(['HTTP/1.1 200 ', TYPE, LENGTH]),
  'HTTP/1.0 with keep-alive': answer(['HTTP/1.0 200 OK', 'Connection: keep-alive', TYPE, LENGTH]),
  'HTTP/1.0 with a length': answer(['HTTP/1.0 200 OK', TYPE, LENGTH], BODY, true),
  'HTTP/1.0 without a length': answer(['HTTP/1.0 200 OK', TYPE], BODY, true),
  'no length': answer(['HTTP/1.1 200 OK', TYPE], BODY, true),
  'no length, and Connection: close': answer(['HTTP/1.1 200 OK', TYPE, 'connection: close'], BODY, true),
  'chunks with extensions': chunked([]),
  'chunks with trailers': chunked(['Trailer: X-Sum'], ['X-Sum: 1', 'x-late: ü']),
  'header bytes in Latin-1': answer([
    'HTTP/1.1 200 OK',
    TYPE,
    LENGTH,
    'content-disposition: attachment; filename="Über é ü ç.json"',
  ]),
  'an empty Content-Encoding': answer(['HTTP/1.1 200 OK', TYPE, LENGTH, 'Content-Encoding:']),
  'Content-Encoding: Identity': answer(['HTTP/1.1 200 OK', TYPE, LENGTH, 'Content-Encoding: Identity']),
  'header names in odd case': answer([
    'HTTP/1.1 200 OK',
    'cONTENT-tYPE:application/json',
    `CONTENT-LENGTH:${BODY.length}`,
    'x-empty:',
    "x!#$%&'*+-.^_`|~0: token characters",
  ]),
  'the same header many times': answer([
    'HTTP/1.1 200 OK',
    TYPE,
    LENGTH,
    ...Array.from({ length: 100 }, (_, index) => `set-cookie: a${index}=b`),
  ]),
  'a long header': answer(['HTTP/1.1 200 OK', TYPE, LENGTH, `x-long: ${'x'.repeat(3_000)}`]),
}

/** Those that Node understands, and the built-in fetch does not. */
export const ODDER_ANSWERS: Record<string, OddAnswer> = {
  'space around header values': answer([
    'HTTP/1.1 200 OK',
    'content-type: \t application/json \t ',
    `content-length:   ${BODY.length}  `,
  ]),
  'a 100 unasked': after('HTTP/1.1 100 Continue\r\n'),
  'a 100, a 102 and two 103 unasked': after(
    'HTTP/1.1 100 Continue\r\n',
    'HTTP/1.1 102 Processing\r\n',
    EARLY_HINTS,
    EARLY_HINTS,
  ),
  'a reason phrase in Latin-1': answer(['HTTP/1.1 200 Très bien', TYPE, LENGTH]),
  'a reason phrase in UTF-8': answer([
    `HTTP/1.1 200 ${Buffer.from('İyi ş 好').toString('latin1')}`,
    TYPE,
    LENGTH,
  ]),
}

type Send = (socket: Socket, odd: OddAnswer) => Promise<void>

async function atOnce(socket: Socket, { text, ends }: OddAnswer): Promise<void> {
  socket.write(text, 'latin1')
  if (ends) socket.end()
}

async function byteByByte(socket: Socket, { text, ends }: OddAnswer): Promise<void> {
  socket.setNoDelay()
  for (const byte of Buffer.from(text, 'latin1')) {
    socket.write(Buffer.of(byte))
    await turns(1)
  }
  if (ends) socket.end()
}

/** The ways in which an answer can arrive. */
export const ARRIVALS: ReadonlyArray<[string, Send]> = [
  ['in one piece', atOnce],
  ['byte by byte', byteByByte],
]

/** Reads the book in every way from a server that only sends this response. Returns the number of connections. */
export async function expectBook(odd: OddAnswer, send: Send): Promise<number> {
  const { port, sockets } = await startRawServer((socket) => void send(socket, odd))
  const client = createWireClient({ baseUrl: `http://127.0.0.1:${port}`, maxConnections: 1 })
  expect(await client.getBookById(1)).toEqual(BOOK)
  const bytes = await client.downloadAsset('p', 'b', 'a')
  expect(JSON.parse(Buffer.from(bytes).toString())).toEqual(BOOK)
  const { body } = await client.streamAsset('p', 'b', 'a')
  expect(await new Response(body).json()).toEqual(BOOK)
  return sockets.length
}
