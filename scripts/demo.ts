import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DreamCentralStorageClient, optionsFromEnv } from '../src/index.js'
import { type MockServer, startMockServer } from '../src/testing/index.js'
import * as steps from './demo/steps.js'
import { count, duration, note, paint, run } from './terminal.js'

// Short delays, so that the demo can show an outage and the recovery.
const RETRY = { baseDelayMs: 200 }

/** The main methods of the client against the mock, or against `DREAM_CENTRAL_STORAGE_URL` if it is set. */
async function main(): Promise<void> {
  const startedAt = performance.now()
  const mock = process.env['DREAM_CENTRAL_STORAGE_URL'] ? undefined : await startMockServer()
  const client = createClient(mock)
  let folder: string | undefined
  try {
    folder = await mkdtemp(join(tmpdir(), 'dream-central-storage-'))
    const where = mock ? `a mock service at ${mock.url}` : 'the service of DREAM_CENTRAL_STORAGE_URL'
    console.log(`${paint('bold', 'dream-central-storage-client')} against ${where}`)
    await demonstrate(client, mock, folder)
    const { requests, auth } = client.stats()
    const retries = requests.retries === 1 ? '1 retry' : `${requests.retries} retries`
    const summary = `${count(requests.attempts, 'request')}, ${retries}, ${count(auth.logins, 'login')}`
    console.log(`\n${paint('bold', 'Done')} in ${duration(performance.now() - startedAt)}: ${summary}.`)
  } finally {
    await client.close()
    await mock?.close()
    if (folder !== undefined) await rm(folder, { recursive: true, force: true })
  }
}

function createClient(mock: MockServer | undefined): DreamCentralStorageClient {
  const from = mock ? { baseUrl: mock.url, email: 'admin@admin.com', password: 'admin' } : optionsFromEnv()
  return new DreamCentralStorageClient({ ...from, retry: RETRY })
}

async function demonstrate(
  client: DreamCentralStorageClient,
  mock: MockServer | undefined,
  folder: string,
): Promise<void> {
  await steps.logIn(client)
  const books = await steps.showCatalogue(client)
  const shelved = await steps.lookInto(client, books)
  await steps.showConfigs(client, shelved.slice(0, 10))
  const [first] = shelved
  if (first) {
    await steps.showContents(client, first)
    await steps.mirror(client, first, folder)
  }
  await steps.showCache(client)
  if (!mock) return note('a revoked token and an outage are shown against the mock only')
  const ids = books.map(({ id }) => id)
  await steps.revokeToken(client, mock.service, ids)
  await steps.outage(client, mock.service, ids)
}

await run(main)
