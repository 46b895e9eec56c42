import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { noop } from '../../call/cancellation.js'
import { FileFault, falseIfMissing, guardFile, isSystemError } from '../disk/file-errors.js'

const { O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_WRONLY } = constants
// Each entry takes several times its bytes in memory; a string of more than 512 MiB cannot be made at all.
const MAX_BYTES = 268_435_456

/**
 * The file of a ledger, to which several mirrors append, in this process and in others. It is only ever appended to, by
 * whole lines in one write with O_APPEND, which local file systems do not mix: so no mirror loses a line of another.
 * All methods reject with `FileFault` that has the path of this file.
 */
export class LedgerFile {
  readonly path: string
  #waiting: string[] = []
  /** The write of the lines that wait, or the last one. */
  #write: Promise<void> = Promise.resolve()
  #writable: Promise<void> | undefined

  constructor(path: string) {
    this.path = path
  }

  /** @returns its lines; the last may be a part of one that another mirror is writing, or was when it was killed */
  read(): Promise<string[]> {
    return guardFile(this.path, async () => {
      const file = await this.#open(O_RDONLY).catch(falseIfMissing)
      if (!file) return []
      try {
        const { size } = await file.stat()
        if (size > MAX_BYTES) throw this.#fault(`is too large (${size} of at most ${MAX_BYTES} bytes)`)
        return (await file.readFile('utf8')).split('\n')
      } finally {
        await file.close()
      }
    })
  }

  /** Rejects when it is there and takes no lines. */
  checkWritable(): Promise<void> {
    this.#writable ??= guardFile(this.path, async () => {
      const file = await this.#open(O_WRONLY | O_APPEND).catch(falseIfMissing)
      if (file) await file.close()
    })
    return this.#writable
  }

  /** Resolves when the line is in the file. Lines that come while some are being written share the next write. */
  append(line: string): Promise<void> {
    this.#waiting.push(line)
    if (this.#waiting.length === 1) this.#write = this.#write.catch(noop).then(() => this.#writeWaiting())
    return this.#write
  }

  #writeWaiting(): Promise<void> {
    const lines = this.#waiting
    this.#waiting = []
    return guardFile(this.path, async () => {
      // Opened anew each time: the user may have removed it.
      const file = await this.#open(O_WRONLY | O_APPEND | O_CREAT)
      try {
        // A line that was cut must not swallow the first one.
        const bytes = Buffer.from(`\n${lines.join('\n')}\n`)
        const { bytesWritten } = await file.write(bytes)
        if (bytesWritten < bytes.byteLength) throw this.#fault('was written in part only')
      } finally {
        await file.close()
      }
    })
  }

  /** Opens a regular file that has no other name: a line must not get into a file outside of the folder. */
  async #open(flags: number): Promise<FileHandle> {
    // Without O_NONBLOCK, a FIFO would wait for its other end.
    const file = await open(this.path, flags | O_NOFOLLOW | O_NONBLOCK, 0o666).catch((error: unknown) => {
      throw isSystemError(error) && error.code === 'ELOOP' ? this.#fault('is a link', error) : error
    })
    const found = await file.stat()
    if (found.isFile() && found.nlink === 1) return file
    await file.close()
    throw this.#fault(found.isFile() ? 'is a hard link of another file' : 'is not a regular file')
  }

  #fault(what: string, cause?: unknown): FileFault {
    return new FileFault(`the ledger of the mirror ${what}`, this.path, cause)
  }
}
