import { execFile } from 'node:child_process'
import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  type DownloadToFileOptions,
  DreamStorageFileError,
  DreamStorageInputError,
  DreamStorageNetworkError,
  DreamStorageNotFoundError,
  DreamStorageServerError,
  DreamStorageTimeoutError,
  type Progress,
} from '../../src/index.js'
import {
  BYTES,
  failHalfway,
  holdFirst,
  nameInUse,
  OF_2025,
  OF_2026,
  OTHER,
  onlyFile,
  setUp,
  sha256,
  untouchedFor,
  withLeftover,
} from '../support/download-setting.js'
import { failure, rejection } from '../support/failure.js'
import { begin, send } from '../support/file-server.js'
import { contentsOf } from '../support/folder.js'
import { MemoryLog } from '../support/memory-log.js'
import { Moment, until } from '../support/moment.js'
import { noise, replyWith, type StoredFile, slice, tagged } from '../support/stored-file.js'

const DIALECTS: ReadonlyArray<[dialect: string, file: StoredFile]> = [
  ['2025', OF_2025],
  ['2026', OF_2026],
]

describe.each(DIALECTS)('a file of the service of %s', (dialect, file) => {
  test('is written whole, with its length and digest, and nothing beside it', async () => {
    const { folder, target, download, server } = await setUp(file)
    const seen: Progress[] = []
    expect(await download({ onProgress: (progress) => seen.push(progress) })).toEqual({
      bytes: 300_000,
      resumedFrom: 0,
      sha256: sha256(BYTES),
      ...(dialect === '2026' && { etag: file.etag }),
    })
    expect((await readFile(target)).equals(BYTES)).toBe(true)
    expect(await contentsOf(folder)).toEqual(['1.mp3'])
    expect(seen.at(-1)).toEqual({ transferred: 300_000, total: 300_000 })
    expect(server.asked.map(({ range }) => range)).toEqual([undefined])
  })

  test('that is empty is written as an empty file', async () => {
    const bytes = Buffer.alloc(0)
    const { folder, target, download } = await setUp(dialect === '2025' ? { bytes } : tagged(bytes))
    expect(await download()).toMatchObject({ bytes: 0, resumedFrom: 0, sha256: sha256(bytes) })
    expect(await readFile(target)).toEqual(bytes)
    expect(await contentsOf(folder)).toEqual(['1.mp3'])
  })

  test('replaces what stood there', async () => {
    const { folder, target, download } = await setUp(file)
    await writeFile(target, 'older and of another length')
    await download()
    expect((await readFile(target)).equals(BYTES)).toBe(true)
    expect(await contentsOf(folder)).toEqual(['1.mp3'])
  })

  test('that breaks halfway leaves the target as it was and nothing beside it', async () => {
    const { interfere, breaks } = holdFirst(file)
    const setting = await setUp(file, interfere)
    await writeFile(setting.target, 'older')
    await failHalfway(setting, breaks, false)
    expect(await readFile(setting.target, 'utf8')).toBe('older')
    expect(await contentsOf(setting.folder)).toEqual(['1.mp3'])
  })

  test('that breaks halfway is not there at all where it was not before', async () => {
    const { interfere, breaks } = holdFirst(file)
    const setting = await setUp(file, interfere)
    await failHalfway(setting, breaks, false)
    expect(await contentsOf(setting.folder)).toEqual([])
  })

  test('that is aborted halfway rejects with the reason, and leaves and writes nothing', async () => {
    const { interfere } = holdFirst(file)
    const { download, folder, target, client } = await setUp(file, interfere, { maxConnections: 1 })
    await writeFile(target, 'older')
    const controller = new AbortController()
    const reason = new Error('enough')
    const onProgress = (): void => controller.abort(reason)
    expect(await rejection(download({ signal: controller.signal, onProgress }))).toBe(reason)
    expect(await contentsOf(folder)).toEqual(['1.mp3'])
    expect(await readFile(target, 'utf8')).toBe('older')
    expect((await client.downloadAsset('p', 'b', 'a')).byteLength).toBe(300_000)
  })

  test('that goes silent is a timeout, and leaves nothing', async () => {
    const { interfere } = holdFirst(file)
    const { download, folder } = await setUp(file, interfere, { timeouts: { downloadMs: 50 } })
    const error = await failure(download(), DreamStorageTimeoutError)
    expect(error.phase).toBe('body')
    expect(await contentsOf(folder)).toEqual([])
  })

  test('is brought by two downloads at a time, which do not mix', async () => {
    const versions = [file, dialect === '2025' ? { bytes: OTHER } : tagged(OTHER)]
    const both = new Moment()
    const { download, folder, target } = await setUp(file, ({ index }, response) => {
      const reply = replyWith(versions[index % 2] ?? file, undefined)
      begin(response, reply, 100_000)
      void both.passed.then(() => response.end(reply.bytes.subarray(100_000)))
      return true
    })
    let begun = 0
    const once = (): (() => void) => {
      let isFirst = true
      return () => {
        if (isFirst && ++begun === 2) both.happen()
        isFirst = false
      }
    }
    const results = await Promise.all([true, false].map((resume) => download({ resume, onProgress: once() })))
    const digests = results.map((result) => result.sha256).sort()
    expect(digests).toEqual([sha256(BYTES), sha256(OTHER)].sort())
    expect([sha256(BYTES), sha256(OTHER)]).toContain(sha256(await readFile(target)))
    expect(await contentsOf(folder)).toEqual(['1.mp3'])
  })

  test('may have a name as long as the file system takes', async () => {
    const { client, folder } = await setUp(file)
    const name = 'x'.repeat(255)
    await client.downloadAssetToFile('p', 'b', 'a', join(folder, name))
    expect(await contentsOf(folder)).toEqual([name])
  })
})

