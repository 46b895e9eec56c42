import type { Bench } from './measure.js'
import { show } from './results.js'
import type { Workload } from './workloads.js'

/** A group of functions, and what it takes of one call. */
export interface ProfileLine {
  readonly group: string
  readonly us: string
  readonly share: string
}

const WORKLOAD: Workload = {
  name: 'profile',
  task: 'profile',
  about: '',
  full: { rounds: 1, sizes: { calls: 10_000, warmUp: 3000 } },
  quick: { rounds: 1, sizes: { calls: 2000, warmUp: 1000 } },
  metrics: [],
}

/** Where the time of one small read of the client goes: self time by group, in the order of the groups. */
export async function profileClient(bench: Bench, size: 'full' | 'quick'): Promise<ProfileLine[]> {
  const { values } = await bench.run(WORKLOAD, WORKLOAD[size], 'client')
  const groups = Object.entries(values).filter(([name]) => name !== 'maxRssMb')
  const total = groups.reduce((sum, [, us]) => sum + us, 0)
  const lines = groups.map(([group, us]) => line(group, us, total))
  return [...lines, line('in all', total, total)]
}

function line(group: string, us: number, total: number): ProfileLine {
  return { group, us: show(us), share: `${Math.round((us / total) * 100)} %` }
}
