/**
 * A program that uses the client and leaves it in one of the ways below; it must then end by itself.
 * `node --import tsx use-and-leave.ts WAY URL`
 */
import { DreamCentralStorageClient, DreamStorageClosedError } from '../../src/index.js'
import { transportOptions } from './transport.js'

const [, , way, baseUrl = ''] = process.argv

function create(): DreamCentralStorageClient {
  const login = { email: 'admin@admin.com', password: 'admin' }
  return new DreamCentralStorageClient({ baseUrl, ...login, ...transportOptions() })
}

/** Calls that would keep the process alive for long: without an answer, in a queue, waiting for a retry. */
function startLongCalls(client: DreamCentralStorageClient): Array<Promise<string>> {
  const calls = [
    client.getBookById(1, { timeoutMs: 3_600_000 }),
    client.downloadAsset('p', 'b', 'hangs'),
    client.api.GET('/api-keys/', { signal: new AbortController().signal }),
    ...Array.from({ length: 20 }, () => client.getBookConfig('p', 'hangs')),
  ]
  return calls.map((call) =>
    call.then(
      () => 'answered',
      (error: unknown) => (error instanceof DreamStorageClosedError ? 'closed' : String(error)),
    ),
  )
}

async function close(): Promise<void> {
  const client = create()
  await client.getBooks()
  await client.close()
}

async function dispose(): Promise<void> {
  await using client = create()
  await client.getBooks()
}

async function closeUnderWay(): Promise<void> {
  const client = create()
  await client.getBooks()
  const outcomes = Promise.all(startLongCalls(client))
  await new Promise(setImmediate)
  await client.close()
  const ends = new Set(await outcomes)
  if (ends.size !== 1 || !ends.has('closed')) throw new Error(`not closed: ${[...ends].join(', ')}`)
}

const WAYS: Record<string, () => Promise<void>> = { close, dispose, closeUnderWay }

await WAYS[way ?? '']?.()
const leftAt = performance.now()
process.on('exit', () =>
  process.stdout.write(JSON.stringify({ way, lingeredMs: performance.now() - leftAt })),
)
