import { createHash, randomUUID } from 'node:crypto'
import { readFile, stat, utimes } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { expect } from 'vitest'
import {
  type DownloadToFileOptions,
  type DreamCentralStorageClient,
  DreamStorageNetworkError,
  type FileDownload,
} from '../../src/index.js'
import { createClient, type TestOptions } from './client.js'
import { failure } from './failure.js'
import { begin, type FileServer, type Interfere, startFileServer } from './file-server.js'
import { contentsOf, tempFolder } from './folder.js'
import { Moment, until } from './moment.js'
import { noise, replyWith, type StoredFile, tagged } from './stored-file.js'

/** The file, and another one of the same size. */
export const BYTES = noise(300_000)
export const OTHER = noise(300_000, 2)
export const OF_2025: StoredFile = { bytes: BYTES }
export const OF_2026 = tagged(BYTES)
/** A server of one file, a client of it, and an empty folder. */
export interface Setting {
  readonly server: FileServer
  readonly client: DreamCentralStorageClient
  readonly folder: string
  readonly target: string
  download(options?: DownloadToFileOptions): Promise<FileDownload>
}

/** Sets up a server of the file `a`; `target` is where `download` writes it. */
export async function setUp(
  file: StoredFile,
  interfere?: Interfere,
  options: Partial<TestOptions> = {},
): Promise<Setting> {
  const server = await startFileServer({ a: file }, interfere)
  const client = createClient({
    baseUrl: server.url,
    token: 'key',
    retry: { maxRetries: 0, baseDelayMs: 1 },
    circuitBreaker: false,
    ...options,
  })
  const folder = await tempFolder()
  const target = join(folder, '1.mp3')
  const download = (more?: DownloadToFileOptions): Promise<FileDownload> =>
    client.downloadAssetToFile('p', 'b', 'a', target, more)
  return { server, client, folder, target, download }
}

/** In hex, as the client tells it. */
export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** The first answer brings the beginning of a file and is held; it breaks when the test says so. */
export function holdFirst(file: StoredFile, count = 100_000): { interfere: Interfere; breaks: Moment } {
  const breaks = new Moment()
  const interfere: Interfere = ({ index, range }, response) => {
    if (index > 0) return false
    begin(response, replyWith(file, range), count)
    void breaks.passed.then(() => response.socket?.resetAndDestroy())
    return true
  }
  return { interfere, breaks }
}

/** Fails in the middle: the bytes have begun to arrive, and then the connection breaks for good. */
export async function failHalfway({ download }: Setting, breaks: Moment, resume: boolean): Promise<void> {
  const call = download({ resume, onProgress: breaks.happen })
  await failure(call, DreamStorageNetworkError)
}

/** The folder with what a download left when it failed halfway. */
export async function withLeftover(): Promise<Setting & { leftover: string; kept: number }> {
  const { interfere, breaks } = holdFirst(OF_2026)
  const setting = await setUp(OF_2026, interfere)
  await failHalfway(setting, breaks, true)
  const leftover = await onlyFile(setting.folder)
  const kept = (await stat(leftover)).size
  expect(kept).toBeGreaterThan(0)
  expect((await readFile(leftover)).equals(BYTES.subarray(0, kept))).toBe(true)
  return { ...setting, leftover, kept }
}

/** The path of the only file in a folder. */
export async function onlyFile(folder: string): Promise<string> {
  const [name = '', ...others] = await contentsOf(folder)
  expect(others).toEqual([])
  return join(folder, name)
}

/** The name that a partial file of the same target and object has while it is written. */
export function nameInUse(leftover: string): string {
  const [, target, tag, , ...rest] = basename(leftover).split('.')
  return ['', target, tag, '1', ...rest].join('.')
}

/** A name of a partial file of a target and an object: `0` is one that a download left, `1` one that is written. */
export function partialName(target: string, etag: string, state: '0' | '1'): string {
  const digests = [target, etag].map((text) => sha256(Buffer.from(text)).slice(0, 16))
  return ['', ...digests, state, randomUUID(), 'part'].join('.')
}

/** Sets the time of a file back, as if nobody had touched it since. */
export async function untouchedFor(file: string, ms: number): Promise<void> {
  const then = new Date(Date.now() - ms)
  await utimes(file, then, then)
}

/** Resolves when a partial file in a folder, or below it, has bytes. */
export async function writes(folder: string): Promise<void> {
  await until(async () => {
    for (const path of await contentsOf(folder)) {
      const found = path.endsWith('.part') && (await stat(join(folder, path)).catch(() => undefined))
      if (found && found.size > 0) return true
    }
    return false
  })
}
