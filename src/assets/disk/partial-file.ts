import { createHash, type Hash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import {
  access,
  constants,
  type FileHandle,
  lstat,
  open,
  readdir,
  rename,
  stat,
  unlink,
} from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { noop } from '../../call/cancellation.js'
import { falseIfMissing, guardFile, isSystemError } from './file-errors.js'

/** A partial file that no process writes any more. */
export interface StalePartial {
  readonly file: string
  /** Its size. */
  readonly bytes: number
  /** @returns whether it is of the object with this entity tag */
  isOf(etag: string | undefined): boolean
}

const SUFFIX = '.part'
const NOBODY = '0'
// A process id alone is not enough: in a container it is the same after every start.
const THIS_PROCESS = `${process.pid}-${randomUUID().slice(0, 8)}`
const MAX_WAITING_BYTES = 524_288

/**
 * The file that a download writes, in the folder of its target. Its name says of which target and object it is and which
 * process writes it. So two downloads never write the same file, and one that no process writes any more can be claimed.
 */
export class PartialFile {
  readonly #target: string
  readonly #etag: string | undefined
  readonly #file: string
  readonly #handle: FileHandle
  readonly #hash: Hash
  #bytes: number
  /** The offset of the next write. */
  #position: number
  #waiting: Uint8Array[] = []
  #isWriting = false
  #written: Promise<void> = Promise.resolve()

  private constructor(
    target: string,
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

  /** Checks a target before the download. @throws {@link FileFault} when it cannot be written */
  static check(target: string): Promise<void> {
    return guardFile(target, async () => {
      const isFolder = await lstat(target).then((found) => found.isDirectory(), falseIfMissing)
      // A folder cannot be opened so, and the system says why.
      if (isFolder) await (await open(target, 'r+')).close()
      await access(dirname(target), constants.W_OK)
    })
  }

  /** @returns a new empty partial file @throws {@link FileFault} when it cannot be created */
  static create(target: string, etag: string | undefined): Promise<PartialFile> {
    const file = partialName(target, etag, THIS_PROCESS)
    return guardFile(target, async () => {
      const handle = await open(file, 'wx')
      return new PartialFile(target, etag, file, handle, createHash('sha256'), 0)
    })
  }

  /** @returns a partial file that continues a stale one; undefined when another download has claimed that */
  static claim(target: string, etag: string, stale: StalePartial): Promise<PartialFile | undefined> {
    const file = partialName(target, etag, THIS_PROCESS)
    return guardFile(target, async () => {
      if (!(await rename(stale.file, file).then(() => true, falseIfMissing))) return undefined
      const hash = createHash('sha256')
      for await (const chunk of createReadStream(file)) hash.update(chunk)
      // Not for appending: each write has its offset.
      const handle = await open(file, 'r+')
      return new PartialFile(target, etag, file, handle, hash, (await handle.stat()).size)
    })
  }

  /** @returns the partial files of earlier downloads to a target that no process writes any more */
  static async stale(target: string): Promise<StalePartial[]> {
    const names = await guardFile(target, () => readdir(dirname(target)))
    const found: StalePartial[] = []
    for (const name of names) {
      const [of, tag, writer] = name.split('.').slice(1)
      if (!name.endsWith(SUFFIX) || of !== digest(basename(target)) || isAlive(writer)) continue
      const file = join(dirname(target), name)
      const size = await stat(file).then(({ size: bytes }) => bytes, falseIfMissing)
      if (size !== false)
        found.push({ file, bytes: size, isOf: (etag) => etag !== undefined && tag === digest(etag) })
    }
    return found
  }

  /** Bytes so far, those of a claimed file included. */
  get bytes(): number {
    return this.#bytes
  }

  /** Appends a chunk; waits only while more than 512 KiB are unwritten. A failure, such as a full disk, can reject later. */
  async write(chunk: Uint8Array): Promise<void> {
    this.#hash.update(chunk)
    this.#waiting.push(chunk)
    this.#bytes += chunk.byteLength
    if (!this.#isWriting) {
      this.#written = this.#drain()
      this.#written.catch(noop)
    }
    if (this.#bytes - this.#position > MAX_WAITING_BYTES) await this.#written
  }

  /** Replaces the target in one step. @returns the SHA-256 in hex @throws {@link FileFault} when a write failed */
  async commit(): Promise<string> {
    await this.#written
    await guardFile(this.#target, async () => {
      // Without this, a crash of the machine can leave the new name without the bytes.
      await this.#handle.datasync()
      await this.#handle.close()
      await rename(this.#file, this.#target)
    })
    return this.#hash.digest('hex')
  }

  /** Ends writing. With `keep`, the file stays for the next download to the target; else it is removed. */
  async abandon(keep: boolean): Promise<void> {
    await this.#written.catch(noop)
    await this.#handle.close().catch(noop)
    const isWorthIt = keep && this.#etag !== undefined && this.#bytes > 0
    if (isWorthIt) await rename(this.#file, partialName(this.#target, this.#etag, NOBODY)).catch(noop)
    else await unlink(this.#file).catch(noop)
  }

  /** Writes all waiting chunks at a time, until none waits. */
  async #drain(): Promise<void> {
    this.#isWriting = true
    while (this.#waiting.length > 0) {
      const chunks = this.#waiting
      this.#waiting = []
      const size = chunks.reduce((sum, { byteLength }) => sum + byteLength, 0)
      const { bytesWritten } = await guardFile(this.#target, () =>
        this.#handle.writev(chunks, this.#position),
      )
      this.#position += bytesWritten
      // A disk that is nearly full accepts a part; the write of the rest fails with the reason.
      if (bytesWritten < size) this.#waiting.unshift(Buffer.concat(chunks).subarray(bytesWritten))
    }
    this.#isWriting = false
  }
}

/** Removes the partial files of earlier downloads; failures are ignored. */
export async function removeStale(partials: readonly StalePartial[]): Promise<void> {
  for (const { file } of partials) await unlink(file).catch(noop)
}

/** `.<target>.<object>.<process>.<unique>.part`, with digests instead of names, which can be too long. */
function partialName(target: string, etag: string | undefined, writer: string): string {
  const name = ['', digest(basename(target)), digest(etag ?? ''), writer, randomUUID()].join('.')
  return join(dirname(target), name + SUFFIX)
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

function isAlive(writer = NOBODY): boolean {
  const pid = Number.parseInt(writer, 10)
  if (!Number.isInteger(pid) || pid <= 0) return false
  if (pid === process.pid) return writer === THIS_PROCESS
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return !(isSystemError(error) && error.code === 'ESRCH')
  }
}
