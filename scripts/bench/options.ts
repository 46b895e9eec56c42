import { parseArgs } from 'node:util'
import { WORKLOADS, type Workload } from './workloads.js'

/** What `npm run bench` is asked to do. */
export interface BenchOptions {
  readonly quick: boolean
  readonly profile: boolean
  readonly against: string | undefined
  readonly workloads: readonly Workload[]
  /** No workload is left out. */
  readonly isWhole: boolean
}

const NAMES = WORKLOADS.map(({ name }) => name)

/** The text of `--help`. */
export const HELP = `Usage: npm run bench -- [options]

Compares the client with its peers, and writes scripts/bench/RESULTS.md.

  --quick             one round of each workload
  --only <workloads>  some, separated by commas; writes no file (${NAMES.join(', ')})
  --against <folder>  also measures another build of this package, the dist/ in the folder
  --profile           only where the time of one call of the client goes; writes no file
  --help              this text`

/** Reads the command line; undefined when help is asked for. @throws TypeError for what is unknown. */
export function readOptions(args: readonly string[]): BenchOptions | undefined {
  const flag = { type: 'boolean', default: false } as const
  const text = { type: 'string' } as const
  const options = { quick: flag, profile: flag, help: flag, only: text, against: text }
  const { help, only, against, quick, profile } = parseArgs({ args: [...args], options }).values
  const names = only?.split(',') ?? NAMES
  const unknown = names.find((name) => !NAMES.includes(name))
  if (unknown !== undefined) throw new TypeError(`--only: ${unknown} is not one of ${NAMES.join(', ')}`)
  const workloads = WORKLOADS.filter(({ name }) => names.includes(name))
  return help ? undefined : { quick, profile, against, workloads, isWhole: only === undefined && !profile }
}
