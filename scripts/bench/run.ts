import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { duration, line, note, paint } from '../terminal.js'
import { type BenchOptions, HELP, readArguments } from './arguments.js'
import { drawChart } from './chart.js'
import { machine } from './machine.js'
import { writeReport } from './markdown-report.js'
import { Bench } from './measure.js'
import { BENCH, build, installPeers, peerVersions } from './prepare.js'
import { type ProfileLine, profileClient } from './profile.js'
import { ProgressLine } from './progress.js'
import type { Measured } from './results.js'
import { printFigures, printProfile, printTargets } from './terminal-report.js'
import { WORKLOADS } from './workloads.js'

const progress = new ProgressLine()

/** Ends with exit code 0, or 1 when something could not be measured. */
async function main(options: BenchOptions): Promise<void> {
  const startedAt = performance.now()
  const size = options.quick ? 'quick' : 'full'
  console.log(`${paint('bold', 'dream-central-storage-client')} ${paint('dim', machine())}\n`)
  progress.update('building dist')
  await build()
  if (!options.profile) {
    progress.update('installing the peers')
    await installPeers()
  }
  await using bench = await Bench.start()
  const measured = options.profile ? [] : await measureAll(bench, options)
  const profile = options.isWhole || options.profile ? await measureProfile(bench, size) : []
  progress.end()
  printAll(measured, profile, options)
  for (const failure of bench.failures) note(failure)
  const durationMs = performance.now() - startedAt
  if (options.isWhole) await writeFiles(measured, profile, bench.failures, durationMs, options)
  console.log(`\n${paint('bold', 'Done')} in ${duration(durationMs)}.`)
  if (bench.failures.length > 0) process.exitCode = 1
}

async function measureAll(bench: Bench, options: BenchOptions): Promise<Measured[]> {
  const chosen = WORKLOADS.filter(({ name }) => options.workloads.includes(name))
  const measured: Measured[] = []
  for (const [index, workload] of chosen.entries()) {
    const scale = workload[options.quick ? 'quick' : 'full']
    const runs = await bench.measure(workload, scale, options.contestants, (round, name) => {
      const step = `${index + 1}/${chosen.length}  ${workload.name}, round ${round} of ${scale.rounds}`
      progress.update(step, name)
    })
    measured.push({ workload, scale, runs })
  }
  return measured
}

async function measureProfile(bench: Bench, size: 'full' | 'quick'): Promise<ProfileLine[]> {
  progress.update('profile')
  return profileClient(bench, size)
}

function printAll(
  measured: readonly Measured[],
  profile: readonly ProfileLine[],
  options: BenchOptions,
): void {
  if (measured.length > 0) {
    printFigures(measured, options.contestants)
    note(
      '– has no such thing; fetch, undici and openapi-fetch do not retry, fetch and undici do not log in on 401',
    )
    note('fetch, openapi-fetch and ky use a socket for each call under way, the others 10')
    printTargets(measured)
  }
  if (profile.length > 0) printProfile(profile)
}

async function writeFiles(
  measured: readonly Measured[],
  profile: readonly ProfileLine[],
  failures: readonly string[],
  durationMs: number,
  { quick }: BenchOptions,
): Promise<void> {
  const command = `npm run bench${quick ? ' -- --quick' : ''}`
  const versions = await peerVersions()
  const report = writeReport({ command, measured, profile, failures, versions, durationMs })
  await writeFile(join(BENCH, 'RESULTS.md'), report)
  await writeFile(join(BENCH, 'results.svg'), drawChart(measured))
  line('scripts/bench/RESULTS.md and results.svg are written; they tell what is left out')
}

try {
  const options = readArguments(process.argv.slice(2))
  if (options) await main(options)
  else console.log(HELP)
} catch (error) {
  progress.end()
  console.error(`bench: ${error instanceof Error ? error.message.split('\n')[0] : error}`)
  process.exitCode = 1
}
