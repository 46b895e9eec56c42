import { createHash } from 'node:crypto'
import type { Stats } from 'node:fs'
import { type FileHandle, lstat, open, rename, unlink } from 'node:fs/promises'
import { basename } from 'node:path'
import { noop } from '../../call/cancellation.js'
import { FileFault, falseIfMissing, guardFile } from './file-errors.js'
import { type FileTarget, statReplaceable } from './file-target.js'
import { Heartbeat } from './heartbeat.js'
import { partialPath } from './partial-name.js'

/** A partial file of no more than this is not continued: a new start costs about as much. */
export const MIN_KEPT_BYTES = 16_384

// Less waits for more, or for the end: a small file is one write.
const MIN_WRITE_BYTES = 65_536
const MAX_WAITING_BYTES = 524_288

/**
 * The file that a download writes, in the folder of its target. Its name says of which target and object it is, and no
 * other download has the same. Nobody but its creator ever writes it: who continues a download copies what it left, since
 * a writer that only seems to be dead still has its file open.
 */
export class PartialFile {
  readonly #target: FileTarget
  readonly #etag: string | undefined
  readonly #file: string
  readonly #handle: FileHandle
  readonly #heartbeat: Heartbeat
  readonly #hash = createHash('sha256')
  #bytes = 0
  /** The offset of the next write. */
  #position = 0
  #waiting: Uint8Array[] = []
  #waitingBytes = 0
  #isWriting = false
  #written: Promise<void> = Promise.resolve()

  private constructor(
    target: FileTarget,
    etag: string | undefined,
    file: string,
    handle: FileHandle,
    heartbeat: Heartbeat,
  ) {
    this.#target = target
    this.#etag = etag
    this.#file = file
    this.#handle = handle
    this.#heartbeat = heartbeat
  }

  /** Starts an empty one. Rejects with `FileFault`. */
  static create(target: FileTarget, etag: string | undefined): Promise<PartialFile> {
    const file = partialPath(target.path, etag)
    return guardFile(target.path, async () => {
      await target.checkFolder()
      // The bytes of a private file are private before they are complete, too.
      const replaced = await statReplaceable(target.path)
      const handle = await open(file, 'wx', replaced ? replaced.mode & 0o777 : undefined)
      const heartbeat = new Heartbeat(handle, (await handle.stat()).mtimeMs)
      return new PartialFile(target, etag, file, handle, heartbeat)
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

  /** Writes what waits. Rejects with `FileFault`. */
  async flush(): Promise<void> {
    await this.#written
    await this.#drain(1)
  }

  /**
   * Puts it in the place of the target, in one step, once all is flushed. Rejects with `FileFault`. `before` is told what
   * the system says about the complete file. @returns the SHA-256 of all of it, in hex
   */
  async commit(before: (stats: Stats) => Promise<void>): Promise<string> {
    const { path } = this.#target
    await guardFile(path, async () => {
      // Without this a crash of the machine can leave the new name with none of the bytes.
      await this.#handle.datasync()
      await this.#heartbeat.stop()
      const written = await this.#handle.stat()
      const replaced = await statReplaceable(path)
      if (replaced && replaced.mode !== written.mode) await this.#handle.chmod(replaced.mode & 0o777)
      await this.#handle.close()
      await before(written)
      await this.#target.checkFolder()
      await this.#checkOwn(written)
      await rename(this.#file, path)
    })
    return this.#hash.digest('hex')
  }

  /** Ends writing. With `keep`, the file stays for the next download to the target; else it is removed. */
  async abandon(keep: boolean): Promise<void> {
    const isWorthIt = keep && this.#etag !== undefined && this.#bytes > MIN_KEPT_BYTES
    await (isWorthIt ? this.flush() : this.#written).catch(noop)
    await this.#heartbeat.stop()
    await this.#handle.close().catch(noop)
    if (isWorthIt) await this.#keep().catch(noop)
    else await unlink(this.#file).catch(noop)
  }

  async #keep(): Promise<void> {
    const kept = partialPath(this.#target.path, this.#etag, true)
    await rename(this.#file, kept)
    this.#target.partials.add(basename(kept))
  }

  /** A process that was stopped for a minute may have been taken for dead, and its file removed. */
  async #checkOwn({ dev, ino, size }: Stats): Promise<void> {
    const found = await lstat(this.#file).catch(falseIfMissing)
    if (found && found.ino === ino && found.dev === dev && size === this.#bytes) return
    throw new FileFault('its partial file was removed or changed by another process', this.#target.path)
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
