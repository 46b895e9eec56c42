import { DreamCentralStorageClient } from './client.js'
import { optionsFromEnv } from './options/environment.js'

let shared: DreamCentralStorageClient | undefined

/**
 * The process's shared client, made from the environment at the first call, and anew after it was closed.
 * Throws `…InputError` when the environment does not say enough.
 */
export function getDreamStorageClient(): DreamCentralStorageClient {
  if (!shared || shared.closed) shared = new DreamCentralStorageClient(optionsFromEnv())
  return shared
}
