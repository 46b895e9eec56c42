import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { stringifyYaml } from '@redocly/openapi-core'
import { asJson, type Json, readDocument } from './contract/document.js'
import { runTimeFacts } from './contract/operations.js'
import { typesOf } from './contract/types.js'

const HELP = `Usage: npm run generate -- [options]

Writes the contract in one file (dream-central-storage.yaml), its types (dream-central-storage.d.ts), and what the
run time needs to know of its operations (operations.js and its types).

  --from <file|url>  the OpenAPI document (default: openapi/openapi.yaml)
  --to <folder>      where the files go (default: generated)
  --check            write nothing; exit with 1 when a file is not what would be written
  --help             this text`

const ROOT = path.join(import.meta.dirname, '..')
const CONTRACT = path.join(ROOT, 'openapi/openapi.yaml')
const OUTPUT = path.join(ROOT, 'generated')
const NOTE = 'Generated from the contract by `npm run generate`: change openapi/, not this file.'

/** @returns the content of each file by its name */
async function generate(source: string): Promise<ReadonlyMap<string, string>> {
  try {
    const contract = checkNames(await readDocument(source))
    const { code, types } = runTimeFacts(contract)
    return new Map([
      [
        'dream-central-storage.yaml',
        `# ${NOTE}\n\n${stringifyYaml(contract, { lineWidth: 110, noRefs: true })}`,
      ],
      ['dream-central-storage.d.ts', `// ${NOTE}\n\n${await typesOf(contract)}`],
      ['operations.js', `// ${NOTE}\n\n${code}`],
      ['operations.d.ts', `// ${NOTE}\n\n${types}`],
    ])
  } catch (error) {
    throw new Error(`cannot generate from ${source}: ${message(error)}`)
  }
}

/** Of two components of one name in different files, the bundler renames one, with a hyphen in the new name. */
function checkNames(contract: Json): Json {
  for (const [kind, members] of Object.entries(asJson(contract['components']))) {
    const name = Object.keys(asJson(members)).find((one) => !/^\w+$/.test(one))
    if (name !== undefined) {
      throw new Error(`${kind} must have names of one word that are unique in all files, unlike ${name}`)
    }
  }
  return contract
}

async function check(content: string, file: string): Promise<void> {
  const present = await readFile(file, 'utf8').catch(() => undefined)
  if (present === content) return
  const name = path.relative(process.cwd(), file)
  throw new Error(`${name} is ${present === undefined ? 'missing' : 'out of date'}: run npm run generate`)
}

async function write(content: string, file: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(file, content)
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
  const act = values.check ? check : write
  for (const [name, content] of await generate(values.from)) await act(content, path.resolve(values.to, name))
}

if (process.argv[1] === import.meta.filename) {
  run(process.argv.slice(2)).catch((error: unknown) => {
    console.error(`generate: ${message(error)}`)
    process.exitCode = 1
  })
}
