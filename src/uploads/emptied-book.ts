import { DreamStorageError, DreamStorageFileError, DreamStorageInputError } from '../errors.js'

const HINT = 'a service of 2026 may have emptied the book before it failed: upload the content again'
// The service looks at these before it touches the book.
const REFUSALS: readonly (number | undefined)[] = [401, 403, 404, 409, 413, 415, 422, 429]

/** Adds to an error of an upload that the book may have no content now, unless the upload was refused or cut by the client. */
export function explainEmptiedBook(error: unknown): void {
  if (!(error instanceof DreamStorageError) || REFUSALS.includes(error.status)) return
  if (error instanceof DreamStorageInputError || error instanceof DreamStorageFileError) return
  const { message, stack } = error
  error.message = `${message}; ${HINT}`
  // It repeats the message as it was.
  if (stack) error.stack = stack.replace(message, () => error.message)
}