describe('with resume', () => {
  test('a download that broke is continued where it was', async () => {
    const { download, server, folder, target, kept } = await withLeftover()
    const seen: Progress[] = []
    const result = await download({ resume: true, onProgress: (progress) => seen.push(progress) })
    expect(result).toEqual({
      bytes: 300_000,
      resumedFrom: kept,
      etag: OF_2026.etag,
      sha256: sha256(BYTES),
    })
    const compared = `bytes=${kept - 16_384}-${kept - 1}`
    expect(server.asked.map(({ range }) => range)).toEqual([undefined, compared, `bytes=${kept}-`])
    expect((await readFile(target)).equals(BYTES)).toBe(true)
    expect(await contentsOf(folder)).toEqual(['1.mp3'])
    expect(seen[0]?.transferred).toBeGreaterThanOrEqual(kept)
    expect(seen.at(-1)).toEqual({ transferred: 300_000, total: 300_000 })
  })

  test('a download that was aborted is continued where it was', async () => {
    const { interfere } = holdFirst(OF_2026)
    const { download, folder, target } = await setUp(OF_2026, interfere)
    const controller = new AbortController()
    const onProgress = (): void => controller.abort()
    await rejection(download({ resume: true, signal: controller.signal, onProgress }))
    const { resumedFrom, sha256: digest } = await download({ resume: true })
    expect(resumedFrom).toBeGreaterThan(0)
    expect(digest).toBe(sha256(BYTES))
    expect((await readFile(target)).equals(BYTES)).toBe(true)
    expect(await contentsOf(folder)).toEqual(['1.mp3'])
  })

  test('a download of an object that has changed starts again', async () => {
    const { download, server, folder, target } = await withLeftover()
    server.files.set('a', tagged(OTHER))
    expect(await download({ resume: true })).toMatchObject({ resumedFrom: 0, sha256: sha256(OTHER) })
    expect((await readFile(target)).equals(OTHER)).toBe(true)
    expect(await contentsOf(folder)).toEqual(['1.mp3'])
  })

  test('a download of an object that is now shorter than what is left starts again', async () => {
    const { download, server, folder, target } = await withLeftover()
    const short = noise(10, 3)
    server.files.set('a', tagged(short))
    expect(await download({ resume: true })).toMatchObject({ bytes: 10, resumedFrom: 0 })
    expect(await readFile(target)).toEqual(short)
    expect(await contentsOf(folder)).toEqual(['1.mp3'])
  })

  test('a download of an object that changes after its last bytes were compared starts again', async () => {
    const { download, server, target, folder } = await withLeftover()
    const call = download({ resume: true })
    await until(() => server.asked.length > 1)
    server.files.set('a', tagged(OTHER))
    expect(await call).toMatchObject({ resumedFrom: 0, sha256: sha256(OTHER) })
    expect(server.asked.map(({ range }) => range)).toEqual([
      undefined,
      expect.stringMatching(/^bytes=\d+-\d+$/),
      expect.stringMatching(/^bytes=\d+-$/),
      undefined,
    ])
    expect((await readFile(target)).equals(OTHER)).toBe(true)
    expect(await contentsOf(folder)).toEqual(['1.mp3'])
  })

  test('a download of an object that lost its tag starts again', async () => {
    const { download, server, folder, target } = await withLeftover()
    server.files.set('a', OF_2025)
    expect(await download({ resume: true })).toMatchObject({ resumedFrom: 0, sha256: sha256(BYTES) })
    expect((await readFile(target)).equals(BYTES)).toBe(true)
    expect(await contentsOf(folder)).toEqual(['1.mp3'])
  })

  test('a download without a tag leaves nothing behind when it breaks, and starts again', async () => {
    const { interfere, breaks } = holdFirst(OF_2025)
    const setting = await setUp(OF_2025, interfere)
    await failHalfway(setting, breaks, true)
    expect(await contentsOf(setting.folder)).toEqual([])
    expect(await setting.download({ resume: true })).toMatchObject({
      resumedFrom: 0,
      sha256: sha256(BYTES),
    })
    expect(await contentsOf(setting.folder)).toEqual(['1.mp3'])
    expect(setting.server.asked.map(({ range }) => range)).toEqual([undefined, undefined])
  })

  test('an answer that does not reach the end of the file never becomes the target', async () => {
    const { interfere, breaks } = holdFirst(OF_2026)
    let isCut = false
    const setting = await setUp(OF_2026, (asked, response) => {
      if (interfere(asked, response)) return true
      const start = Number(/\d+/.exec(asked.range ?? '0')?.[0])
      if (isCut || start === 0) return false
      isCut = true
      send(response, slice(OF_2026, start, start + 1_000))
      return true
    })
    await failHalfway(setting, breaks, true)
    await setting.download({ resume: true }).catch(() => {})
    const names = await contentsOf(setting.folder)
    if (names.includes('1.mp3')) expect((await readFile(setting.target)).equals(BYTES)).toBe(true)
    await setting.download({ resume: true })
    expect((await readFile(setting.target)).equals(BYTES)).toBe(true)
    expect(await contentsOf(setting.folder)).toEqual(['1.mp3'])
  })

  test('a rest in chunks that end before the end of the file is not taken for all of it', async () => {
    const { interfere, breaks } = holdFirst(OF_2026)
    const setting = await setUp(OF_2026, (asked, response) => {
      if (interfere(asked, response)) return true
      // The second one is for the last bytes of what is left.
      if (asked.index !== 2) return false
      const { status, headers, bytes } = replyWith(OF_2026, asked.range)
      const { 'content-length': _, ...others } = headers
      response.writeHead(status, others)
      response.write(bytes.subarray(0, 1_000), () => response.end())
      return true
    })
    await failHalfway(setting, breaks, true)
    const error = await failure(setting.download({ resume: true }), DreamStorageNetworkError)
    expect(error.message).toMatch(/ended before byte \d+/)
    expect(await contentsOf(setting.folder)).toEqual([expect.stringMatching(/\.part$/)])
    expect(await setting.download({ resume: true })).toMatchObject({ sha256: sha256(BYTES) })
    expect((await readFile(setting.target)).equals(BYTES)).toBe(true)
    expect(await contentsOf(setting.folder)).toEqual(['1.mp3'])
  })

  test('what a writer has not touched for a minute is continued', async () => {
    const { download, leftover, folder, target, kept } = await withLeftover()
    const dead = join(folder, nameInUse(leftover))
    await rename(leftover, dead)
    await untouchedFor(dead, 61_000)
    expect(await download({ resume: true })).toMatchObject({ resumedFrom: kept, sha256: sha256(BYTES) })
    expect((await readFile(target)).equals(BYTES)).toBe(true)
    expect(await contentsOf(folder)).toEqual(['1.mp3'])
  })

  test('what a writer has touched within the last minute is left alone', async () => {
    const { download, leftover, folder } = await withLeftover()
    const living = nameInUse(leftover)
    await rename(leftover, join(folder, living))
    await untouchedFor(join(folder, living), 50_000)
    expect(await download({ resume: true })).toMatchObject({ resumedFrom: 0, sha256: sha256(BYTES) })
    expect(await contentsOf(folder)).toEqual([living, '1.mp3'].sort())
  })

  test('what is left of another target is left alone', async () => {
    const { client, leftover, folder } = await withLeftover()
    const other = join(folder, '2.mp3')
    const result = await client.downloadAssetToFile('p', 'b', 'a', other, { resume: true })
    expect(result.resumedFrom).toBe(0)
    expect(await contentsOf(folder)).toEqual([leftover.slice(folder.length + 1), '2.mp3'].sort())
  })

  test('two downloads at a time of one leftover are both right', async () => {
    const { download, folder, target } = await withLeftover()
    const results = await Promise.all([download({ resume: true }), download({ resume: true })])
    for (const result of results) expect(result.sha256).toBe(sha256(BYTES))
    expect((await readFile(target)).equals(BYTES)).toBe(true)
    expect(await contentsOf(folder)).toEqual(['1.mp3'])
  })

  test('a download without it removes what is left once it is through', async () => {
    const { download, folder, server } = await withLeftover()
    expect(await download()).toMatchObject({ resumedFrom: 0 })
    expect(server.asked.at(-1)?.range).toBeUndefined()
    expect(await contentsOf(folder)).toEqual(['1.mp3'])
  })
})

