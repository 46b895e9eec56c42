import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Bench } from './measure.js'
import { type BenchOptions, readOptions } from './options.js'
import { type Measured, writeReport } from './report.js'
import { type Run, WORKLOADS } from './workloads.js'

const HERE = import.meta.dirname
const ROOT = join(HERE, '..', '..')
const PROFILE = { name: 'profile', about: '', sizes: { calls: 10_000, warmUp: 3000 }, figures: [] }
const ROUNDS = 5

/** Ends with exit code 1 when something could not be measured. */
async function main(options: BenchOptions): Promise<void> {
  const { against, profile, quick, workloads } = options
  const isWhole = !profile && workloads.length === WORKLOADS.length
  npm('run', 'build', '--silent')
  if (!existsSync(join(HERE, 'node_modules'))) npm('ci', '--prefix', HERE, '--ignore-scripts', '--silent')
  const builds = new Map(against === undefined ? [] : [['baseline', resolve(against)]]).set('client', ROOT)
  const entryOf = (folder: string): string => pathToFileURL(join(folder, 'dist/index.js')).href
  using bench = new Bench(new Map(Array.from(builds, ([name, folder]) => [name, entryOf(folder)])))
  const measured = profile ? [] : await measure(bench, options)
  const profiles = new Map<string, Run>()
  for (const name of isWhole || profile ? builds.keys() : []) profiles.set(name, await profileOf(bench, name))
  const report = writeReport({
    command: `npm run bench${quick ? ' -- --quick' : ''}`,
    measured,
    profiles,
    failures: bench.failures,
    titleOf: (name) => titleOf(name, builds.get(name)),
  })
  console.log(report)
  if (isWhole) writeFileSync(join(HERE, 'RESULTS.md'), report)
  if (bench.failures.length > 0) process.exitCode = 1
}

async function measure(bench: Bench, { workloads, quick }: BenchOptions): Promise<Measured[]> {
  const measured: Measured[] = []
  for (const workload of workloads) {
    if (workload.contestants?.includes('aria2c') && spawnSync('aria2c', ['--version']).status !== 0) {
      console.error(`skipping ${workload.name}: aria2c is not installed`)
      continue
    }
    console.error(`measuring ${workload.name}`)
    measured.push({ workload, runs: await bench.measure(workload, quick ? 1 : ROUNDS) })
  }
  return measured
}

async function profileOf(bench: Bench, name: string): Promise<Run> {
  console.error(`profiling ${name}`)
  const { peakMb: _, ...times } = (await bench.run(PROFILE, name)).values
  return times
}

/** The name of a contestant, with its version where it has one. */
function titleOf(name: string, build = join(HERE, 'node_modules', name)): string {
  const file = join(build, 'package.json')
  return existsSync(file) ? `${name} ${JSON.parse(readFileSync(file, 'utf8')).version}` : name
}

function npm(...args: string[]): void {
  execFileSync('npm', args, { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] })
}

try {
  await main(readOptions(process.argv.slice(2)))
} catch (error) {
  console.error(`bench: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
}
