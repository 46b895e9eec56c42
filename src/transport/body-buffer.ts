// An announced length may be wrong: beyond this size, memory is allocated as the bytes arrive.
const MAX_FIRST_BYTES = 268_435_456

/** The bytes in memory that holds nothing else: a consumer may transfer it. */
export function owned(chunk: Uint8Array): Uint8Array {
  return chunk.byteLength === chunk.buffer.byteLength ? chunk : new Uint8Array(chunk)
}

/** Collects the chunks of a body into one array that owns its memory. */
export class BodyBuffer {
  readonly #announced: number | undefined
  #bytes: Uint8Array<ArrayBuffer> | undefined
  #first: Uint8Array | undefined
  #size = 0

  /** `announced` is the length in the header, in bytes. */
  constructor(announced: number | undefined) {
    this.#announced = announced
  }

  /** Bytes so far. */
  get size(): number {
    return this.#size
  }

  /** Adds a chunk. @throws RangeError when there is not enough memory */
  append(chunk: Uint8Array): void {
    if (this.#size === 0) this.#first = chunk
    else {
      this.#reserve(this.#size + chunk.byteLength).set(chunk, this.#size)
      this.#first = undefined
    }
    this.#size += chunk.byteLength
  }

  /** @returns all chunks as one array; a single chunk is not copied */
  finish(): Uint8Array {
    if (this.#first) return owned(this.#first)
    return this.#bytes?.subarray(0, this.#size) ?? new Uint8Array()
  }

  #reserve(size: number): Uint8Array {
    const held = this.#first ?? this.#bytes
    if (this.#bytes && this.#bytes.byteLength >= size) return this.#bytes
    const least = Math.min(this.#announced ?? 0, MAX_FIRST_BYTES)
    const most = Math.max(size, this.#announced ?? Number.POSITIVE_INFINITY)
    // Unlike `new Uint8Array`, it does not write to memory that the body will fill.
    const { buffer } = Buffer.allocUnsafeSlow(Math.min(most, Math.max(least, size * 2)))
    const larger = new Uint8Array(buffer as ArrayBuffer)
    if (held) larger.set(held.subarray(0, this.#size))
    this.#bytes = larger
    return larger
  }
}
