import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DreamCentralStorageClient, MirrorBookOptions, MirrorResult } from '../../src/index.js'
import { createClient, type TestOptions } from './client.js'
import { type FileServer, type Interfere, startFileServer } from './file-server.js'
import { tempFolder } from './folder.js'
import type { StoredFile } from './stored-file.js'

/** The name of the ledger in the folder of a mirror. */
export const LEDGER = '.dream-central-storage.jsonl'

/** A server of one book, and a folder that mirrors it. */
export interface MirrorSetting {
  readonly server: FileServer
  readonly client: DreamCentralStorageClient
  readonly folder: string
  readonly ledger: string
  /** Mirrors the book `b`, or another of the same files. */
  mirror(options?: MirrorBookOptions, book?: string): Promise<MirrorResult>
}

/** Starts one; no request is repeated. */
export async function setUpMirror(
  files: Readonly<Record<string, StoredFile>>,
  interfere?: Interfere,
  options: Partial<TestOptions> = {},
): Promise<MirrorSetting> {
  const server = await startFileServer(files, interfere)
  const retry = { maxRetries: 0, baseDelayMs: 1 }
  const client = createClient({ baseUrl: server.url, token: 'key', retry, circuitBreaker: false, ...options })
  const folder = await tempFolder()
  const mirror = (more?: MirrorBookOptions, book = 'b'): Promise<MirrorResult> =>
    client.mirrorBook('p', book, folder, more)
  return { server, client, folder, ledger: join(folder, LEDGER), mirror }
}

/** The paths of one book that a ledger has, after all of its lines, of which the last may be cut. */
export async function notedPaths(folder: string, book = 'b'): Promise<string[]> {
  const lines = (await readFile(join(folder, LEDGER), 'utf8')).split('\n').filter((line) => line !== '')
  const noted = new Set<string>()
  for (const line of lines) {
    const { book_name, path, removed } = JSON.parse(line)
    if (book_name !== book) continue
    if (removed) noted.delete(path)
    else noted.add(path)
  }
  return [...noted].sort()
}
