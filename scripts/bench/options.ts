import { parseArgs } from 'node:util'
import { WORKLOADS, type Workload } from './workloads.js'

const HELP = `Usage: npm run bench -- [options]

  --quick             one round of each workload
  --only <workloads>  some, separated by commas: ${WORKLOADS.map(({ name }) => name).join(', ')}
  --against <folder>  also measures another build of this package, the dist/ in the folder
  --profile           only where the time of one call of the client goes

After a whole run, scripts/bench/RESULTS.md is written.`

/** What `npm run bench` is asked to do. */
export interface BenchOptions {
  readonly quick: boolean
  readonly profile: boolean
  readonly against?: string | undefined
  readonly workloads: readonly Workload[]
}

/** Reads the command line. @throws TypeError with the usage for what is unknown. */
export function readOptions(args: readonly string[]): BenchOptions {
  const flag = { type: 'boolean', default: false } as const
  const text = { type: 'string' } as const
  const options = { quick: flag, profile: flag, only: text, against: text }
  const { only, ...values } = parseArgs({ args: [...args], options }).values
  const names = only?.split(',')
  const workloads = WORKLOADS.filter(({ name }) => names?.includes(name) ?? true)
  if (names && workloads.length < names.length) throw new TypeError(`--only: unknown workload\n\n${HELP}`)
  return { ...values, workloads }
}
