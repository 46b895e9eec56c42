import { DreamStorageFileError } from '../errors.js'
import type { AssetContext } from './asset-context.js'
import type { Assets } from './assets.js'

/**
 * The methods for files are loaded at the first call of one, so that others need not wait for their code.
 * @returns a function that loads them once
 * @throws {@link DreamStorageFileError} (the function) when the code of this package is incomplete
 */
export function assetLoader(context: AssetContext): () => Promise<Assets> {
  let loading: Promise<Assets> | undefined
  const load = async (): Promise<Assets> => {
    try {
      const { Assets } = await import('./assets.js')
      return new Assets(context)
    } catch (cause) {
      loading = undefined
      const { pathname } = new URL(import.meta.url)
      throw new DreamStorageFileError('a part of this package cannot be loaded', pathname, { cause })
    }
  }
  return () => {
    loading ??= load()
    return loading
  }
}
