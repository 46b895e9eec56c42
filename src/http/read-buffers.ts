import type { OnReadOpts, Socket } from 'node:net'

// Eight times what Node reads at once: a file comes in fewer steps, which is most of what a fast one costs.
const SIZE_BYTES = 524_288

// A read of less is copied out, so that a small answer does not keep a large buffer.
const WORTH_HANDING_ON_BYTES = SIZE_BYTES / 4

const MAX_FREE = 8

/**
 * The memory that the sockets of one client read into. What is given back is used again; the rest is garbage, of which
 * V8 lets some 64 MB gather before it looks.
 */
export class ReadBuffers {
  readonly #free: Uint8Array[] = []
  /** How far the buffers that were handed on are filled. */
  readonly #filled = new WeakMap<ArrayBufferLike, number>()

  /** The option `onread` of sockets, which may share it. */
  onread(): OnReadOpts {
    const buffers = this
    // Node asks for a buffer when a socket is made, and right after each call of the callback.
    let unused: Uint8Array | undefined
    return {
      buffer: () => {
        const buffer = unused ?? buffers.#take()
        unused = undefined
        return buffer
      },
      // Node calls it as a method of the socket.
      callback(this: Socket, size: number, buffer: Uint8Array): boolean {
        if (size >= WORTH_HANDING_ON_BYTES) {
          buffers.#filled.set(buffer.buffer, size)
          return this.push(buffer.subarray(0, size))
        }
        const isWanted = this.push(Buffer.from(buffer.subarray(0, size)))
        unused = buffer
        return isWanted
      },
    }
  }

  /** Nobody reads this chunk, or what came before it, any more. Chunks of other origin are left alone. */
  giveBack(chunk: Uint8Array): void {
    // Behind it there may be bytes of the same read that are still to be parsed.
    const isLast = this.#filled.get(chunk.buffer) === chunk.byteOffset + chunk.byteLength
    if (!isLast || !this.#filled.delete(chunk.buffer) || this.#free.length >= MAX_FREE) return
    this.#free.push(new Uint8Array(chunk.buffer))
  }

  #take(): Uint8Array {
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(SIZE_BYTES)
  }
}
