import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, stat, utimes } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { createClient } from './support/client.js'
import { fileNode, folderNode } from './support/file-server.js'
import { bytesBelow, contentsOf, tempFolder } from './support/folder.js'
import { LEDGER } from './support/mirror.js'
import { random } from './support/random.js'
import { noise, replyWith, type StoredFile, tagged } from './support/stored-file.js'

// 20 with DREAM_CENTRAL_STORAGE_SOAK=1.
const IS_SOAK = process.env['DREAM_CENTRAL_STORAGE_SOAK'] === '1'
const ROUNDS = IS_SOAK ? 20 : 2
const BOOKS = ['b1', 'b2', 'b3']
const FILES_PER_BOOK = 40
const next = random(20_26)
const below = (limit: number): number => Math.floor(next() * limit)

type Books = Map<string, Map<string, StoredFile>>

/** The files of every book; a third of them is another one after each call, or is gone. */
function change(books: Books): void {
  for (const book of BOOKS) {
    const files = books.get(book) ?? new Map<string, StoredFile>()
    books.set(book, files)
    for (let index = 0; index < FILES_PER_BOOK; index++) {
      const path = `${book}/${index % 4}/${index}`
      if (files.has(path) && below(3) > 0) continue
      if (files.has(path) && below(4) === 0) files.delete(path)
      // Half of the changes keep the size.
      else files.set(path, tagged(noise(below(2) === 0 ? 1_000 : 150_000 + below(3), below(2 ** 31))))
    }
  }
}

/** A server of the books, which calls `onFile` for each request for a file. */
async function startBookServer(books: Books, onFile: () => void): Promise<string> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost')
    const files = books.get(pathname.split('/')[4] ?? '') ?? new Map<string, StoredFile>()
    if (!pathname.endsWith('/object')) {
      const nodes = Array.from(files, ([path, { bytes }]) => fileNode(path, bytes.byteLength))
      return void response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify(folderNode(nodes)))
    }
    const file = files.get(searchParams.get('path') ?? '')
    onFile()
    if (!file) return void response.writeHead(404).end()
    const { status, headers, bytes } = replyWith(file, request.headers.range)
    response.writeHead(status, headers)
    // In two pieces, so that some are killed between them.
    response.write(bytes.subarray(0, bytes.byteLength >> 1))
    setImmediate(() => response.end(bytes.subarray(bytes.byteLength >> 1)))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function start(url: string, folder: string): ChildProcess {
  const program = fileURLToPath(new URL('./support/mirror-until-killed.ts', import.meta.url))
  const args = ['--import', 'tsx', program, url, folder, ...BOOKS]
  return spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] })
}

/** What a ledger says of each version of a file: `path size mtime`. */
async function noted(folder: string): Promise<Set<string>> {
  const text = await readFile(join(folder, LEDGER), 'utf8').catch(() => '')
  const entries = new Set<string>()
  for (const line of text.split('\n')) {
    // A line that was cut by a kill.
    if (!line.endsWith('}')) continue
    const { path, size, mtimeMs, removed } = JSON.parse(line)
    if (removed) entries.delete(`${path} ${size} ${mtimeMs}`)
    else entries.add(`${path} ${size} ${mtimeMs}`)
  }
  return entries
}

/** The files that no entry is of: every file of the folder was written by a mirror. */
async function unknownFiles(folder: string): Promise<string[]> {
  const entries = await noted(folder)
  const unknown: string[] = []
  for (const path of await contentsOf(folder)) {
    if (path === LEDGER || path.endsWith('.part')) continue
    const { size, mtimeMs } = await stat(join(folder, path))
    if (!entries.has(`${path} ${size} ${mtimeMs}`)) unknown.push(path)
  }
  return unknown
}

test(`two processes with two threads each that mirror 3 books into one folder, killed ${ROUNDS} times, leave no harm`, {
  timeout: 60_000 + ROUNDS * 20_000,
}, async () => {
  const books: Books = new Map()
  let onFile = (): void => {}
  const url = await startBookServer(books, () => onFile())
  const folder = await tempFolder()
  let leftovers = 0
  for (let round = 0; round < ROUNDS; round++) {
    change(books)
    const children = [start(url, folder), start(url, folder)]
    let left = 150 + below(250)
    onFile = () => {
      if (--left === 0) for (const child of children) child.kill('SIGKILL')
    }
    const ends = await Promise.all(children.map((child) => once(child, 'close')))
    expect(ends.map(([, signal]) => signal)).toEqual(['SIGKILL', 'SIGKILL'])
    expect(await unknownFiles(folder)).toEqual([])
    leftovers += (await contentsOf(folder)).filter((name) => name.endsWith('.part')).length
  }
  onFile = () => {}
  // A minute later.
  for (const name of await contentsOf(folder)) {
    if (name.endsWith('.part')) await utimes(join(folder, name), new Date(), new Date(Date.now() - 90_000))
  }
  const client = createClient({ baseUrl: url, token: 'key' })
  for (const book of BOOKS) {
    expect((await client.mirrorBook('p', book, folder, { prune: true })).failed).toEqual([])
  }
  const expected = new Map(BOOKS.flatMap((book) => [...(books.get(book) ?? [])]))
  const found = await bytesBelow(folder)
  found.delete(LEDGER)
  expect([...found.keys()].sort()).toEqual([...expected.keys()].sort())
  const wrong = [...found].filter(([path, bytes]) => !bytes.equals(expected.get(path)?.bytes ?? Buffer.of()))
  expect(wrong.map(([path]) => path)).toEqual([])
  for (const book of BOOKS) {
    const { unchanged } = await client.mirrorBook('p', book, folder)
    expect(unchanged).toHaveLength(books.get(book)?.size ?? -1)
  }
  if (IS_SOAK)
    process.stderr.write(`killed-mirrors: ${ROUNDS} rounds, ${leftovers} partial files seen after kills\n`)
})
