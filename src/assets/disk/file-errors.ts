import type { Call } from '../../call/call.js'
import { DreamStorageFileError } from '../../errors.js'

/** An error of a local file or folder, without the context of a call. */
export class FileFault extends Error {
  readonly path: string

  constructor(message: string, path: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.path = path
  }
}

/** @returns {@link DreamStorageFileError} with the context of the call for a {@link FileFault}; else the error itself */
export function toPublicError(error: unknown, call: Call): unknown {
  if (!(error instanceof FileFault)) return error
  const { secrets } = call
  // The service chooses the names of the files of a mirror.
  const context = { ...call.context, cause: secrets.cause(error.cause) }
  return new DreamStorageFileError(secrets.quote(error.message), secrets.redact(error.path), context)
}

/** Runs work on a file. @throws {@link FileFault} with the path of the file for an error of the system */
export async function guardFile<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    throw isSystemError(cause) ? new FileFault(`the file system refused (${cause.code})`, file, cause) : cause
  }
}

/** @returns whether an error is one of the system, with a code such as `ENOSPC` */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'code' in error
}

/** @returns false for the error of a missing file (`ENOENT`) @throws any other error */
export function falseIfMissing(error: unknown): false {
  if (isSystemError(error) && error.code === 'ENOENT') return false
  throw error
}
