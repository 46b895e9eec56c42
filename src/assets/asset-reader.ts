import {
  DreamStorageNetworkError,
  DreamStorageRequestError,
  DreamStorageResponseError,
  DreamStorageTimeoutError,
} from '../errors.js'
import { backOffMs, type RetryPlan } from '../http/back-off.js'
import type { Call } from '../http/call.js'
import type { Calls } from '../http/calls.js'
import { noop } from '../http/wait.js'
import { KINDS } from '../kinds.js'
import type { Logger } from '../logger.js'
import type { Operations } from '../operations.js'
import type { Asset } from './asset.js'
import { type AssetPart, openPart } from './asset-part.js'
import type { ByteRange } from './range.js'

/** What reading needs of the client. */
export interface ReaderParts {
  readonly calls: Calls
  readonly operations: Operations
  readonly retry: RetryPlan
  readonly maxConnections: number
  readonly logger: Logger
  readonly giveBack: (chunk: Uint8Array) => void
}

type ChunkReader = ReadableStreamDefaultReader<Uint8Array>

/**
 * Reads a range of a file chunk by chunk. What breaks is continued where the service can: before the first byte by
 * asking again, after it by a range of the same object (same entity tag); no byte comes twice or is left out.
 */
export class AssetReader {
  readonly #parts: ReaderParts
  readonly #call: Call
  readonly #asset: Asset
  readonly #start: number
  /** What the first answer told of the file. */
  readonly head: AssetPart
  #reader: ChunkReader | undefined
  /** The offset of the next byte to hand out, and that of the next byte to come. */
  #position: number
  #arriving: number
  #failures = 0

  private constructor(parts: ReaderParts, call: Call, asset: Asset, start: number, head: AssetPart) {
    this.#parts = parts
    this.#call = call
    this.#asset = asset
    this.#start = start
    this.head = head
    this.#position = start
    this.#arriving = head.first
    this.#reader = head.body?.getReader()
  }

  /** Opens a range of a file in the name of `call`, which the caller ends. */
  static async open(parts: ReaderParts, call: Call, asset: Asset, range: ByteRange): Promise<AssetReader> {
    return new AssetReader(parts, call, asset, range.start, await ask(parts, call, asset, range))
  }

  /** The offset of the next byte that `next` hands out. */
  get position(): number {
    return this.#position
  }

  /** The next bytes, or undefined at the end of the range. */
  async next(): Promise<Uint8Array | undefined> {
    const { last } = this.head
    while (last === undefined || this.#position <= last) {
      const chunk = await this.#arrival()
      if (!chunk) break
      const wanted = this.#cut(chunk)
      if (wanted.byteLength === 0) continue
      this.#position += wanted.byteLength
      this.#failures = 0
      return wanted
    }
    this.close()
    return undefined
  }

  /** Frees the connection; for a reader that is not read to its end. */
  close(): void {
    this.#reader?.cancel().catch(noop)
    this.#reader = undefined
  }

  async #arrival(): Promise<Uint8Array | undefined> {
    for (;;) {
      try {
        const { value } = (await this.#reader?.read()) ?? {}
        if (value || this.head.last === undefined || this.#position > this.head.last) return value
        throw new DreamStorageNetworkError(`the body ended before byte ${this.#position}`, this.#call.facts)
      } catch (error) {
        await this.#continue(error)
      }
    }
  }

  /** The bytes of a chunk that are asked for: of a whole file, those before and behind the range are not. */
  #cut(chunk: Uint8Array): Uint8Array {
    const from = Math.max(0, this.#position - this.#arriving)
    const to = this.head.last === undefined ? undefined : this.head.last + 1 - this.#arriving
    this.#arriving += chunk.byteLength
    return from === 0 && (to === undefined || to >= chunk.byteLength) ? chunk : chunk.subarray(from, to)
  }

  /** Opens the rest after a failure, or throws it where the rest cannot be had. */
  async #continue(error: unknown): Promise<void> {
    this.close()
    const { retry, logger } = this.#parts
    if (!isBreak(error) || this.#failures >= retry.maxRetries || !this.#canContinue()) throw error
    const delayMs = backOffMs(retry, this.#failures++)
    logger.warn({ ...this.#call.facts, offset: this.#position, delayMs: Math.round(delayMs) }, 'stream broke')
    await this.#call.cancellation.sleep(delayMs)
    const rest = { start: this.#position, end: this.head.last }
    const part = await ask(this.#parts, this.#call, this.#asset, rest).catch(noneIfShorter)
    if (!part || !this.#isSame(part)) {
      part?.body?.cancel().catch(noop)
      throw new DreamStorageResponseError('the file changed while it was read', {
        ...this.#call.facts,
        cause: error,
      })
    }
    this.#arriving = part.first
    this.#reader = part.body?.getReader()
  }

  /** Before the first byte anything can be asked for again; after it, only an object that can be told from another. */
  #canContinue(): boolean {
    const isUntouched = this.#position === this.#start
    return isUntouched || (this.head.acceptsRanges && strongTag(this.head) !== undefined)
  }

  #isSame(part: AssetPart): boolean {
    return part.size === this.head.size && strongTag(part) === strongTag(this.head)
  }
}

/** The entity tag, if it is a strong one: a weak one does not promise the same bytes (RFC 9110 §8.8.3). */
export function strongTag({ headers }: Pick<AssetPart, 'headers'>): string | undefined {
  const tag = headers.get('etag')
  return tag && !tag.startsWith('W/') ? tag : undefined
}

/** One request for a range, as a call within the call of the reader. */
function ask(parts: ReaderParts, parent: Call, asset: Asset, range: ByteRange): Promise<AssetPart> {
  const init = { ...KINDS.download, stream: true, parent }
  return parts.calls.run(init, (call) => openPart(parts.operations, call, asset, range))
}

/** Whether the connection broke, in any way, and not the file or the call. */
export function isBreak(error: unknown): boolean {
  return error instanceof DreamStorageNetworkError || error instanceof DreamStorageTimeoutError
}

/** Nobody asked for a range behind the end: the file has become shorter. */
export function noneIfShorter(error: unknown): undefined {
  if (error instanceof DreamStorageRequestError && error.status === 416) return undefined
  throw error
}
