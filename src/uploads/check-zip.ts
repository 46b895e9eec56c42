import { DreamStorageInputError } from '../errors.js'
import { show } from '../options/validation.js'
import { segmentFault } from '../service/paths.js'
import type { OpenFile } from './open-file.js'

// The first entry of an archive, or the end of one without entries: PK\x03\x04, PK\x05\x06.
const SIGNATURES = ['504b0304', '504b0506']

/**
 * A service of 2026 takes the name of the book from that of the file, and only then looks at the content.
 * @throws {@link DreamStorageInputError} unless the file has the name of a ZIP
 */
export function checkZipName({ name }: OpenFile): void {
  const stem = /^(.*)\.zip$/is.exec(name)?.[1]
  if (stem === undefined) {
    throw new DreamStorageInputError(`file must have a name that ends in .zip, got ${show(name)}`)
  }
  const fault = segmentFault(stem)
  if (fault) throw new DreamStorageInputError(`the name of file before .zip ${fault}, got ${show(name)}`)
}

/** @throws {@link DreamStorageInputError} unless the file begins as a ZIP does */
export async function checkZipStart(file: OpenFile): Promise<void> {
  const start = Buffer.from(await file.start()).toString('hex')
  if (!SIGNATURES.includes(start)) {
    throw new DreamStorageInputError(`file must be a ZIP: ${show(file.name)} does not begin like one`)
  }
}
