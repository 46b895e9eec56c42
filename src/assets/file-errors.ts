import { DreamStorageError, DreamStorageFileError } from '../errors.js'

/** Runs work on a file; an error of the system becomes `…FileError` with the file's path. */
export async function guardFile<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (cause instanceof DreamStorageError || !isSystemError(cause)) throw cause
    throw new DreamStorageFileError(`the file system refused (${cause.code})`, file, { cause })
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
