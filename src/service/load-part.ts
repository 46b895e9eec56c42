import { DreamStorageFileError } from '../errors.js'

/**
 * Parts of the client are loaded at the first call that needs them, so that others need not wait for their code.
 * @param load imports and creates the part
 * @returns a function that loads it once, and again after a failure
 * @throws {@link DreamStorageFileError} (the function) when the code of this package is incomplete
 */
export function partLoader<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined
  const start = async (): Promise<T> => {
    try {
      return await load()
    } catch (cause) {
      loading = undefined
      const { pathname } = new URL(import.meta.url)
      throw new DreamStorageFileError('a part of this package cannot be loaded', pathname, { cause })
    }
  }
  return () => {
    loading ??= start()
    return loading
  }
}
