import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startLiveService } from './support/live-service.js'
import { json } from './support/server.js'

const run = promisify(execFile)
const ROOT = fileURLToPath(new URL('..', import.meta.url))
const MODULES = join(ROOT, 'node_modules')
const NAME = 'dream-central-storage-client'

// npm, tsc and node are started, each in its own process.
const SLOW = { timeout: 180_000 }

let workspace: string
let unpacked: string

/** Packs a copy of the sources, so that nothing in the checkout changes, and unpacks it. */
beforeAll(async () => {
  workspace = await mkdtemp(join(tmpdir(), `${NAME}-`))
  const copy = join(workspace, 'copy')
  const { files } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { files: string[] }
  const sources = [
    'package.json',
    'tsconfig.json',
    'src',
    'scripts/build.ts',
    'README.md',
    'LICENSE',
    ...files,
  ]
  for (const name of sources.filter((source) => source !== 'dist')) {
    await cp(join(ROOT, name), join(copy, name), { recursive: true })
  }
  await symlink(MODULES, join(copy, 'node_modules'))
  await run('npm', ['pack', '--silent', '--offline', '--pack-destination', workspace], { cwd: copy })
  const [archive = ''] = (await readdir(workspace)).filter((name) => name.endsWith('.tgz'))
  unpacked = join(workspace, 'package')
  await run('tar', ['-xzf', join(workspace, archive), '-C', workspace])
}, SLOW.timeout)

afterAll(() => rm(workspace, { recursive: true, force: true }))

/** A project with the package and these other packages. */
async function project(name: string, modules: readonly string[]): Promise<string> {
  const folder = join(workspace, name)
  const installed = join(folder, 'node_modules')
  await cp(unpacked, join(installed, NAME), { recursive: true })
  for (const module of modules) {
    await mkdir(dirname(join(installed, module)), { recursive: true })
    await symlink(join(MODULES, module), join(installed, module))
  }
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  return folder
}

/** Runs a module of the project. Returns what it wrote. */
async function runModule(
  folder: string,
  source: string,
  env: NodeJS.ProcessEnv = {},
): Promise<{ stdout: string; stderr: string }> {
  await writeFile(join(folder, 'main.mjs'), source)
  const { PATH } = process.env
  return run(process.execPath, ['main.mjs'], { cwd: folder, env: { PATH, ...env } })
}

