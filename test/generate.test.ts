import { execFile } from 'node:child_process'
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { run } from '../scripts/generate.js'

const ROOT = path.join(import.meta.dirname, '..')
const GENERATED = path.join(ROOT, 'generated')
const BUNDLE = path.join(GENERATED, 'dream-central-storage.yaml')

let folder: string
let server: Server
let origin: string
let closedOrigin: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'generate-'))
  const contract = await readFile(BUNDLE)
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
  it('finds the committed files up to date', async () => {
    await expect(run(['--check'])).resolves.toBeUndefined()
  })

  it('types binary fields as Blob, and lists the operations by what is to be known of them', async () => {
    const schema = '{type: object, properties: {a: {type: string, format: binary}}}'
    const content = `{multipart/form-data: {schema: ${schema}}}`
    const from = path.join(folder, 'forms.yaml')
    const to = path.join(folder, 'forms')
    const file = `{200: {content: {audio/mpeg: {schema: {type: string, format: binary}}}}}`
    await writeFile(
      from,
      `{openapi: 3.1.0, info: {title: t, version: '1'}, paths: {
        /a: {put: {requestBody: {content: ${content}}, responses: {}}, get: {responses: {}}},
        /b: {post: {requestBody: {$ref: '#/components/requestBodies/B'}, responses: ${file}}},
        /c: {post: {security: [{jwt: []}, {apiKey: []}], x-since: '2026', requestBody: {content: {application/json: {schema: ${schema}}}}, responses: {}}}},
        components: {requestBodies: {B: {content: ${content}}}}}`,
    )
    await run(['--from', from, '--to', to])
    expect(await readFile(path.join(to, 'dream-central-storage.d.ts'), 'utf8')).toContain('a?: Blob;')
    expect({ ...(await import(pathToFileURL(path.join(to, 'operations.js')).href)) }).toEqual({
      PUBLIC_OPERATIONS: ['GET /a', 'PUT /a', 'POST /b'],
      FORM_OPERATIONS: ['PUT /a', 'POST /b'],
      FILE_OPERATIONS: ['POST /b'],
      API_KEY_OPERATIONS: ['POST /c'],
      OPERATIONS_SINCE_2026: ['POST /c'],
    })
  })

  it.each([
    ['a file', () => BUNDLE],
    ['a URL', () => `${origin}/contract.yaml`],
  ])('generates the same from the bundle in %s', async (kind, source) => {
    const to = path.join(folder, 'deep', kind)
    await run(['--from', source(), '--to', to])
    for (const name of await readdir(GENERATED)) {
      expect(await readFile(path.join(to, name), 'utf8')).toBe(
        await readFile(path.join(GENERATED, name), 'utf8'),
      )
    }
  })

  it('refuses two files that have different schemas of one name', async () => {
    const schema = (type: string): string => `{components: {schemas: {Same: {type: ${type}}}}}`
    await writeFile(path.join(folder, 'one.yaml'), schema('string'))
    await writeFile(path.join(folder, 'two.yaml'), schema('integer'))
    const answer = (file: string): string =>
      `{get: {responses: {200: {content: {application/json: {schema: {$ref: '${file}#/components/schemas/Same'}}}}}}}`
    const from = path.join(folder, 'both.yaml')
    await writeFile(
      from,
      `{openapi: 3.1.0, info: {title: t, version: '1'}, paths: {/a: ${answer('one.yaml')}, /b: ${answer('two.yaml')}}}`,
    )
    await expect(run(['--from', from, '--to', path.join(folder, 'never')])).rejects.toThrow(
      /schemas must have names of one word that are unique in all files, unlike schemas-Same$/,
    )
  })

  it('fails when a file is out of date or missing, and writes nothing', async () => {
    const to = path.join(folder, 'checked')
    await cp(GENERATED, to, { recursive: true })
    for (const name of await readdir(GENERATED)) {
      await writeFile(path.join(to, name), 'export {}')
      await expect(run(['--check', '--to', to])).rejects.toThrow(
        `${name} is out of date: run npm run generate`,
      )
      expect(await readFile(path.join(to, name), 'utf8')).toBe('export {}')
      await cp(path.join(GENERATED, name), path.join(to, name))
    }
    await rm(path.join(to, 'operations.js'))
    await expect(run(['--check', '--to', to])).rejects.toThrow('operations.js is missing')
    expect(await readdir(to)).not.toContain('operations.js')
  })

  it.each([
    ['a file that is not there', () => 'nothing.yaml', /^cannot generate from nothing\.yaml: ENOENT.*$/],
    ['a file that is no contract', () => 'package.json', /from package\.json: Unsupported.*$/],
    ['a URL that is none', () => 'http://', /^cannot generate from http:\/\/: Invalid URL$/],
    ['a URL that is not there', () => `${origin}/no.yaml`, /Failed to load .*404 Not Found$/],
    ['a server that is not there', () => closedOrigin, /fetch failed \(ECONNREFUSED\)$/],
  ])('explains %s', async (_, source, message) => {
    const to = path.join(folder, 'never')
    await expect(run(['--from', source(), '--to', to])).rejects.toThrow(message)
    expect(await readdir(folder)).not.toContain('never')
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
