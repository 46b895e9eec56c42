import type { BookPath } from '../operations.js'
import { checkAssetPath, checkBookPath } from '../paths.js'

/** A file of a book. */
export interface Asset {
  readonly path: BookPath
  readonly assetPath: string
}

/** Throws `…InputError` for names and paths that no file can have. */
export function toAsset(publisher: string, bookName: string, assetPath: string): Asset {
  return { path: checkBookPath(publisher, bookName), assetPath: checkAssetPath(assetPath) }
}
