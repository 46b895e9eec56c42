import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { basename } from 'node:path'
import { FileFault, guardFile } from '../assets/disk/file-errors.js'
import { noop } from '../call/cancellation.js'
import { DreamStorageInputError } from '../errors.js'
import { show } from '../options/validation.js'
import { type OpenFile, START_BYTES } from './open-file.js'
import { StreamedFile, type UploadStream } from './streamed-file.js'

/** What is uploaded: the path of a file, a `File`, or a stream with its size in bytes and its file name. */
export type UploadFile = string | Blob | UploadStream

// A read costs more than its bytes.
const READ_BYTES = 262_144

/**
 * @returns the file, to be closed
 * @throws {@link FileFault} for a path that cannot be read or is no regular file; {@link DreamStorageInputError} for
 * anything but the three kinds of files, and for one without content
 */
export async function openFile(file: UploadFile): Promise<OpenFile> {
  const opened = await openAny(file)
  if (opened.size > 0) return opened
  await opened.close()
  throw new DreamStorageInputError(`file must not be empty: ${show(opened.name)} has no content`)
}

async function openAny(file: UploadFile): Promise<OpenFile> {
  if (typeof file === 'string' && file !== '' && !file.includes('\0')) return openPath(file)
  if (file instanceof Blob) return openBlob(file)
  if (typeof file === 'object' && file !== null) return new StreamedFile(file)
  throw new DreamStorageInputError(
    `file must be a path, a File or { stream, size, fileName }, got ${show(file)}`,
  )
}

async function openPath(path: string): Promise<OpenFile> {
  // A FIFO would block the opening until somebody writes to it. Windows has no such flag.
  const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)
  const handle = await guardFile(path, () => open(path, flags))
  try {
    const before = await guardFile(path, () => handle.stat())
    if (!before.isFile()) throw new FileFault('it is no regular file', path)
    const { size, mtimeMs } = before
    const isUnchanged = async (): Promise<boolean> => {
      const now = await handle.stat()
      return now.size === size && now.mtimeMs === mtimeMs
    }
    const read = (): AsyncGenerator<Uint8Array> => readHandle(path, handle, size, isUnchanged)
    const start = (): Promise<Uint8Array> => readAt(path, handle, 0, Math.min(START_BYTES, size))
    const close = (): Promise<void> => handle.close().catch(noop)
    return { name: basename(path), size, type: '', isRepeatable: true, start, read, close }
  } catch (error) {
    await handle.close().catch(noop)
    throw error
  }
}

/** The last piece is read only if the file is still the same: without it, the service does not use the others. */
async function* readHandle(
  path: string,
  handle: FileHandle,
  size: number,
  isUnchanged: () => Promise<boolean>,
): AsyncGenerator<Uint8Array> {
  let at = 0
  while (at < size) {
    const piece = await readAt(path, handle, at, Math.min(READ_BYTES, size - at))
    at += piece.byteLength
    const isWhole = piece.byteLength > 0 && (at < size || (await guardFile(path, isUnchanged)))
    if (!isWhole) throw new FileFault('the file changed while it was sent', path)
    yield piece
  }
}

async function readAt(path: string, handle: FileHandle, at: number, length: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(length)
  const { bytesRead } = await guardFile(path, () => handle.read(buffer, 0, length, at))
  return buffer.subarray(0, bytesRead)
}

function openBlob(blob: Blob): OpenFile {
  const { size, type } = blob
  const slice = async (start: number, end: number): Promise<Uint8Array> =>
    new Uint8Array(await blob.slice(start, end).arrayBuffer())
  const read = async function* (): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < size; at += READ_BYTES) yield slice(at, at + READ_BYTES)
  }
  const name = 'name' in blob && typeof blob.name === 'string' ? blob.name : ''
  const start = (): Promise<Uint8Array> => slice(0, START_BYTES)
  return { name, size, type, isRepeatable: true, start, read, close: async () => {} }
}
