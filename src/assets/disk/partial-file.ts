import { createHash, type Hash } from 'node:crypto'
import { createReadStream, type Stats } from 'node:fs'
import { type FileHandle, open, rename, unlink } from 'node:fs/promises'
import { noop } from '../../call/cancellation.js'
import { falseIfMissing, guardFile } from './file-errors.js'
import type { FileTarget } from './file-target.js'
import { NOBODY, partialPath, THIS_PROCESS } from './partial-name.js'
import type { StalePartial } from './stale-partials.js'

/** A partial file that has become its target. */
export interface CommittedFile {
  /** In hex, of the whole file. */
  readonly sha256: string
  readonly stats: Stats
}

// Less waits for more, or for the end: a small file is one write.
const MIN_WRITE_BYTES = 65_536
const MAX_WAITING_BYTES = 524_288

/**
 * The file that a download writes, in the folder of its target. Its name says of which target and object it is and which
 * process writes it. So two downloads never write the same file, and one that no process writes any more can be claimed.
 */
export class PartialFile {
  readonly #target: FileTarget
  readonly #etag: string | undefined
  readonly #file: string
  readonly #handle: FileHandle
  readonly #hash: Hash
  #bytes: number
  /** The offset of the next write. */
  #position: number
  #waiting: Uint8Array[] = []
  #waitingBytes = 0
  #isWriting = false
  #written: Promise<void> = Promise.resolve()

  private constructor(
    target: FileTarget,
    etag: string | undefined,
    file: string,
    handle: FileHandle,
    hash: Hash,
    bytes: number,
  ) {
    this.#target = target
    this.#etag = etag
    this.#file = file
    this.#handle = handle
    this.#hash = hash
    this.#bytes = bytes
    this.#position = bytes
  }

  /** Starts an empty one. Rejects with `FileFault`. */
  static create(target: FileTarget, etag: string | undefined): Promise<PartialFile> {
    const file = partialPath(target.path, etag, THIS_PROCESS)
    return guardFile(target.path, async () => {
      await target.checkFolder()
      const handle = await open(file, 'wx')
      return new PartialFile(target, etag, file, handle, createHash('sha256'), 0)
    })
  }

  /** Continues what an earlier download left; undefined when another download was quicker. */
  static claim(target: FileTarget, etag: string, stale: StalePartial): Promise<PartialFile | undefined> {
    const file = partialPath(target.path, etag, THIS_PROCESS)
    return guardFile(target.path, async () => {
      await target.checkFolder()
      if (!(await rename(stale.file, file).then(() => true, falseIfMissing))) return undefined
      const hash = createHash('sha256')
      for await (const chunk of createReadStream(file)) hash.update(chunk)
      // Not for appending: each write has its offset.
      const handle = await open(file, 'r+')
      return new PartialFile(target, etag, file, handle, hash, (await handle.stat()).size)
    })
  }

  get bytes(): number {
    return this.#bytes
  }

  /** Appends; waits only while much is not written yet. A failure (a full disk) rejects this step or a later one. */
  async write(chunk: Uint8Array): Promise<void> {
    this.#hash.update(chunk)
    this.#waiting.push(chunk)
    this.#waitingBytes += chunk.byteLength
    this.#bytes += chunk.byteLength
    if (this.#waitingBytes >= MIN_WRITE_BYTES && !this.#isWriting) {
      this.#written = this.#drain(MIN_WRITE_BYTES)
      this.#written.catch(noop)
    }
    if (this.#bytes - this.#position > MAX_WAITING_BYTES) await this.#written
  }

  /** Puts it in the place of the target, in one step. Rejects with `FileFault`. */
  async commit(): Promise<CommittedFile> {
    await this.#flush()
    const stats = await guardFile(this.#target.path, async () => {
      // Without this a crash of the machine can leave the new name with none of the bytes.
      await this.#handle.datasync()
      const written = await this.#handle.stat()
      await this.#handle.close()
      await this.#target.checkFolder()
      await rename(this.#file, this.#target.path)
      return written
    })
    return { sha256: this.#hash.digest('hex'), stats }
  }

  /** Ends writing. With `keep`, the file stays for the next download to the target; else it is removed. */
  async abandon(keep: boolean): Promise<void> {
    const isWorthIt = keep && this.#etag !== undefined && this.#bytes > 0
    await (isWorthIt ? this.#flush() : this.#written).catch(noop)
    await this.#handle.close().catch(noop)
    if (isWorthIt) await rename(this.#file, partialPath(this.#target.path, this.#etag, NOBODY)).catch(noop)
    else await unlink(this.#file).catch(noop)
  }

  async #flush(): Promise<void> {
    await this.#written
    await this.#drain(1)
  }

  /** Writes what waits, all of it at a time, while at least `minBytes` wait. */
  async #drain(minBytes: number): Promise<void> {
    this.#isWriting = true
    while (this.#waitingBytes >= minBytes) await this.#writeWaiting()
    this.#isWriting = false
  }

  async #writeWaiting(): Promise<void> {
    const chunks = this.#waiting
    const size = this.#waitingBytes
    this.#waiting = []
    this.#waitingBytes = 0
    const { bytesWritten } = await guardFile(this.#target.path, () =>
      this.#handle.writev(chunks, this.#position),
    )
    this.#position += bytesWritten
    if (bytesWritten === size) return
    // A disk that is nearly full takes a part; the rest tells why.
    this.#waiting.unshift(Buffer.concat(chunks).subarray(bytesWritten))
    this.#waitingBytes += size - bytesWritten
  }
}
