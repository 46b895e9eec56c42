import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import openapiTS, {
  astToString,
  COMMENT_HEADER,
  type GlobalContext,
  type OpenAPI3,
  type OpenAPITSOptions,
  type OperationObject,
  type RequestBodyObject,
} from 'openapi-typescript'
import ts from 'typescript'

const HELP = `Usage: npm run generate -- [options]

Writes the types of the contract, and beside them (.js) which operations take a form.

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
} satisfies OpenAPITSOptions

/** What is written: the types, and a module with the values that they declare. */
interface Output {
  readonly types: string
  readonly values: string
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const
const FORMS = `/** The operations whose body is sent as multipart/form-data, such as \`POST /books/upload\`. */`

// The package would type binary bodies as strings.
function isBinary(schema: object): boolean {
  const { format, contentMediaType }: Record<string, unknown> = { ...schema }
  return format === 'binary' || contentMediaType === 'application/octet-stream'
}

/** The operations of the contract that take a form, by method and route. */
function formOperations({ resolve }: GlobalContext): string[] {
  const paths = Object.entries(resolve<NonNullable<OpenAPI3['paths']>>('#/paths') ?? {})
  return paths.flatMap(([route, item]) =>
    METHODS.filter((method) => {
      const { requestBody } = Object('$ref' in item ? {} : item[method]) as OperationObject
      const body =
        requestBody && '$ref' in requestBody ? resolve<RequestBodyObject>(requestBody.$ref) : requestBody
      return 'multipart/form-data' in (body?.content ?? {})
    }).map((method) => `${method.toUpperCase()} ${route}`),
  )
}

function toUrl(source: string): URL {
  return /^https?:/i.test(source) ? new URL(source) : pathToFileURL(path.resolve(source))
}

async function generate(source: string): Promise<Output> {
  let context: GlobalContext | undefined
  const transform: OpenAPITSOptions['transform'] = (schema, { ctx }) => {
    context = ctx
    return isBinary(schema) ? ts.factory.createTypeReferenceNode('Blob') : undefined
  }
  try {
    const types = astToString(await openapiTS(toUrl(source), { ...OPTIONS, transform }))
    const list = JSON.stringify(context ? formOperations(context) : [], null, 4)
    return {
      types: `${COMMENT_HEADER}${types}${FORMS}\nexport declare const FORM_OPERATIONS: readonly string[];\n`,
      values: `${COMMENT_HEADER}${FORMS}\nexport const FORM_OPERATIONS = ${list};\n`,
    }
  } catch (error) {
    throw new Error(`cannot generate from ${source}: ${message(error)}`)
  }
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
  const output = await generate(values.from)
  const file = path.resolve(values.to)
  const act = values.check ? check : write
  await act(output.types, file)
  await act(output.values, file.replace(/(\.d)?\.ts$/, '.js'))
}

if (process.argv[1] === import.meta.filename) {
  run(process.argv.slice(2)).catch((error: unknown) => {
    console.error(`generate: ${message(error)}`)
    process.exitCode = 1
  })
}
