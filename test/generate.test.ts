import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { run } from '../scripts/generate.js'

const ROOT = path.join(import.meta.dirname, '..')
const CONTRACT = path.join(ROOT, 'openapi/dream-central-storage.yaml')
const COMMITTED = path.join(ROOT, 'generated/dream-central-storage.d.ts')

let folder: string
let server: Server
let origin: string
let closedOrigin: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'generate-'))
  const contract = await readFile(CONTRACT)
  server = createServer(({ url }, response) => {
    response.writeHead(url === '/contract.yaml' ? 200 : 404, { 'content-type': 'application/yaml' })
    response.end(url === '/contract.yaml' ? contract : 'nothing here')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const closed = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => closed.once('listening', resolve))
  closedOrigin = `http://127.0.0.1:${(closed.address() as AddressInfo).port}`
  await new Promise((resolve) => closed.close(resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(async () => {
  server.close()
  await rm(folder, { recursive: true })
})

function exec(...args: string[]): Promise<{ code: unknown; errors: string }> {
  const script = path.join(ROOT, 'scripts/generate.ts')
  return new Promise((resolve) => {
    execFile(process.execPath, ['--import', 'tsx', script, ...args], { cwd: ROOT }, (error, _, errors) =>
      resolve({ code: error?.code ?? 0, errors }),
    )
  })
}

describe('npm run generate', () => {
  it('finds the committed types up to date', async () => {
    await expect(run(['--check'])).resolves.toBeUndefined()
  })

  it('types binary fields as Blob, and lists the operations that take a form', async () => {
    const schema = '{type: object, properties: {a: {type: string, format: binary}}}'
    const content = `{multipart/form-data: {schema: ${schema}}}`
    const from = path.join(folder, 'forms.yaml')
    const to = path.join(folder, 'forms.d.ts')
    await writeFile(
      from,
      `{openapi: 3.1.0, info: {title: t, version: '1'}, paths: {
        /a: {put: {requestBody: {content: ${content}}, responses: {}}, get: {responses: {}}},
        /b: {post: {requestBody: {$ref: '#/components/requestBodies/B'}, responses: {}}},
        /c: {post: {requestBody: {content: {application/json: {schema: ${schema}}}}, responses: {}}}},
        components: {requestBodies: {B: {content: ${content}}}}}`,
    )
    await run(['--from', from, '--to', to])
    expect(await readFile(to, 'utf8')).toContain('a?: Blob;')
    const { FORM_OPERATIONS } = await import(pathToFileURL(path.join(folder, 'forms.js')).href)
    expect(FORM_OPERATIONS).toEqual(['PUT /a', 'POST /b'])
  })

  it.each([
    ['a file', () => CONTRACT],
    ['a URL', () => `${origin}/contract.yaml`],
  ])('generates from %s', async (kind, source) => {
    const to = path.join(folder, `deep/${kind}.d.ts`)
    await run(['--from', source(), '--to', to])
    expect(await readFile(to, 'utf8')).toBe(await readFile(COMMITTED, 'utf8'))
  })

  it('fails when the types are out of date or missing, and writes nothing', async () => {
    const stale = path.join(folder, 'stale.d.ts')
    const missing = path.join(folder, 'missing.d.ts')
    await writeFile(stale, 'export {}')
    await expect(run(['--check', '--to', stale])).rejects.toThrow(
      /stale\.d\.ts is out of date: run npm run generate$/,
    )
    await expect(run(['--check', '--to', missing])).rejects.toThrow(/missing\.d\.ts is missing/)
    expect([await readFile(stale, 'utf8'), await readdir(folder)]).toEqual([
      'export {}',
      expect.not.arrayContaining(['missing.d.ts']),
    ])
  })

  it.each([
    ['a file that is not there', () => 'nothing.yaml', /^cannot generate from nothing\.yaml: ENOENT.*$/],
    ['a file that is no contract', () => 'package.json', /from package\.json: Unsupported schema format.*$/],
    ['a URL that is none', () => 'http://', /^cannot generate from http:\/\/: Invalid URL$/],
    ['a URL that is not there', () => `${origin}/no.yaml`, /Failed to load .*404 Not Found$/],
    ['a server that is not there', () => closedOrigin, /fetch failed \(ECONNREFUSED\)$/],
  ])('explains %s', async (_, source, message) => {
    const to = path.join(folder, 'never.d.ts')
    await expect(run(['--from', source(), '--to', to])).rejects.toThrow(message)
    expect(await readdir(folder)).not.toContain('never.d.ts')
  })

  it('ends with 1 and one line when it cannot do what it was asked for', async () => {
    const { code, errors } = await exec('--chekc')
    expect(code).toBe(1)
    expect(errors).toMatch(/^generate: Unknown option '--chekc'.*\n$/)
  }, 30_000)

  it('tells how it is used', async () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {})
    await run(['--help'])
    expect(log).toHaveBeenCalledWith(expect.stringContaining('--from <file|url>'))
    log.mockRestore()
  })
})
