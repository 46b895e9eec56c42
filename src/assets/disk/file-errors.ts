import type { Call } from '../../call/call.js'
import { DreamStorageFileError } from '../../errors.js'

/** A file or folder that cannot be used, before it is known in which call. */
export class FileFault extends Error {
  readonly path: string

  constructor(message: string, path: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.path = path
  }
}

/** What a call rejects with: for a fault of a file `…FileError` with the context of the call, else the error itself. */
export function toPublicError(error: unknown, call: Call): unknown {
  if (!(error instanceof FileFault)) return error
  return new DreamStorageFileError(error.message, error.path, { ...call.context, cause: error.cause })
}

/** Runs work on a file; an error of the system becomes a `FileFault` with the file's path. */
export async function guardFile<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    throw isSystemError(cause) ? new FileFault(`the file system refused (${cause.code})`, file, cause) : cause
  }
}

/** Whether an error is of the system, with a code such as `ENOSPC`. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'code' in error
}

/** Answers false to the error of a file that is not there, and throws any other. */
export function falseIfMissing(error: unknown): false {
  if (isSystemError(error) && error.code === 'ENOENT') return false
  throw error
}
