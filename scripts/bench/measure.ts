import { execFile, fork, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { CONTESTANTS, type Run, type Workload } from './workloads.js'

const exec = promisify(execFile)
const RUN_LIMIT_MS = 120_000

/** By contestant: one run for each round; undefined where it failed. */
export type Runs = ReadonlyMap<string, readonly (Run | undefined)[]>

/** The server in a process of its own, and what is measured against it. */
export class Bench implements Disposable {
  /** What could not be measured, in one line each. */
  readonly failures: string[] = []
  readonly #server = fork(join(import.meta.dirname, 'server-process.ts'), { execArgv: ['--import', 'tsx'] })
  readonly #url: Promise<string> = once(this.#server, 'message').then(([url]) => url)
  readonly #entries: ReadonlyMap<string, string>
  readonly #folder = mkdtempSync(join(tmpdir(), 'bench-'))

  /** `entries`: the modules of the builds of this client, by the name of the contestant. */
  constructor(entries: ReadonlyMap<string, string>) {
    this.#entries = entries
    // On ext4, new files are slow for minutes where many were deleted; so the folders of the runs are spread over the disk.
    spawnSync('chattr', ['+T', this.#folder])
  }

  /** Each contestant has a turn in each round, so that a slow moment of the machine affects all of them. */
  async measure(workload: Workload, rounds: number): Promise<Runs> {
    const names = (workload.contestants ?? CONTESTANTS).filter(
      (name) => name !== 'baseline' || this.#entries.has(name),
    )
    const runs = new Map(names.map((name) => [name, [] as (Run | undefined)[]]))
    for (let round = 0; round < rounds; round++) {
      for (const [name, results] of runs) results.push(await this.#runOrNote(workload, name))
    }
    return runs
  }

  async #runOrNote(workload: Workload, name: string): Promise<Run | undefined> {
    try {
      const { values, counts } = await this.run(workload, name)
      return { ...values, ...counts }
    } catch (error) {
      this.failures.push(`${workload.name}, ${name}: ${error instanceof Error ? error.message : error}`)
      return undefined
    }
  }

  /** One contestant in a new process: what it measured, and what the server counted. */
  async run(workload: Workload, name: string): Promise<{ values: Run; counts: Run }> {
    const baseUrl = await this.#url
    const folder = await mkdtemp(join(this.#folder, 'run-'))
    try {
      await fetch(`${baseUrl}/control`, { method: 'PUT', body: JSON.stringify(workload.plan ?? {}) })
      // What earlier runs wrote must not be written to the disk during this one.
      spawnSync('sync')
      const settings = {
        baseUrl,
        entry: this.#entries.get(name),
        folder,
        retryDelayMs: 1000,
        ...workload.sizes,
      }
      const values = await runProcess(name, workload.task ?? workload.name, JSON.stringify(settings))
      const counts = (await (await fetch(`${baseUrl}/control`)).json()) as Run
      const { calls, warmUp } = workload.sizes
      if (warmUp !== undefined && counts['book'] !== Number(calls) + Number(warmUp))
        throw new Error(`${counts['book']} reads reached the server, which are not as many as were made`)
      return { values, counts }
    } finally {
      await rm(folder, { recursive: true })
    }
  }

  [Symbol.dispose](): void {
    this.#server.kill()
    rmSync(this.#folder, { recursive: true })
  }
}

async function runProcess(name: string, task: string, settings: string): Promise<Run> {
  const args = [
    join(import.meta.dirname, 'measured', 'run.js'),
    name === 'baseline' ? 'client' : name,
    task,
    settings,
  ]
  const { PATH } = process.env
  // Nothing of the environment, such as a proxy, reaches the client.
  const options = { env: { PATH }, timeout: RUN_LIMIT_MS, maxBuffer: 100_000_000 }
  const { stdout } = await exec(process.execPath, args, options).catch(({ killed, stderr }) => {
    const reason = /^\w*Error.*$/m.exec(stderr)?.[0] ?? 'the process failed'
    throw new Error(killed ? `not done after ${RUN_LIMIT_MS / 1000} s` : reason)
  })
  return JSON.parse(stdout)
}
