import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import {
  type DreamCentralStorageClient,
  DreamStorageError,
  DreamStorageFileError,
  type Observer,
} from '../../src/index.js'
import { createClient } from '../support/client.js'
import { EventLog } from '../support/event-log.js'
import { tempFolder } from '../support/folder.js'
import { startHostileServer } from '../support/hostile-server.js'
import { HostileWords } from '../support/hostile-words.js'
import { MemoryLog } from '../support/memory-log.js'
import { reachableText } from '../support/reachable.js'
import { partsIn } from '../support/secrets.js'

const ROUNDS = 10
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u

const secret = (): string => randomBytes(18).toString('base64url')
const [PASSWORD, HEADER] = [`${secret()}+"/=&${secret()} ${secret()}`, `Token ${secret()}`]
const FOREIGN = [secret(), secret()]

/** Everything that a client was seen to say in one round. */
interface Told {
  readonly errors: DreamStorageError[]
  readonly log: MemoryLog
  readonly events: EventLog
  readonly secrets: readonly string[]
}

type Act = (client: DreamCentralStorageClient, folder: string) => Promise<unknown>

const ACTS: readonly Act[] = [
  (client) => client.getBooks(),
  (client) => client.getBookById(7),
  (client) => client.getBookConfig('p', 'b'),
  (client) => client.listBookContents('p', 'b'),
  (client) => client.downloadAsset('p', 'b', 'a.mp3'),
  (client) => client.getAssetInfo('p', 'b', 'a.mp3'),
  (client) => client.getAssetRequest('p', 'b', 'a.mp3'),
  async (client) => {
    const { body } = await client.streamAsset('p', 'b', 'a.mp3', { range: { start: 1, end: 5 } })
    return new Response(body).arrayBuffer()
  },
  async (client) => new Response((await client.streamAsset('p', 'b', 'a.mp3')).body).arrayBuffer(),
  (client, folder) => client.downloadAssetToFile('p', 'b', 'a.mp3', join(folder, 'a.mp3')),
  (client, folder) => client.mirrorBook('p', 'b', join(folder, 'mirror'), { prune: true }),
  (client) => client.authenticate(),
  (client) => client.api.GET('/auth/session'),
  (client) => client.api.GET('/health', { parseAs: 'text' }),
  (client) => client.api.POST('/books/', { body: { publisher: 'p', book_name: 'b' } as never }),
  (client) => client.api.PUT('/books/{book_id}', { params: { path: { book_id: 1 } }, body: {} }),
  (client) => client.api.DELETE('/books/{book_id}', { params: { path: { book_id: 1 } } }),
  (client) => client.api.GET('/storage/apps/{platform}', { params: { path: { platform: 'x' } } }),
]

async function playRound(seed: number): Promise<Told> {
  let issued = ''
  // Those that have arrived.
  const tokens: string[] = []
  const hear: Observer = {
    token: ({ state }) => {
      if (state === 'issued') tokens.push(issued)
    },
  }
  const known = (): string[] => [PASSWORD, HEADER.slice(6), ...tokens]
  const words = new HostileWords(seed, known, FOREIGN)
  const { url } = await startHostileServer(words, () => {
    issued = words.next() < 0.5 ? secret() : `eyJhbGciOiJIUzI1NiJ9.${secret()}.${secret()}`
    return issued
  })
  const [log, events] = [new MemoryLog(), new EventLog()]
  const client = createClient({
    baseUrl: url,
    email: 'admin@admin.com',
    password: PASSWORD,
    headers: { 'x-proxy-auth': HEADER },
    retry: { maxRetries: 1, baseDelayMs: 1, maxDelayMs: 1 },
    circuitBreaker: seed % 5 === 0 && { failureThreshold: 2, resetAfterMs: 5, maxResetAfterMs: 5 },
    logger: log.logger,
    observers: [events.observer, hear],
  })
  const errors = await actOn(client, await tempFolder())
  return { errors, log, events, secrets: [...known(), ...FOREIGN] }
}

/** The errors of all methods, and those of the files of mirrors. */
async function actOn(client: DreamCentralStorageClient, folder: string): Promise<DreamStorageError[]> {
  const errors: DreamStorageError[] = []
  for (const act of ACTS) {
    const failed = await act(client, folder).then(
      (result) => Object(result).failed ?? [],
      (error: unknown) => [{ error }],
    )
    for (const { error } of failed) errors.push(error)
  }
  return errors
}

/** Every text and name in a value of JSON. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, part]) => [name, ...textsIn(part)])
}

function around(text: string, part: string): string {
  const at = text.indexOf(part)
  return text.slice(Math.max(0, at - 200), at + 100)
}

function expectClean(text: string, secrets: readonly string[], maxLength: number): void {
  for (const one of secrets) {
    const [part] = partsIn(text, one)
    if (part !== undefined) expect(around(text, part), `a part of ${one}`).toBe('')
  }
  expect(text).not.toMatch(UNPRINTABLE)
  expect(text.length, text).toBeLessThanOrEqual(maxLength)
}

/** The path of a local file is what it is, so it is not looked at here. */
function withoutPath(text: string, error: unknown): string {
  return error instanceof DreamStorageFileError ? text.replaceAll(error.path, '') : text
}

function expectCleanError(error: DreamStorageError, secrets: readonly string[]): void {
  expect(error, inspect(error)).toBeInstanceOf(DreamStorageError)
  expectClean(error.message, secrets, 600)
  expectClean(String(error), secrets, 650)
  // The lines of a stack are the only breaks.
  expectClean(withoutPath(inspect(error, { depth: 10 }), error).replaceAll('\n', ''), secrets, 60_000)
  const json = JSON.stringify({ ...error, path: undefined })
  for (const text of textsIn(JSON.parse(json))) expectClean(text, secrets, 600)
  expect(json.length).toBeLessThan(100_000)
}

test('no error, line of the log or event repeats a secret, a query or a control character of a hostile service', {
  timeout: 60_000,
}, async () => {
  const seen = new Set<string>()
  let messages = ''
  for (let seed = 1; seed <= ROUNDS; seed++) {
    const { errors, log, events, secrets } = await playRound(seed)
    for (const error of errors) {
      expectCleanError(error, secrets)
      seen.add(error.name)
      messages += `${error.message}\n`
    }
    for (const text of log.texts) {
      for (const part of textsIn(JSON.parse(text))) expectClean(part, secrets, 600)
      expectClean(text.trimEnd(), secrets, 2_500)
    }
    for (const { event } of events.recorded) {
      const error = 'error' in event ? event.error : undefined
      const text = withoutPath(reachableText(event), error).replaceAll('\n', '')
      expectClean(text, secrets, 200_000)
    }
  }
  // That the service had its say, in many kinds of errors.
  expect(seen.size, [...seen].join()).toBeGreaterThanOrEqual(6)
  for (const trace of ['[redacted]', '?…', '…\n', 'a redirect to', 'not JSON']) {
    expect(messages.includes(trace), trace).toBe(true)
  }
})
