import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import ts from 'typescript'
import { expect, onTestFinished, test } from 'vitest'

const root = join(import.meta.dirname, '..')

// What a reader has from the first block on; each block is compiled by itself.
const CLIENT = `import { DreamCentralStorageClient } from 'dream-central-storage-client'
declare const client: DreamCentralStorageClient\n`
const WINSTON = 'declare const winston: { log(level: string, message: string, fields: object): unknown }\n'

async function codeBlocks(): Promise<string[]> {
  const pages = (await readdir(join(root, 'docs'))).map((name) => join('docs', name))
  const texts = await Promise.all(['README.md', ...pages].map((name) => readFile(join(root, name), 'utf8')))
  return texts.flatMap((text) => [...text.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code = '']) => code))
}

function errorsOf(files: string[]): string[] {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent({ compilerOptions: config.compilerOptions }, ts.sys, root)
  const program = ts.createProgram(files, {
    ...options,
    noUnusedLocals: false,
    paths: {
      'dream-central-storage-client': [join(root, 'src/index.ts')],
      'dream-central-storage-client/testing': [join(root, 'src/testing/index.ts')],
      'dream-central-storage-client/webhooks': [join(root, 'src/webhooks/index.ts')],
    },
  })
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
}

test('every block of TypeScript in the README and the pages compiles', { timeout: 120_000 }, async () => {
  const folder = await mkdtemp(join(root, 'node_modules', '.readme-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const blocks = await codeBlocks()
  expect(blocks.length).toBeGreaterThanOrEqual(4)
  const files = blocks.map((_, index) => join(folder, `block-${index}.ts`))
  for (const [index, code] of blocks.entries()) {
    const prelude = /\bclient\b/.test(code) && !code.includes(' client = ') ? CLIENT : ''
    const winston = code.includes('winston.') ? WINSTON : ''
    await writeFile(files[index] ?? '', `${winston}${prelude}${code}\nexport {}\n`)
  }
  expect(errorsOf(files)).toEqual([])
})

test('the README is under 250 lines, and its first code stands by line 20', async () => {
  const lines = (await readFile(join(root, 'README.md'), 'utf8')).split('\n')
  expect(lines.length).toBeLessThan(250)
  expect(lines.findIndex((line) => line.startsWith('import { DreamCentralStorageClient'))).toBeLessThan(20)
})
