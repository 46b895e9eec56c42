import path from 'node:path'
import { parseArgs } from 'node:util'
import { type Json, readDocument } from './contract/document.js'
import { type Comparison, compare } from './drift/compare.js'
import { describeFindings, isBreaking } from './drift/findings.js'
import { DIALECTS, type Dialect, viewOf } from './drift/view.js'

const HELP = `Usage: npm run drift -- --from <file|url> [--dialect <${DIALECTS.join('|')}>]

Compares an OpenAPI document, such as the /openapi.json of a running service, with the contract.

  --from <file|url>  the document
  --dialect <year>   the version of the service (default: the one that fits best)
  --contract <file>  another contract to compare with (default: openapi/openapi.yaml)
  --help             this text

Exits with 1 when a difference breaks callers, with 0 otherwise, and with 2 when the comparison fails.`

const CONTRACT = path.join(import.meta.dirname, '..', 'openapi/openapi.yaml')

/** Runs the command line. @returns the exit code */
export async function run(args: string[], write: (line: string) => void): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      from: { type: 'string' },
      dialect: { type: 'string' },
      help: { type: 'boolean', default: false },
      contract: { type: 'string', default: CONTRACT },
    },
  })
  if (values.help) {
    write(HELP)
    return 0
  }
  if (values.from === undefined) throw new Error('--from is missing: the document to compare')
  const [contract, document] = await Promise.all([readDocument(values.contract), readDocument(values.from)])
  const dialect = values.dialect === undefined ? undefined : toDialect(values.dialect)
  const [fitting, comparison] = bestFit(contract, document, dialect ? [dialect] : DIALECTS)
  for (const line of report(fitting, comparison)) write(line)
  return comparison.findings.some(isBreaking) ? 1 : 0
}

function toDialect(text: string): Dialect {
  const dialect = DIALECTS.find((one) => one === text)
  if (dialect === undefined) throw new Error(`--dialect must be ${DIALECTS.join(' or ')}, not ${text}`)
  return dialect
}

/** The version with the fewest operations that only one of the two has, then with the fewest differences. */
function bestFit(
  contract: Json,
  document: Json,
  dialects: readonly Dialect[],
): readonly [Dialect, Comparison] {
  const candidates = dialects.map((dialect) => {
    const documents = { contract: viewOf(contract, dialect), other: viewOf(document, dialect) }
    return [dialect, compare(documents)] as const
  })
  const distance = ([, { findings }]: readonly [Dialect, Comparison]): number =>
    findings.filter(({ kind }) => kind.startsWith('operation ')).length * 1_000 + findings.length
  const [best] = candidates.sort((left, right) => distance(left) - distance(right))
  if (!best) throw new Error('there is no version to compare with')
  return best
}

function report(dialect: Dialect, { findings, operations, undeclared }: Comparison): string[] {
  const { present, expected } = operations
  return [
    `the contract of ${dialect}: ${present} of its ${expected} operations are there`,
    ...(undeclared.length > 0 ? [`answers that the document does not declare: ${undeclared.length}`] : []),
    ...describeFindings(findings),
    ...(findings.length > 0 ? [] : ['no differences']),
  ]
}

if (process.argv[1] === import.meta.filename) {
  run(process.argv.slice(2), console.log).then(
    (code) => {
      process.exitCode = code
    },
    (error: unknown) => {
      console.error(`drift: ${error instanceof Error ? error.message : String(error)}`)
      process.exitCode = 2
    },
  )
}
