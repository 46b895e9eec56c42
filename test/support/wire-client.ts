import type { DreamCentralStorageClient } from '../../src/index.js'
import { createClient } from './client.js'

/** Any options; those that only the transport knows too. */
export type WireOptions = Record<string, unknown> & { baseUrl: string }

/** A client with an API key that repeats nothing: what a test sees is the outcome of one attempt. */
export function createWireClient(options: WireOptions): DreamCentralStorageClient {
  return createClient({ token: 'key', retry: { maxRetries: 0 }, ...options })
}

/** Waits for so many turns of the event loop. */
export async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise(setImmediate)
}