/** Compiles a module of the project without skipLibCheck. Returns the errors of tsc. */
async function compile(folder: string, source: string): Promise<string> {
  await writeFile(join(folder, 'main.ts'), source)
  const options = ['--module', 'nodenext', '--target', 'es2023', '--lib', 'es2023,esnext.disposable']
  const strict = ['--strict', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess']
  const args = [...options, ...strict, '--types', 'node', '--skipLibCheck', 'false', '--noEmit', 'main.ts']
  const tsc = join(MODULES, 'typescript', 'bin', 'tsc')
  return run(process.execPath, [tsc, ...args], { cwd: folder }).then(
    () => '',
    ({ stdout }: { stdout: string }) => stdout,
  )
}

/** The packages that a file and all that it imports name, by `import`, `import()` or in a type. */
async function packagesOf(entry: string): Promise<string[]> {
  const packages = new Set<string>()
  const visited = new Set<string>()
  const left = [entry]
  for (let file = left.pop(); file !== undefined; file = left.pop()) {
    if (visited.has(file)) continue
    visited.add(file)
    for (const [, name = ''] of (await readFile(file, 'utf8')).matchAll(
      /(?:from|import|import\()\s*['"]([^'"]+)['"]/g,
    )) {
      if (!name.startsWith('.')) packages.add(name)
      else left.push(await resolve(file, name))
    }
  }
  return [...packages].sort()
}

/** The file that a relative import names; for one of declarations, the declarations. */
async function resolve(file: string, name: string): Promise<string> {
  const path = join(dirname(file), name)
  return file.endsWith('.d.ts') ? path.replace(/\.js$/, '.d.ts') : path
}

const CONSUMER = `
import { type Book, DreamCentralStorageClient, DreamStorageNotFoundError, optionsFromEnv } from '${NAME}'

export async function titles(): Promise<string[]> {
  await using client = new DreamCentralStorageClient({ ...optionsFromEnv(), cache: { booksTtlMs: 1_000 } })
  const books: readonly Book[] = await client.getBooks({ signal: AbortSignal.timeout(1_000) })
  const { data } = await client.api.GET('/books/{book_id}', { params: { path: { book_id: 1 } } })
  return [...books, ...(data ? [data] : [])].map((book) => book.book_name)
}

export const isNotFound = (error: unknown): boolean =>
  error instanceof DreamStorageNotFoundError && error.code === 'ERR_DREAM_STORAGE_NOT_FOUND'

// @ts-expect-error a book has no such field
export const wrong = (book: Book): unknown => book.title
`

const NEEDED = ['openapi-fetch', 'openapi-typescript-helpers', 'quick-lru']

describe('the package', SLOW, () => {
  test('holds what it says and nothing else', async () => {
    const names = (await readdir(unpacked)).sort()
    expect(names).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'dist', 'generated', 'package.json'])
    const all = await readdir(unpacked, { recursive: true })
    expect(all.filter((name) => /test\.|\.env|\.tgz|\.map$|node_modules/.test(name))).toEqual([])
    const { exports } = JSON.parse(await readFile(join(unpacked, 'package.json'), 'utf8'))
    const targets = Object.values<string | Record<string, string>>(exports).flatMap((target) =>
      typeof target === 'string' ? [target] : Object.values(target),
    )
    for (const target of targets) await readFile(join(unpacked, target))
  })

  test('compiles in a strict project that checks its libraries', async () => {
    const folder = await project('strict', [...NEEDED, 'pino', '@types/node', 'undici-types'])
    expect(await compile(folder, CONSUMER)).toBe('')
  })

  test('names in the types of its main entry no more than its own dependencies and Node.js', async () => {
    const types = await packagesOf(join(unpacked, 'dist', 'index.d.ts'))
    expect(types.filter((name) => !name.startsWith('node:'))).toEqual(['openapi-fetch'])
  })

  test('names @mswjs/data in no type that the mock service shows', async () => {
    const types = await packagesOf(join(unpacked, 'dist', 'testing', 'index.d.ts'))
    expect(types).toEqual(['msw'])
  })

  test('imports what it depends on only', async () => {
    const packages = await packagesOf(join(unpacked, 'dist', 'index.js'))
    const { dependencies } = JSON.parse(await readFile(join(unpacked, 'package.json'), 'utf8'))
    const names = packages.map((name) => name.split('/', 1)[0] ?? '')
    const foreign = names.filter((name) => !name.startsWith('node:') && !(name in dependencies))
    expect(foreign).toEqual([])
  })
})

describe('the main entry', SLOW, () => {
  test('is loaded, and makes a client, without pino, msw and @mswjs/data', async () => {
    // They are not installed, so they cannot be loaded.
    const folder = await project('bare', NEEDED)
    const { stdout } = await runModule(
      folder,
      `import * as entry from '${NAME}'
       const client = new entry.DreamCentralStorageClient({ baseUrl: 'http://dcs.test', token: 't' })
       console.log(client.getAssetUrl('p', 'b', 'a'))
       for (const name of ['pino', 'msw', '@mswjs/data', '@hono/node-server']) {
         await import(name).then(() => console.log('there is', name), () => {})
       }
       await client.close()`,
    )
    expect(stdout).toBe('http://dcs.test/storage/books/p/b/object?path=a\n')
  })

  test('reads a service over HTTP, writes a log when it is asked to, and lets the process end', async () => {
    const service = await startLiveService((_, response) =>
      json(response, 200, [{ id: 1, book_name: 'BRAINS' }]),
    )
    const folder = await project('whole', [...NEEDED, 'pino'])
    const { stdout, stderr } = await runModule(
      folder,
      `import { getDreamStorageClient } from '${NAME}'
       const [book] = await getDreamStorageClient().getBooks()
       console.log(book.book_name)
       await getDreamStorageClient().close()`,
      {
        DREAM_CENTRAL_STORAGE_URL: service.url,
        DREAM_CENTRAL_STORAGE_EMAIL: 'a@b.c',
        DREAM_CENTRAL_STORAGE_PASSWORD: 'secret',
        DREAM_CENTRAL_STORAGE_LOG_LEVEL: 'info',
      },
    )
    const [line = '', name] = stdout.split('\n')
    expect(JSON.parse(line)).toMatchObject({ msg: 'logged in', level: 30, name: NAME })
    expect(name).toBe('BRAINS')
    expect(stderr).toBe('')
  })

  test('lets the process end also when the client is not closed', async () => {
    const service = await startLiveService((_, response) => json(response, 200, []))
    const folder = await project('unclosed', NEEDED)
    const { stdout } = await runModule(
      folder,
      `import { DreamCentralStorageClient } from '${NAME}'
       const client = new DreamCentralStorageClient({ baseUrl: '${service.url}', token: 't' })
       console.log(await client.getBooks())`,
    )
    expect(stdout).toBe('[]\n')
  })
})

