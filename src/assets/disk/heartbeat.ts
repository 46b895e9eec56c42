import type { Stats } from 'node:fs'
import { type FileHandle, open, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { noop } from '../../call/cancellation.js'
import { partialPath } from './partial-name.js'

/** A partial file that was not touched for so long has no writer any more. */
export const DEAD_AFTER_MS = 60_000

const BEAT_MS = 10_000

/**
 * Touches a partial file while it is written, also when nothing arrives, so that everybody sees that its writer lives:
 * other threads, containers and hosts. A process id says that only to those who share its namespace.
 */
export class Heartbeat {
  readonly #timer: NodeJS.Timeout
  #beat: Promise<void> = Promise.resolve()

  /** `createdMs`: the time of the file, which was created just now; a file server may have a clock of its own. */
  constructor(handle: FileHandle, createdMs: number) {
    const aheadMs = createdMs - Date.now()
    this.#timer = setInterval(() => {
      const seconds = (Date.now() + aheadMs) / 1_000
      this.#beat = handle.utimes(seconds, seconds).catch(noop)
    }, BEAT_MS)
    this.#timer.unref()
  }

  /** Resolves when the file is touched no more. */
  stop(): Promise<void> {
    clearInterval(this.#timer)
    return this.#beat
  }
}

/**
 * What the system says about a file that this process creates in a folder now: its `mtimeMs` is the time by the clock of
 * that file system, its `uid` our own there. The file is removed. Rejects with the error of the system.
 */
export async function statsOfNewFile(folder: string): Promise<Stats> {
  const file = partialPath(join(folder, 'new'), undefined)
  const handle = await open(file, 'wx')
  try {
    return await handle.stat()
  } finally {
    await handle.close()
    await unlink(file)
  }
}
