import { type BookPath, checkAssetPath, checkBookPath } from '../service/paths.js'

/** A file of a book, in the storage. */
export interface Asset {
  readonly book: BookPath
  readonly assetPath: string
}

/** @returns a file of a book @throws {@link DreamStorageInputError} for names and paths that no file can have */
export function toAsset(publisher: string, bookName: string, assetPath: string): Asset {
  return { book: checkBookPath(publisher, bookName), assetPath: checkAssetPath(assetPath) }
}
