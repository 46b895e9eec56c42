import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { WireBody } from './transport.js'

// The connection is paused while more bytes than this are unread.
const HIGH_WATER_MARK = 131_072

interface End {
  readonly error?: unknown
}

/** The body of a response of node:http, with back-pressure. */
export class NodeBody implements WireBody {
  readonly #message: IncomingMessage
  readonly #onEnd: () => void
  #chunks: Uint8Array[] = []
  #waitingBytes = 0
  #end: End | undefined
  #wake: (() => void) | undefined

  /** `onEnd` is called once, when no more bytes will arrive. */
  constructor(message: IncomingMessage, onEnd: () => void) {
    this.#message = message
    this.#onEnd = onEnd
    const isClean = watchEnd(message)
    message.on('data', (chunk: Uint8Array) => this.#take(chunk))
    message.on('end', () => this.#finish(message.complete && isClean()))
    message.on('error', (error) => this.#finish(false, error))
    message.on('close', () => this.#finish(false))
  }

  async read(): Promise<Uint8Array | undefined> {
    if (this.#chunks.length === 0 && !this.#end) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    const chunk = this.#chunks.shift()
    if (!chunk) {
      if (this.#end && 'error' in this.#end) throw this.#end.error
      return undefined
    }
    this.#waitingBytes -= chunk.byteLength
    if (this.#waitingBytes <= HIGH_WATER_MARK && this.#message.isPaused()) this.#message.resume()
    return chunk
  }

  cancel(reason?: unknown): void {
    this.#chunks = []
    if (this.#end) return
    this.#finish(false, reason)
    this.#message.destroy()
  }

  #take(chunk: Uint8Array): void {
    if (this.#end) return
    // Not a Buffer, whose methods differ from those of other arrays of bytes.
    this.#chunks.push(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength))
    this.#waitingBytes += chunk.byteLength
    if (this.#waitingBytes > HIGH_WATER_MARK) this.#message.pause()
    this.#wake?.()
  }

  #finish(isWhole: boolean, error?: unknown): void {
    if (this.#end) return
    this.#end = isWhole ? {} : { error: error ?? cutError() }
    this.#onEnd()
    this.#wake?.()
  }
}

/**
 * A body without a length and without chunks ends with its connection: after a FIN it is complete, after a reset it is
 * not. Node.js reports many resets as a plain end, but after a reset the system no longer knows the peer.
 * @returns whether the end was a FIN, or is unknown, as for the sockets of mocks
 * @see RFC 9112 §6.3 and §8
 */
function watchEnd(message: IncomingMessage): () => boolean {
  const { socket } = message
  const isDelimited =
    rawHeader(message, 'content-length') !== undefined ||
    /\bchunked\b/i.test(rawHeader(message, 'transfer-encoding') ?? '')
  if (isDelimited || !peerName(socket)) return () => true
  let isFin = false
  // Before the listener of node:http, which detaches the socket.
  socket.prependOnceListener('end', () => {
    isFin = peerName(socket)?.({}) === 0
  })
  return () => isFin
}

/** Asks the system for the peer. `socket.remoteAddress` caches its first result, and instrumentations read it early. */
function peerName(socket: Socket | null): ((name: object) => number) | undefined {
  const handle = (socket as { _handle?: { getpeername?: (name: object) => number } } | null)?._handle
  return handle?.getpeername?.bind(handle)
}

function cutError(): Error {
  return Object.assign(new Error('the connection was closed in the middle of the answer'), {
    code: 'ECONNRESET',
  })
}

/**
 * A header of a response, by its name in lower case; several of one name are joined (RFC 9110 §5.3). `message.headers`
 * would build an object of all headers first, which costs more than these look-ups.
 */
export function rawHeader({ rawHeaders }: IncomingMessage, name: string): string | undefined {
  let value: string | undefined
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const each = rawHeaders[index]
    if (each?.length !== name.length || each.toLowerCase() !== name) continue
    value = value === undefined ? rawHeaders[index + 1] : `${value}, ${rawHeaders[index + 1]}`
  }
  return value
}
