import { onTestFinished } from 'vitest'
import { DreamCentralStorageClient, type DreamCentralStorageOptions } from '../../src/index.js'
import { transportOptions } from './transport.js'

/** Options of a client, where any credentials can be overridden. */
export type TestOptions = Partial<Record<keyof DreamCentralStorageOptions, unknown>> & { baseUrl: string }

/**
 * A client that is closed when the test ends, with short retry delays. Without a `fetch` of its own it uses the
 * transport that the run tests.
 */
export function createClient(options: TestOptions): DreamCentralStorageClient {
  const credentials = 'token' in options ? {} : { email: 'admin@admin.com', password: 'admin' }
  const retry = { baseDelayMs: 1, maxDelayMs: 4, jitter: false }
  const client = new DreamCentralStorageClient({
    ...credentials,
    retry,
    ...transportOptions(),
    ...options,
  } as DreamCentralStorageOptions)
  onTestFinished(() => client.close())
  return client
}
