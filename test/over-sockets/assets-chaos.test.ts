import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { DreamStorageError } from '../../src/index.js'
import { createClient, type TestOptions } from '../support/client.js'
import { begin, type FileServer, type Interfere, send, startFileServer } from '../support/file-server.js'
import { contentsOf, tempFolder } from '../support/folder.js'
import { collect } from '../support/process-events.js'
import { random } from '../support/random.js'
import { noise, replyWith, type StoredFile } from '../support/stored-file.js'

const DOWNLOADS = 1_000
const AT_A_TIME = 8
const OBJECTS = 30
const FAULTS = [
  'reset before the headers',
  'reset in the body',
  'short body',
  'stall',
  'change between parts',
  '500',
  '401',
] as const

type Fault = (typeof FAULTS)[number]

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** The objects of a service, every version that there ever was of each, and faults while they are on. */
class Trouble {
  readonly versions = new Map<string, Set<string>>()
  readonly injected = new Map<Fault, number>(FAULTS.map((fault) => [fault, 0]))
  isOn = true
  readonly #next: () => number
  readonly #dialect: string
  #server: FileServer | undefined

  constructor(seed: number, dialect: string) {
    this.#next = random(seed)
    this.#dialect = dialect
  }

  async start(): Promise<FileServer> {
    this.#server = await startFileServer({}, this.#interfere)
    for (let index = 0; index < OBJECTS; index++) this.#change(`object-${index}`)
    return this.#server
  }

  pick(limit: number): number {
    return Math.floor(this.#next() * limit)
  }

  readonly #interfere: Interfere = ({ path, range }, response) => {
    const file = this.#server?.files.get(path)
    if (!this.isOn || !file || this.#next() > 0.45) return false
    const fault = FAULTS[this.pick(FAULTS.length)] ?? 'stall'
    this.injected.set(fault, (this.injected.get(fault) ?? 0) + 1)
    const reply = replyWith(file, range)
    const some = this.pick(reply.bytes.byteLength)
    if (fault === '500' || fault === '401') {
      const bytes = Buffer.from('{"detail":"Invalid token"}')
      send(response, { status: Number(fault), headers: { 'content-type': 'application/json' }, bytes })
      return true
    }
    if (fault === 'reset before the headers') {
      response.socket?.resetAndDestroy()
      return true
    }
    begin(response, reply, some)
    if (fault === 'stall') return true
    if (fault === 'change between parts') this.#change(path)
    if (fault === 'reset in the body') setImmediate(() => response.socket?.resetAndDestroy())
    else response.socket?.end()
    return true
  }

  #change(path: string): void {
    // Often of the same size: then only the tag tells that it is another one.
    const old = this.#server?.files.get(path)
    const isSameSize = old && this.#next() < 0.7
    const size = isSameSize ? old.bytes.byteLength : 4_000 + this.pick(36_000)
    const bytes = noise(size, this.pick(2 ** 31))
    const digest = sha256(bytes)
    const file: StoredFile = this.#dialect === '2025' ? { bytes } : { bytes, etag: `"${digest}"` }
    this.#server?.files.set(path, file)
    this.versions.set(path, (this.versions.get(path) ?? new Set()).add(digest))
  }
}

test.each([
  ['2025', 7],
  ['2026', 11],
])(
  'after 1 000 downloads of the service of %s in every trouble, each file is whole and nothing else is left',
  async (dialect, seed) => {
    const unhandled = collect('unhandledRejection')
    const trouble = new Trouble(seed, dialect)
    const server = await trouble.start()
    const options: TestOptions = { baseUrl: server.url, circuitBreaker: false }
    const retry = { maxRetries: 2, baseDelayMs: 1, maxDelayMs: 2 }
    // Not a login, which pauses after a token that is refused at once.
    const token = (): string => 'token'
    const client = createClient({ ...options, token, retry, timeouts: { downloadMs: 50, requestMs: 50 } })
    const folders = { fresh: await tempFolder(), resumed: await tempFolder() }
    const counts = { done: 0, failed: 0, resumed: 0 }

    /** One download; two at a time may well have one target. */
    const download = async (): Promise<void> => {
      const name = `object-${trouble.pick(OBJECTS)}`
      const resume = trouble.pick(2) === 0
      const target = join(resume ? folders.resumed : folders.fresh, name)
      try {
        const result = await client.downloadAssetToFile('p', 'b', name, target, { resume })
        expect(trouble.versions.get(name)).toContain(result.sha256)
        counts.done++
        if (result.resumedFrom > 0) counts.resumed++
      } catch (error) {
        if (!(error instanceof DreamStorageError)) throw error
        counts.failed++
      }
    }
    /** That every file is one version of its object; gives the names of those that are none. */
    const expectWhole = async (folder: string): Promise<string[]> => {
      const names = await contentsOf(folder)
      const others: string[] = []
      for (const name of names) {
        const versions = trouble.versions.get(name)
        if (versions) expect(versions).toContain(sha256(await readFile(join(folder, name))))
        else others.push(name)
      }
      return others
    }

    let left = DOWNLOADS
    const work = async (): Promise<void> => {
      while (left-- > 0) await download()
    }
    await Promise.all(Array.from({ length: AT_A_TIME }, work))
    expect(counts.done + counts.failed).toBe(DOWNLOADS)
    expect(await expectWhole(folders.fresh)).toEqual([])
    for (const other of await expectWhole(folders.resumed)) expect(other).toMatch(/^\..*\.part$/)

    // Every kind of trouble has been there, and did not help itself.
    expect(Math.min(...trouble.injected.values())).toBeGreaterThan(10)
    expect(counts.failed).toBeGreaterThan(0)
    expect(counts.done).toBeGreaterThan(0)
    if (dialect === '2025') expect(counts.resumed).toBe(0)

    // What is left of the interrupted ones goes with the download that succeeds.
    trouble.isOn = false
    const calm = createClient(options)
    for (const [name, { bytes }] of server.files) {
      for (const [way, folder] of Object.entries(folders)) {
        const target = join(folder, name)
        await calm.downloadAssetToFile('p', 'b', name, target, { resume: way === 'resumed' })
        expect((await readFile(target)).equals(bytes)).toBe(true)
      }
    }
    const all = [...server.files.keys()].sort()
    expect(await contentsOf(folders.fresh)).toEqual(all)
    expect(await contentsOf(folders.resumed)).toEqual(all)
    expect(unhandled).toEqual([])
  },
)
