import { onTestFinished } from 'vitest'
import { type MockServer, type MockServerOptions, startMockServer } from '../../src/testing/index.js'

/** The mock service over HTTP on a free port; it ends with the test. */
export async function startMock(options: MockServerOptions): Promise<MockServer> {
  const server = await startMockServer(options)
  onTestFinished(() => server.close())
  return server
}
