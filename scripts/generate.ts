import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import openapiTS, { astToString, COMMENT_HEADER, type OpenAPITSOptions } from 'openapi-typescript'
import ts from 'typescript'

const HELP = `Usage: npm run generate -- [options]

Writes the types of the contract.

  --from <file|url>  the OpenAPI document (default: openapi/dream-central-storage.yaml)
  --to <file>        where the types go (default: generated/dream-central-storage.d.ts)
  --check            write nothing; exit with 1 when the file is not what would be written
  --help             this text`

const ROOT = path.join(import.meta.dirname, '..')
const CONTRACT = path.join(ROOT, 'openapi/dream-central-storage.yaml')
const OUTPUT = path.join(ROOT, 'generated/dream-central-storage.d.ts')

const OPTIONS = {
  silent: true,
  // A default on a request field means that it may be left out.
  defaultNonNullable: false,
  // `export type Book = …` beside components['schemas']['Book'].
  rootTypes: true,
  rootTypesNoSchemaPrefix: true,
  rootTypesKeepCasing: true,
  // The package would type binary bodies as strings.
  transform: (schema) =>
    'contentMediaType' in schema && schema.contentMediaType === 'application/octet-stream'
      ? ts.factory.createTypeReferenceNode('Blob')
      : undefined,
} satisfies OpenAPITSOptions

function toUrl(source: string): URL {
  return /^https?:/i.test(source) ? new URL(source) : pathToFileURL(path.resolve(source))
}

async function generate(source: string): Promise<string> {
  try {
    return COMMENT_HEADER + astToString(await openapiTS(toUrl(source), OPTIONS))
  } catch (error) {
    throw new Error(`cannot generate from ${source}: ${message(error)}`)
  }
}

async function check(types: string, file: string): Promise<void> {
  const present = await readFile(file, 'utf8').catch(() => undefined)
  if (present === types) return
  const name = path.relative(process.cwd(), file)
  throw new Error(`${name} is ${present === undefined ? 'missing' : 'out of date'}: run npm run generate`)
}

async function write(types: string, file: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(file, types)
}

// The reason of a failed fetch is only in its cause, which the package wraps again.
function message(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const original = 'originalError' in error ? error.originalError : error
  const cause = original instanceof Error ? original.cause : undefined
  return cause instanceof Error && 'code' in cause ? `${error.message} (${cause.code})` : error.message
}

/** Runs the command line. Rejects with an error that says what is wrong with it. */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      from: { type: 'string', default: CONTRACT },
      to: { type: 'string', default: OUTPUT },
      check: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return console.log(HELP)
  const types = await generate(values.from)
  await (values.check ? check : write)(types, path.resolve(values.to))
}

if (process.argv[1] === import.meta.filename) {
  run(process.argv.slice(2)).catch((error: unknown) => {
    console.error(`generate: ${message(error)}`)
    process.exitCode = 1
  })
}
