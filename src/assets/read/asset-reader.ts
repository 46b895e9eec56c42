import { noop } from '../../call/cancellation.js'
import {
  DreamStorageNetworkError,
  DreamStorageRequestError,
  DreamStorageResponseError,
} from '../../errors.js'
import type { ChunkReader } from '../../transport/streamed-response.js'
import { type AssetPart, findPart, openPart } from './asset-part.js'
import type { ByteRange } from './range.js'
import type { Transfer } from './transfer.js'

/**
 * Reads a range of a file chunk by chunk. When the connection breaks before the first byte, it requests the range again;
 * after that it requests the rest, if the service has ranges and the same entity tag. No byte is repeated or left out.
 */
export class AssetReader {
  readonly #transfer: Transfer
  readonly #start: number
  /** The first response. */
  readonly head: AssetPart
  /** The size of the file and the offset of the last byte to read; a continuation may tell them. */
  #size: number | undefined
  #last: number | undefined
  #reader: ChunkReader | undefined
  /** The offset of the next byte to hand out, and that of the next byte to arrive. */
  #position: number
  #arriving: number

  private constructor(transfer: Transfer, start: number, head: AssetPart) {
    this.#transfer = transfer
    this.#start = start
    this.head = head
    this.#size = head.size
    this.#last = head.last
    this.#position = start
    this.#arriving = head.first
    this.#reader = head.body
  }

  /** @returns a reader of a range of a file, when the response has begun @throws {@link DreamStorageError} */
  static async open(transfer: Transfer, range: ByteRange): Promise<AssetReader> {
    return new AssetReader(transfer, range.start, await openRange(transfer, range))
  }

  /** Like `open`. @returns null when the service says that there is no such file */
  static async find(transfer: Transfer, range: ByteRange): Promise<AssetReader | null> {
    const { context, file } = transfer
    const head = await transfer.request((call) => findPart(context, call, file, range))
    return head && new AssetReader(transfer, range.start, head)
  }

  /** The offset of the next byte that `next` hands out. */
  get position(): number {
    return this.#position
  }

  /**
   * @returns the next bytes; undefined at the end of the range
   * @throws {@link DreamStorageNetworkError} or {@link DreamStorageTimeoutError} for a break that cannot be continued;
   * {@link DreamStorageResponseError} when the file has changed
   */
  async next(): Promise<Uint8Array | undefined> {
    while (this.#last === undefined || this.#position <= this.#last) {
      const chunk = await this.#arrival()
      if (!chunk) break
      const wanted = this.#cut(chunk)
      if (wanted.byteLength === 0) continue
      this.#position += wanted.byteLength
      this.#transfer.reached(this.#position)
      return wanted
    }
    this.close()
    return undefined
  }

  /** Frees the connection, before the end too. */
  close(): void {
    this.#reader?.cancel().catch(noop)
    this.#reader = undefined
  }

  async #arrival(): Promise<Uint8Array | undefined> {
    for (;;) {
      try {
        const { value } = (await this.#reader?.read()) ?? {}
        if (value || this.#last === undefined || this.#position > this.#last) return value
        const message = `the body ended before byte ${this.#position}`
        throw new DreamStorageNetworkError(message, this.#transfer.call.context)
      } catch (error) {
        await this.#continue(error)
      }
    }
  }

  /** The bytes of a chunk that are in the range: a service without ranges sends the whole file. */
  #cut(chunk: Uint8Array): Uint8Array {
    const from = Math.max(0, this.#position - this.#arriving)
    const to = this.#last === undefined ? undefined : this.#last + 1 - this.#arriving
    this.#arriving += chunk.byteLength
    return from === 0 && (to === undefined || to >= chunk.byteLength) ? chunk : chunk.subarray(from, to)
  }

  /** Requests the rest after a failure, or throws the failure if it cannot be continued. */
  async #continue(error: unknown): Promise<void> {
    this.close()
    if (!this.#canContinue()) throw error
    await this.#transfer.backoff(error, this.#position)
    const rest = { start: this.#position, end: this.#last }
    const part = await openRange(this.#transfer, rest).catch(undefinedIfShorter)
    if (!part || !this.#isSame(part)) {
      part?.body?.cancel().catch(noop)
      const context = { ...this.#transfer.call.context, cause: error }
      throw new DreamStorageResponseError('the file changed while it was read', context)
    }
    this.#arriving = part.first
    this.#reader = part.body
    this.#size = part.size
    this.#last = part.last ?? this.#last
  }

  /** Before the first byte always; after it, only if an entity tag identifies the object. */
  #canContinue(): boolean {
    const isUntouched = this.#position === this.#start
    return isUntouched || strongTag(this.head) !== undefined
  }

  #isSame(part: AssetPart): boolean {
    const isSameSize = this.#size === undefined || part.size === this.#size
    return isSameSize && strongTag(part) === strongTag(this.head)
  }
}

/** @returns the entity tag, if it is strong: a weak one does not promise equal bytes @see RFC 9110 §8.8.1 */
export function strongTag({ headers }: Pick<AssetPart, 'headers'>): string | undefined {
  const tag = headers.get('etag')
  return tag && !tag.startsWith('W/') ? tag : undefined
}

/** A 416 for the rest of a file: the file has become shorter. @returns undefined for it @throws any other error */
export function undefinedIfShorter(error: unknown): undefined {
  if (error instanceof DreamStorageRequestError && error.status === 416) return undefined
  throw error
}

function openRange(transfer: Transfer, range: ByteRange): Promise<AssetPart> {
  return transfer.request((call) => openPart(transfer.context, call, transfer.file, range))
}
