import type { Readable } from 'node:stream'
import { noop } from '../call/cancellation.js'
import { DreamStorageInputError } from '../errors.js'
import { show } from '../options/validation.js'
import { type OpenFile, START_BYTES } from './open-file.js'

/** A stream to upload: it can be sent once, and ends with the call. */
export interface UploadStream {
  /** Yields bytes: a stream of the web or of Node.js. */
  readonly stream: ReadableStream<Uint8Array> | Readable
  /** How many bytes it yields. */
  readonly size: number
  /** The name of the file for the service. */
  readonly fileName: string
}

interface Reader {
  readonly next: () => Promise<{ readonly done?: boolean | undefined; readonly value?: unknown }>
  readonly close: () => void
}

/** A stream as a file. It must yield exactly its size: the request has announced it. */
export class StreamedFile implements OpenFile {
  readonly name: string
  readonly size: number
  readonly type = ''
  readonly isRepeatable = false
  readonly #reader: Reader
  readonly #early: Uint8Array[] = []
  #seen = 0

  /** @throws {@link DreamStorageInputError} for a stream that is in use, and for values of other types */
  constructor({ stream, size, fileName }: UploadStream) {
    if (typeof fileName !== 'string') throw wrong('its fileName must be a string', fileName)
    if (!Number.isSafeInteger(size) || size < 0) throw wrong('its size must be a number of bytes', size)
    this.name = fileName
    this.size = size
    this.#reader = readerOf(stream)
  }

  async start(): Promise<Uint8Array> {
    let length = 0
    while (length < Math.min(START_BYTES, this.size)) {
      const chunk = await this.#next()
      if (!chunk) break
      this.#early.push(chunk)
      length += chunk.byteLength
    }
    return Buffer.concat(this.#early, Math.min(length, START_BYTES))
  }

  async *read(): AsyncGenerator<Uint8Array> {
    yield* this.#early
    for (let chunk = await this.#next(); chunk; chunk = await this.#next()) yield chunk
  }

  async close(): Promise<void> {
    this.#reader.close()
  }

  /** The next bytes; undefined at the end. @throws {@link DreamStorageInputError} if they are not as announced */
  async #next(): Promise<Uint8Array | undefined> {
    const { done, value } = await this.#reader.next()
    if (done) {
      if (this.#seen === this.size) return undefined
      throw new DreamStorageInputError(`the stream of ${this.size} bytes ended after ${this.#seen}`)
    }
    if (!(value instanceof Uint8Array)) throw wrong('its stream must yield bytes', value)
    this.#seen += value.byteLength
    if (this.#seen <= this.size) return value
    throw new DreamStorageInputError(`the stream yields more than its ${this.size} bytes`)
  }
}

/** @returns how a stream is read and ended @throws {@link DreamStorageInputError} for one that cannot be read */
function readerOf(stream: UploadStream['stream']): Reader {
  if (stream instanceof ReadableStream && !stream.locked) {
    const reader = stream.getReader()
    return { next: () => reader.read(), close: () => void reader.cancel().catch(noop) }
  }
  if (isNodeStream(stream) && stream.readable) {
    const chunks = stream[Symbol.asyncIterator]()
    return { next: () => chunks.next(), close: () => void stream.destroy() }
  }
  throw wrong('its stream must be one of the web or of Node.js that nobody has read', stream)
}

function isNodeStream(stream: UploadStream['stream']): stream is Readable {
  return typeof Object(stream).destroy === 'function' && Symbol.asyncIterator in stream
}

function wrong(what: string, value: unknown): DreamStorageInputError {
  return new DreamStorageInputError(`file is not usable: ${what}, got ${show(value)}`)
}