test(
  'a part of the package that is missing is an error of the family, once for each call',
  SLOW,
  async () => {
    const folder = await project('incomplete', NEEDED)
    const dist = join(folder, 'node_modules', NAME, 'dist')
    const parts = (await readdir(dist)).filter((name) => /^assets-.*\.js$/.test(name))
    for (const part of parts) await rm(join(dist, part))
    const { stdout } = await runModule(
      folder,
      `import { DreamCentralStorageClient } from '${NAME}'
     const client = new DreamCentralStorageClient({ baseUrl: 'http://dcs.test', token: 't' })
     for (let call = 0; call < 2; call++) {
       await client.getAssetInfo('p', 'b', 'a').catch(({ name, cause }) => console.log(name, cause.code))
     }
     console.log(client.stats().requests.attempts)
     await client.close()`,
    )
    expect(parts).toHaveLength(1)
    expect(stdout).toBe(`${'DreamStorageFileError ERR_MODULE_NOT_FOUND\n'.repeat(2)}0\n`)
  },
)

describe('the sub-path /webhooks', SLOW, () => {
  test('loads nothing of the client, and verifies with the errors of the main entry', async () => {
    const folder = await project('webhooks', ['quick-lru'])
    const { stdout } = await runModule(
      folder,
      `import { DreamStorageWebhookError, verifyWebhook } from '${NAME}/webhooks'
       try { verifyWebhook('{}', null, 'secret') } catch (error) {
         console.log(error instanceof DreamStorageWebhookError, error.code)
       }`,
    )
    expect(stdout).toBe('true ERR_DREAM_STORAGE_WEBHOOK\n')
    const entry = join(unpacked, 'dist', 'webhooks', 'index.js')
    expect(await packagesOf(entry)).toEqual(['node:crypto', 'node:util/types', 'quick-lru'])
  })

  test('has types that compile in a strict project, with those of the client', async () => {
    const folder = await project('webhook-types', [...NEEDED, 'pino', '@types/node', 'undici-types'])
    const source = `import { createServer } from 'node:http'
      import { DreamCentralStorageClient, DreamStorageWebhookError as OfMain } from '${NAME}'
      import { createWebhookHandler, DreamStorageWebhookError } from '${NAME}/webhooks'
      const client = new DreamCentralStorageClient({ baseUrl: 'http://dcs.test', token: 't' })
      const handler = createWebhookHandler({ secret: 's', client, onEvent: ({ timestamp }) => timestamp })
      export const answer: Promise<Response> = handler(new Request('http://app.test'))
      export const server = createServer(handler.node)
      export const same: typeof OfMain = DreamStorageWebhookError`
    expect(await compile(folder, source)).toBe('')
  })
})

describe('the sub-path /testing', SLOW, () => {
  test('serves the mock service from the package', async () => {
    const folder = await project('mock', [
      ...NEEDED,
      'msw',
      '@mswjs/data',
      '@hono/node-server',
      'openapi-msw',
    ])
    const { stdout } = await runModule(
      folder,
      `import { DreamCentralStorageClient } from '${NAME}'
       import { startMockServer } from '${NAME}/testing'
       const server = await startMockServer()
       const login = { email: 'admin@admin.com', password: 'admin' }
       const client = new DreamCentralStorageClient({ baseUrl: server.url, ...login })
       console.log((await client.getBooks()).length > 5)
       await client.close()
       await server.close()`,
    )
    expect(stdout).toBe('true\n')
  })

  test('has types that compile in a strict project', async () => {
    const folder = await project('mock-types', [...NEEDED, 'pino', '@types/node', 'undici-types', 'msw'])
    const source = `import { createMockService } from '${NAME}/testing'
      export const count: number = createMockService({ dialect: '2026' }).handlers.length`
    expect(
      (await compile(folder, source)).split('\n').filter((line) => /^main\.ts|dream-central/.test(line)),
    ).toEqual([])
  })
})