describe('a download', () => {
  test('is continued by itself within one call when the tag is the same', async () => {
    const { interfere, breaks } = holdFirst(OF_2026)
    const { download, folder, target, server } = await setUp(OF_2026, interfere, {
      retry: { maxRetries: 3, baseDelayMs: 1 },
    })
    const result = await download({ onProgress: breaks.happen })
    expect(result).toMatchObject({ bytes: 300_000, resumedFrom: 0, sha256: sha256(BYTES) })
    expect((await readFile(target)).equals(BYTES)).toBe(true)
    expect(await contentsOf(folder)).toEqual(['1.mp3'])
    expect(server.asked[1]?.range).toMatch(/^bytes=[1-9]\d*-299999$/)
  })

  test('of an object that changes halfway is begun anew, and never mixed', async () => {
    const { interfere, breaks } = holdFirst(OF_2026)
    const { download, folder, server, target } = await setUp(OF_2026, interfere, {
      retry: { maxRetries: 3, baseDelayMs: 1 },
    })
    server.files.set('a', tagged(OTHER))
    await download({ onProgress: breaks.happen })
    expect(Buffer.compare(await readFile(target), OTHER)).toBe(0)
    expect(await contentsOf(folder)).toHaveLength(1)
  })

  test('of a file that is not there, or not given, leaves no trace', async () => {
    const { client, folder, target } = await setUp(OF_2026, ({ path }, response) => {
      if (path !== 'broken') return false
      response.writeHead(500, { 'content-type': 'text/plain' }).end('Internal Server Error')
      return true
    })
    await failure(client.downloadAssetToFile('p', 'b', 'nowhere', target), DreamStorageNotFoundError)
    await failure(client.downloadAssetToFile('p', 'b', 'broken', target), DreamStorageServerError)
    expect(await contentsOf(folder)).toEqual([])
  })

  test('whose listener throws rejects with what it threw, and leaves nothing', async () => {
    const fault = new Error('listener')
    const { download, folder, client } = await setUp(OF_2026, undefined, { maxConnections: 1 })
    const onProgress = (): never => {
      throw fault
    }
    expect(await rejection(download({ onProgress }))).toBe(fault)
    expect(await contentsOf(folder)).toEqual([])
    expect((await client.downloadAsset('p', 'b', 'a')).byteLength).toBe(300_000)
  })

  test.each<[string, sent: number, (folder: string) => string]>([
    ['a folder that is not there', 0, (folder) => join(folder, 'missing', 'a')],
    ['a folder that is a file', 0, (folder) => join(folder, 'regular', 'a')],
    ['a target that is a folder', 0, (folder) => join(folder, 'sub')],
    ['a name that is too long', 0, (folder) => join(folder, 'x'.repeat(300))],
    ...(process.platform === 'linux'
      ? [['a file system that takes no files', 1, () => '/proc/dcs-test'] as [string, number, () => string]]
      : []),
  ])('to %s is a file error of its call, sends %i requests and leaves nothing', async (_, sent, at) => {
    const log = new MemoryLog()
    const { client, folder, server } = await setUp(OF_2026, undefined, {
      maxConnections: 1,
      logger: log.logger,
    })
    await writeFile(join(folder, 'regular'), 'kept')
    await mkdir(join(folder, 'sub'))
    const target = at(folder)
    const error = await failure(
      client.downloadAssetToFile('p', 'b', 'a', target, { resume: true }),
      DreamStorageFileError,
    )
    const [line, ...others] = log.all({ level: 'error' })
    expect(others).toEqual([])
    expect(error).toMatchObject({
      path: target,
      method: 'GET',
      route: '/storage/books/{publisher}/{book_name}/object',
      requestId: line?.requestId,
      attempts: sent,
    })
    expect(line).toMatchObject({ code: 'ERR_DREAM_STORAGE_FILE', requestId: expect.any(String) })
    const { code = '' } = error.cause as NodeJS.ErrnoException
    expect(code).toMatch(/^E[A-Z]+$/)
    expect(error.message).toContain(`(${code})`)
    expect(server.requests).toHaveLength(sent)
    expect((await readdir(folder)).sort()).toEqual(['regular', 'sub'])
    expect(await readFile(join(folder, 'regular'), 'utf8')).toBe('kept')
    expect((await client.downloadAsset('p', 'b', 'a')).byteLength).toBe(300_000)
  })

  // As a full disk does: writes are refused after a while, whoever asks, root included.
  test.skipIf(process.platform === 'win32').each(['resume', 'fresh'])(
    'that the disk has no room for is a file error and leaves nothing (%s)',
    async (way) => {
      const { server, folder, target } = await setUp(tagged(noise(3_000_000)))
      await writeFile(target, 'older')
      const program = new URL('../support/download-and-tell.ts', import.meta.url).pathname
      const command = 'ulimit -f 1024; exec "$0" --import tsx "$@"'
      const args = ['-c', command, process.execPath, program, server.url, target, way]
      const output = await new Promise<string>((resolve, reject) => {
        execFile('bash', args, (error, stdout, stderr) =>
          error ? reject(new Error(stderr)) : resolve(stdout),
        )
      })
      expect(JSON.parse(output)).toEqual({
        name: 'DreamStorageFileError',
        path: target,
        cause: 'EFBIG',
      })
      expect(await contentsOf(folder)).toEqual(['1.mp3'])
      expect(await readFile(target, 'utf8')).toBe('older')
    },
  )

  test('whose process is killed halfway is continued by the next process', async () => {
    const { interfere } = holdFirst(OF_2026, 200_000)
    const { server, folder, target, download } = await setUp(OF_2026, interfere)
    const program = new URL('../support/download-and-tell.ts', import.meta.url).pathname
    const child = execFile(process.execPath, ['--import', 'tsx', program, server.url, target, 'resume'])
    const ended = new Promise((resolve) => child.once('exit', resolve))
    await until(async () => {
      const [name] = await contentsOf(folder)
      return name !== undefined && (await stat(join(folder, name))).size > 0
    })
    child.kill('SIGKILL')
    await ended
    await untouchedFor(await onlyFile(folder), 61_000)
    const result = await download({ resume: true })
    expect(result.resumedFrom).toBeGreaterThan(0)
    expect(result.sha256).toBe(sha256(BYTES))
    expect((await readFile(target)).equals(BYTES)).toBe(true)
    expect(await contentsOf(folder)).toEqual(['1.mp3'])
  })

  test.each([
    ['', {}],
    ['a\0b', {}],
    [undefined, {}],
    [7, {}],
    ['x', { resume: 'yes' }],
    ['x', { range: { start: 0 } }],
    ['x', { onProgress: true }],
  ])('to %j with %j is an input error, and nothing is sent', async (file, options) => {
    const { client, server } = await setUp(OF_2026)
    const call = client.downloadAssetToFile('p', 'b', 'a', file as string, options as DownloadToFileOptions)
    await failure(call, DreamStorageInputError)
    expect(server.requests).toEqual([])
  })
})
