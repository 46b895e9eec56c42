import { onTestFinished } from 'vitest'
import { DreamCentralStorageClient, type DreamCentralStorageOptions } from '../../src/index.js'

/** Options without the credentials' either-or, so that tests can override anything. */
export type TestOptions = Partial<Record<keyof DreamCentralStorageOptions, unknown>> & { baseUrl: string }

/** A client that is closed when the test ends; quick retries, everything else by default. */
export function createClient(options: TestOptions): DreamCentralStorageClient {
  const credentials = 'token' in options ? {} : { email: 'admin@admin.com', password: 'admin' }
  const retry = { baseDelayMs: 1, maxDelayMs: 4, jitter: false }
  const client = new DreamCentralStorageClient({
    ...credentials,
    retry,
    ...options,
  } as DreamCentralStorageOptions)
  onTestFinished(() => client.close())
  return client
}
