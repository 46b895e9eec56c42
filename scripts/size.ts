import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { line, note, table } from './terminal.js'

/** The limits in bytes, minified and gzipped, with all dependencies but pino. */
const BUDGETS = {
  core: 35_500,
  'file methods, loaded by the first of them': 10_000,
  'library methods, loaded by the first of them': 8_000,
  'uploads, loaded by the first of them': 4_000,
}

type Part = keyof typeof BUDGETS

/** The entry module of each part that is loaded later. */
const LATE = {
  'file methods, loaded by the first of them': 'assets',
  'library methods, loaded by the first of them': 'library',
  'uploads, loaded by the first of them': 'uploads',
} satisfies Partial<Record<Part, string>>

/** The size of each part, as the bundler of an application would build it. */
async function measure(): Promise<Record<Part, number>> {
  const { outputFiles } = await build({
    entryPoints: ['src/index.ts'],
    external: ['pino'],
    bundle: true,
    minify: true,
    splitting: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    mainFields: ['module', 'main'],
    outdir: 'size',
  })
  const gzipped = (isPart: (path: string) => boolean): number =>
    gzipSync(Buffer.concat(outputFiles.filter(({ path }) => isPart(path)).map(({ contents }) => contents)), {
      level: 9,
    }).byteLength
  const isOf = (entry: string) => (path: string) => new RegExp(`[\\\\/]${entry}-[^\\\\/]+\\.js$`).test(path)
  const isLate = (path: string): boolean => Object.values(LATE).some((entry) => isOf(entry)(path))
  const late = Object.entries(LATE).map(([part, entry]) => [part, gzipped(isOf(entry))])
  return { core: gzipped((path) => !isLate(path)), ...Object.fromEntries(late) }
}

const sizes = await measure()
const parts = Object.keys(BUDGETS) as Part[]
const isWithin = (part: Part): boolean => sizes[part] > 0 && sizes[part] <= BUDGETS[part]
table(
  ['minified and gzipped', 'bytes', 'budget'],
  parts.map((part) => [part, sizes[part].toLocaleString('en'), BUDGETS[part].toLocaleString('en')]),
)
if (parts.every(isWithin)) line('within the budget')
else {
  note('over the budget: make it smaller, or say in the commit why more is worth it')
  process.exitCode = 1
}
