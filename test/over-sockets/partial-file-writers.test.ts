import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, readdir, readFile, rename, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { createClient } from '../support/client.js'
import {
  BYTES,
  nameInUse,
  OF_2026,
  OTHER,
  onlyFile,
  partialName,
  setUp,
  sha256,
  untouchedFor,
  withLeftover,
  writes,
} from '../support/download-setting.js'
import { begin, type Interfere, startFileServer } from '../support/file-server.js'
import { contentsOf, tempFolder } from '../support/folder.js'
import { LEDGER, setUpMirror } from '../support/mirror.js'
import { Moment, until } from '../support/moment.js'
import { noise, replyWith, type StoredFile, tagged } from '../support/stored-file.js'

const PROGRAM = fileURLToPath(new URL('../support/download-and-tell.ts', import.meta.url))

function startProcess(args: readonly string[]): ChildProcess & { result: Promise<string> } {
  const child = spawn(process.execPath, ['--import', 'tsx', PROGRAM, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return Object.assign(child, { result: text(child.stdout) })
}

function runThread(args: readonly string[]): Promise<string> {
  // The option `--import` of Node.js 20 does not load the loader for the first module of a thread.
  const code = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(PROGRAM)}) })`
  const worker = new Worker(code, { eval: true, execArgv: [], argv: [...args], stdout: true })
  return text(worker.stdout)
}

const sizeOf = ({ size }: { size: number }): number => size
const isPartial = (name: string): boolean => name.endsWith('.part')

async function kill(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await ended
}

/** The first answer for the file `a` brings its beginning, and `rest` when the test says so. */
function holdFirst(rest: Buffer): { interfere: Interfere; goOn: Moment } {
  const goOn = new Moment()
  const interfere: Interfere = ({ index, path, range }, response) => {
    if (path !== 'a' || index > 0) return false
    begin(response, replyWith(OF_2026, range), 100_000)
    void goOn.passed.then(() => response.end(rest.subarray(100_000)))
    return true
  }
  return { interfere, goOn }
}

describe('writers of one folder', () => {
  test('two threads and two processes with the same 60 files lose none to each other', async () => {
    const names = Array.from({ length: 60 }, (_, index) => String(index).padStart(2, '0'))
    const files = names.map((name, index): [string, StoredFile] => [name, tagged(noise(70_000, index))])
    const all = new Moment()
    const server = await startFileServer(Object.fromEntries(files), ({ path, index, range }, response) => {
      // No answer is complete before all four are at work.
      if (path !== '00' && path !== '01') return false
      if (index === 3) all.happen()
      const reply = replyWith(server.files.get(path) ?? OF_2026, range)
      begin(response, reply, 40_000)
      void all.passed.then(() => response.end(reply.bytes.subarray(40_000)))
      return true
    })
    const folder = await tempFolder()
    const args = [server.url, folder, 'each', ...names]
    const processes = [startProcess(args), startProcess(args)]
    const results = await Promise.all([
      runThread(args),
      runThread(args),
      ...processes.map(({ result }) => result),
    ])
    expect(results).toEqual(['[]', '[]', '[]', '[]'])
    expect(await contentsOf(folder)).toEqual(names)
    for (const [name, { bytes }] of files) {
      expect((await readFile(join(folder, name))).equals(bytes), name).toBe(true)
    }
  })

  test.skipIf(process.platform === 'win32')(
    'one that was stopped for a minute fails without harm to the one that followed it',
    async () => {
      const { interfere, goOn } = holdFirst(OTHER)
      const { server, folder, target, download } = await setUp(OF_2026, interfere)
      const child = startProcess([server.url, target, 'resume'])
      await writes(folder)
      child.kill('SIGSTOP')
      const stopped = await onlyFile(folder)
      await untouchedFor(stopped, 61_000)
      const followed = await download({ resume: true })
      expect(followed.resumedFrom).toBeGreaterThan(0)
      expect(followed.sha256).toBe(sha256(BYTES))
      const { ino } = await stat(target)
      // What still comes for the one that was stopped is even wrong.
      goOn.happen()
      child.kill('SIGCONT')
      expect(JSON.parse(await child.result)).toEqual({ name: 'DreamStorageFileError', path: target })
      expect((await stat(target)).ino).toBe(ino)
      expect((await readFile(target)).equals(BYTES)).toBe(true)
      expect(await contentsOf(folder)).toEqual(['1.mp3'])
    },
  )

  describe('one that wakes up while the next one compares its file', () => {
    async function wake() {
      const { interfere, goOn } = holdFirst(OTHER)
      const compares = new Moment()
      const mayCompare = new Moment()
      const setting = await setUp(OF_2026, (asked, response) => {
        if (interfere(asked, response)) return true
        if (asked.index !== 1) return false
        compares.happen()
        const { status, headers, bytes } = replyWith(OF_2026, asked.range)
        void mayCompare.passed.then(() => response.writeHead(status, headers).end(bytes))
        return true
      })
      const first = setting.download()
      await writes(setting.folder)
      const partial = await onlyFile(setting.folder)
      await untouchedFor(partial, 61_000)
      const second = setting.download({ resume: true })
      await compares.passed
      return { ...setting, first, second, partial, goOn, mayCompare }
    }

    test('does not write into the copy', async () => {
      const { first, second, goOn, mayCompare, target, folder } = await wake()
      goOn.happen()
      expect((await first).sha256).not.toBe(sha256(BYTES))
      mayCompare.happen()
      expect((await second).sha256).toBe(sha256(BYTES))
      expect((await readFile(target)).equals(BYTES)).toBe(true)
      expect(await contentsOf(folder)).toEqual(['1.mp3'])
    })

    test('keeps its own if it has touched it', async () => {
      const { first, second, goOn, mayCompare, partial, folder, target } = await wake()
      await untouchedFor(partial, 0)
      mayCompare.happen()
      expect((await second).sha256).toBe(sha256(BYTES))
      expect(await contentsOf(folder)).toEqual([partial.slice(folder.length + 1), '1.mp3'].sort())
      goOn.happen()
      const { sha256: ofFirst } = await first
      expect(ofFirst).toBe(sha256(await readFile(target)))
      expect(await contentsOf(folder)).toEqual(['1.mp3'])
    })
  })
})

describe('a download that is killed', () => {
  test('again and again is continued each time, and right in the end', async () => {
    const { server, folder, target, download } = await setUp(OF_2026, ({ range }, response) => {
      // What compares the last bytes of a leftover gets its answer.
      if (isLast || (range !== undefined && !range.endsWith('-'))) return false
      begin(response, replyWith(OF_2026, range), 80_000)
      return true
    })
    let isLast = false
    let bytes = 0
    for (let kills = 0; kills < 3; kills++) {
      const child = startProcess([server.url, target, 'resume'])
      await until(async () => {
        const sizes = (await contentsOf(folder)).map((name) => stat(join(folder, name)).then(sizeOf, () => 0))
        return Math.max(0, ...(await Promise.all(sizes))) > bytes
      })
      await kill(child)
      const left = await contentsOf(folder)
      const sizes = await Promise.all(left.map((name) => stat(join(folder, name)).then(sizeOf)))
      bytes = Math.max(...sizes)
      for (const name of left) await untouchedFor(join(folder, name), 61_000)
    }
    isLast = true
    expect(await download({ resume: true })).toMatchObject({ resumedFrom: bytes, sha256: sha256(BYTES) })
    expect((await readFile(target)).equals(BYTES)).toBe(true)
    expect(await contentsOf(folder)).toEqual(['1.mp3'])
    expect(server.asked.filter(({ range }) => range === undefined)).toHaveLength(1)
  })
})

describe('the heartbeat of a writer', () => {
  test('is at least every 10 s, also while nothing comes', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    onTestFinished(() => void vi.useRealTimers())
    const { interfere, goOn } = holdFirst(BYTES)
    const { folder, download, target } = await setUp(OF_2026, interfere)
    const call = download()
    await writes(folder)
    const partial = await onlyFile(folder)
    for (let beat = 0; beat < 3; beat++) {
      await untouchedFor(partial, 55_000)
      vi.advanceTimersByTime(10_000)
      await until(async () => (await stat(partial)).mtimeMs > Date.now() - 30_000)
    }
    goOn.happen()
    await call
    expect(vi.getTimerCount()).toBe(0)
    const { mtimeMs } = await stat(target)
    vi.advanceTimersByTime(60_000)
    expect((await stat(target)).mtimeMs).toBe(mtimeMs)
  })

  test('ends with a download that fails', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    onTestFinished(() => void vi.useRealTimers())
    const { interfere } = holdFirst(BYTES)
    const { folder, download } = await setUp(OF_2026, interfere)
    const controller = new AbortController()
    const call = download({ signal: controller.signal, resume: true })
    await writes(folder)
    controller.abort()
    await expect(call).rejects.toThrow()
    expect(vi.getTimerCount()).toBe(0)
  })

  test.each([-3_600_000, 3_600_000])(
    'and its age are by the clock of the file system, though ours is %i ms ahead',
    async (aheadMs) => {
      const { interfere, goOn } = holdFirst(BYTES)
      const { folder, download, client, server } = await setUp(OF_2026, interfere)
      const now = Date.now()
      vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'], now: now + aheadMs })
      onTestFinished(() => void vi.useRealTimers())
      const call = download()
      await writes(folder)
      const partial = await onlyFile(folder)
      server.files.set('b', OF_2026)
      await client.mirrorBook('p', 'b', folder)
      expect((await contentsOf(folder)).filter(isPartial)).toEqual([partial.slice(folder.length + 1)])
      const { mtimeMs } = await stat(partial)
      vi.advanceTimersByTime(10_000)
      await until(async () => (await stat(partial)).mtimeMs !== mtimeMs)
      const beat = (await stat(partial)).mtimeMs
      expect(beat).toBeGreaterThan(now)
      expect(beat).toBeLessThan(now + 120_000)
      goOn.happen()
      await call
    },
  )
})

describe('the next mirror of a folder', () => {
  test('removes what a killed one left, of files that are done and of files that are gone too', async () => {
    const held = new Moment()
    const files = { done: OF_2026, gone: OF_2026, 'x/gone': OF_2026, 'x/stays': OF_2026 }
    const server = await startFileServer(files, ({ path, range, index }, response) => {
      if (index > 0) return false
      begin(response, replyWith(OF_2026, range), 100_000)
      if (path === 'x/stays') held.happen()
      return true
    })
    const folder = await tempFolder()
    const child = startProcess([server.url, folder, 'mirror'])
    await held.passed
    await until(async () => (await contentsOf(folder)).filter(isPartial).length === 4)
    await kill(child)
    const left = (await contentsOf(folder)).filter(isPartial)
    const client = createClient({ baseUrl: server.url, token: 'key' })
    // Within a minute, nobody knows that it is dead.
    expect((await client.mirrorBook('p', 'b', folder)).downloaded).toHaveLength(4)
    expect((await contentsOf(folder)).filter(isPartial)).toEqual(left)
    for (const name of left) await untouchedFor(join(folder, name), 61_000)
    server.files.delete('gone')
    server.files.delete('x/gone')
    expect(await client.mirrorBook('p', 'b', folder)).toMatchObject({ unchanged: ['done', 'x/stays'] })
    expect((await contentsOf(folder)).filter(isPartial)).toEqual([])
  })

  test('removes what is in a folder that the book has no more, and then the folder', async () => {
    const { mirror, folder, server } = await setUpMirror({ a: OF_2026, 'x/y/b': OF_2026 })
    await mirror()
    const leftover = join(folder, 'x/y', partialName('c', '', '1'))
    await writeFile(leftover, BYTES)
    await untouchedFor(leftover, 61_000)
    server.files.delete('x/y/b')
    expect((await mirror({ prune: true })).pruned).toEqual(['x/y/b'])
    expect((await readdir(folder)).sort()).toEqual([LEDGER, 'a'])
  })

  test('does not look for any through a link', async () => {
    const { mirror, folder, server } = await setUpMirror({ a: OF_2026, 'x/y/b': OF_2026 })
    await mirror()
    const outside = await tempFolder()
    await mkdir(join(outside, 'y'))
    const leftover = join(outside, 'y', partialName('b', '', '1'))
    await writeFile(leftover, BYTES)
    await untouchedFor(leftover, 61_000)
    await rename(join(folder, 'x'), join(outside, 'moved'))
    await symlink(outside, join(folder, 'x'))
    server.files.delete('x/y/b')
    await mirror()
    expect(await contentsOf(outside)).toContain(leftover.slice(outside.length + 1))
  })

  test('leaves what was touched within the last minute, and what its own failed files need', async () => {
    const { client, folder, leftover, server } = await withLeftover()
    const young = nameInUse(leftover).replace(/^\.\w{16}/, `.${'0'.repeat(16)}`)
    const kept = young.replace(/\.1\./, '.0.')
    for (const name of [young, kept]) {
      await writeFile(join(folder, name), BYTES)
      await untouchedFor(join(folder, name), 50_000)
    }
    await untouchedFor(leftover, 3_600_000)
    server.files.clear()
    server.listing = ['1.mp3']
    // The first one continues it, until the connection breaks; for the second one there is no such file.
    for (let run = 0; run < 2; run++) {
      const { failed } = await client.mirrorBook('p', 'b', folder)
      expect(failed.map(({ path }) => path)).toEqual(['1.mp3'])
      const own = (await contentsOf(folder)).filter(
        (name) => isPartial(name) && name !== young && name !== kept,
      )
      for (const name of own) await untouchedFor(join(folder, name), 3_600_000)
    }
    // What is needed may have another name now, but the same target, object and state.
    const describeAll = (names: readonly string[]): string[] => names.map((name) => name.slice(0, 37)).sort()
    const names = [leftover.slice(folder.length + 1), young, kept]
    expect(describeAll((await contentsOf(folder)).filter(isPartial))).toEqual(describeAll(names))
  })
})
