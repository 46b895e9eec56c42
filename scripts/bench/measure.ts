import { execFile, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { BENCH } from './prepare.js'
import type { Counts, Plan } from './server-types.js'
import { findFault, type Run, type Workload } from './workloads.js'

const run = promisify(execFile)
const RUN_LIMIT_MS = 120_000

/** By contestant: one run for each round; undefined where it failed. */
export type Runs = Map<string, (Run | undefined)[]>

/** How much is measured. */
export interface Scale {
  readonly rounds: number
  readonly sizes: Workload['full']['sizes']
}

/** The server in a process of its own. */
export class Bench implements AsyncDisposable {
  readonly #url: string
  readonly #stop: () => void
  /** What went wrong, in one line each. */
  readonly failures: string[] = []

  private constructor(url: string, stop: () => void) {
    this.#url = url
    this.#stop = stop
  }

  static async start(): Promise<Bench> {
    const server = fork(join(BENCH, 'server-process.ts'), { execArgv: ['--import', 'tsx'] })
    const [url] = (await Promise.race([
      once(server, 'message'),
      once(server, 'exit').then(() => Promise.reject(new Error('the server did not start'))),
    ])) as [string]
    return new Bench(url, () => server.kill())
  }

  /** Everyone takes a turn in each round, so that a slow moment of the machine meets all alike. */
  async measure(
    workload: Workload,
    scale: Scale,
    contestants: readonly string[],
    onTurn: (round: number, name: string) => void,
  ): Promise<Runs> {
    const able = contestants.filter((name) => workload.only?.includes(name) ?? true)
    const runs: Runs = new Map(able.map((name) => [name, []]))
    for (let round = 1; round <= scale.rounds; round++) {
      for (const [name, results] of runs) {
        onTurn(round, name)
        results.push(await this.#runOrTell(workload, scale, name))
      }
    }
    return runs
  }

  async #runOrTell(workload: Workload, scale: Scale, name: string): Promise<Run | undefined> {
    try {
      return await this.run(workload, scale, name)
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      this.failures.push(`${workload.name}, ${name}: ${message.split('\n')[0]}`)
      return undefined
    }
  }

  /** One contestant in a fresh process. */
  async run(workload: Workload, { sizes }: Scale, name: string): Promise<Run> {
    const { task, plan = {}, retryDelayMs = 1000 } = workload
    await this.#setPlan(plan)
    const settings = JSON.stringify({ baseUrl: this.#url, retryDelayMs, ...sizes })
    const values = await runClient(name, task, settings)
    const counts = await this.#counts()
    const fault = findFault(workload, sizes, counts)
    if (fault !== undefined) throw new Error(fault)
    return { values, counts }
  }

  async #setPlan(plan: Partial<Plan>): Promise<void> {
    await fetch(`${this.#url}/control`, { method: 'PUT', body: JSON.stringify(plan) })
  }

  async #counts(): Promise<Counts> {
    return (await fetch(`${this.#url}/control`)).json() as Promise<Counts>
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop()
  }
}

async function runClient(name: string, task: string, settings: string): Promise<Record<string, number>> {
  const args = [join(BENCH, 'measured', 'client.js'), name, task, settings]
  const { PATH } = process.env
  // Nothing of the environment, a proxy say, reaches the client; what a library warns of is not kept.
  const options = { env: { PATH }, timeout: RUN_LIMIT_MS, maxBuffer: 100_000_000 }
  const { stdout } = await run(process.execPath, args, options).catch((error: ExecError) => {
    const reason = error.killed ? `not done after ${RUN_LIMIT_MS / 1000} s` : lastError(error.stderr)
    throw new Error(reason)
  })
  return JSON.parse(stdout)
}

interface ExecError {
  readonly killed?: boolean
  readonly stderr?: string
}

function lastError(stderr = ''): string {
  return /^\w*Error.*$/m.exec(stderr)?.[0] ?? 'the process failed'
}
