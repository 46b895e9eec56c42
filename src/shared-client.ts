import { DreamCentralStorageClient } from './client.js'
import { optionsFromEnv } from './options/environment.js'

let shared: DreamCentralStorageClient | undefined

/**
 * @returns the client that the whole process shares. The first call creates it from the environment, see
 * {@link optionsFromEnv}; so does the first call after it was closed.
 * @throws {@link DreamStorageInputError} when the environment lacks credentials or has an invalid value
 * @example const books = await getDreamStorageClient().getBooks()
 */
export function getDreamStorageClient(): DreamCentralStorageClient {
  if (!shared || shared.closed) shared = new DreamCentralStorageClient(optionsFromEnv())
  return shared
}
