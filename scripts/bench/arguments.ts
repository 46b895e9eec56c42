import { parseArgs } from 'node:util'
import { CONTESTANTS } from './contestants.js'
import { WORKLOADS } from './workloads.js'

/** What `npm run bench` is asked to do. */
export interface BenchOptions {
  readonly quick: boolean
  readonly profile: boolean
  readonly contestants: readonly string[]
  readonly workloads: readonly string[]
  /** Nothing is left out by name. */
  readonly isWhole: boolean
}

const CONTESTANT_NAMES = CONTESTANTS.map(({ name }) => name)
const WORKLOAD_NAMES = WORKLOADS.map(({ name }) => name)

/** The text of `--help`. */
export const HELP = `Usage: npm run bench -- [options]

Compares the client with its peers, and writes scripts/bench/RESULTS.md and results.svg.

  --quick            fewer rounds and calls: all of it in less than a minute
  --only <names>     these contestants, by commas; writes no files
                     (${CONTESTANT_NAMES.join(', ')})
  --workload <names> these workloads, by commas; writes no files
                     (${WORKLOAD_NAMES.join(', ')})
  --profile          only where the time of one call of the client goes; writes no files
  --help             this text`

/** The options, or undefined when help is asked for. Throws a TypeError for what is unknown. */
export function readArguments(args: readonly string[]): BenchOptions | undefined {
  const flag = { type: 'boolean', default: false } as const
  const text = { type: 'string' } as const
  const options = { quick: flag, profile: flag, help: flag, only: text, workload: text }
  const { values } = parseArgs({ args: [...args], options })
  if (values.help) return undefined
  const { quick, profile, only, workload } = values
  return {
    quick,
    profile,
    contestants: pick('--only', only, CONTESTANT_NAMES),
    workloads: pick('--workload', workload, WORKLOAD_NAMES),
    isWhole: only === undefined && workload === undefined && !profile,
  }
}

function pick(option: string, given: string | undefined, known: readonly string[]): readonly string[] {
  if (given === undefined) return known
  const names = given.split(',')
  const unknown = names.find((name) => !known.includes(name))
  if (unknown !== undefined) throw new TypeError(`${option}: ${unknown} is not one of ${known.join(', ')}`)
  return known.filter((name) => names.includes(name))
}
