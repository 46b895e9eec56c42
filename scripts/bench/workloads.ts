import type { Counts, Plan } from './server-types.js'

/** What one process found, and what the server saw of it. */
export interface Run {
  readonly values: Readonly<Record<string, number>>
  readonly counts: Counts
}

/** One figure of a run. */
export interface Metric {
  readonly key: string
  readonly label: string
  readonly of: (run: Run) => number
  /** It is also told as a ratio to the global fetch. */
  readonly hasRatio?: true
}

interface Sizes {
  calls?: number
  warmUp?: number
  callers?: number
  minMs?: number
  bytes?: number
}

/** What is asked of every contestant. */
export interface Workload {
  readonly name: string
  /** The function in measured/tasks.js, or `start`. */
  readonly task: string
  readonly about: string
  readonly full: { rounds: number; sizes: Sizes }
  readonly quick: { rounds: number; sizes: Sizes }
  readonly plan?: Partial<Plan>
  /** The wait before the first repetition; 1 s where nothing is said. */
  readonly retryDelayMs?: number
  /** Who can do it at all; all, where nothing is said. */
  readonly only?: readonly string[]
  readonly metrics: readonly Metric[]
}

const value =
  (key: string) =>
  ({ values }: Run): number =>
    values[key] ?? Number.NaN

/** In the order of the table. */
export const WORKLOADS: readonly Workload[] = [
  {
    name: 'sequential',
    task: 'sequential',
    about: 'Small reads (one book), one after another, after a warm-up of {warmUp} calls: {calls} calls.',
    full: { rounds: 5, sizes: { calls: 2000, warmUp: 1500 } },
    quick: { rounds: 2, sizes: { calls: 300, warmUp: 500 } },
    metrics: [{ key: 'us', label: 'one after another, µs per call', of: value('us'), hasRatio: true }],
  },
  {
    name: 'parallel',
    task: 'parallel',
    about: 'The same by {callers} callers at a time, after a warm-up of {warmUp} calls: {calls} calls.',
    full: { rounds: 5, sizes: { calls: 4000, warmUp: 2000, callers: 100 } },
    quick: { rounds: 2, sizes: { calls: 500, warmUp: 400, callers: 100 } },
    metrics: [
      { key: 'perSecond', label: '100 callers, calls per second', of: value('perSecond'), hasRatio: true },
    ],
  },
  {
    name: 'cached',
    task: 'cached',
    about:
      'The catalogue of 500 books from the cache, again and again, one `await` after another, for {minMs} ms after half as long a warm-up.',
    full: { rounds: 5, sizes: { minMs: 500 } },
    quick: { rounds: 1, sizes: { minMs: 100 } },
    only: ['got', 'axios', 'client'],
    metrics: [{ key: 'ns', label: 'cached catalogue, ns per call', of: value('ns') }],
  },
  {
    name: 'burst',
    task: 'burst',
    about:
      '{calls} calls for the catalogue at once from a process that has called nothing before; the login and the first connection are part of it.',
    full: { rounds: 5, sizes: { calls: 1000 } },
    quick: { rounds: 1, sizes: { calls: 1000 } },
    metrics: [
      { key: 'ms', label: 'cold burst of 1 000, ms', of: value('ms') },
      { key: 'requests', label: '  catalogue requests', of: ({ counts }) => counts.books },
    ],
  },
  {
    name: 'renewal',
    task: 'disturbed',
    about:
      '{calls} calls at once, answered after 1 to 20 ms each; once 50 have arrived, the token is worth nothing.',
    full: { rounds: 5, sizes: { calls: 200 } },
    quick: { rounds: 1, sizes: { calls: 200 } },
    // One more: the call before.
    plan: { revokeAfter: 51, latencyMs: 20 },
    metrics: [
      { key: 'logins', label: '401 amid 200 calls, new logins', of: ({ counts }) => counts.logins - 1 },
      { key: 'failed', label: '  failed calls', of: value('failed') },
    ],
  },
  {
    name: 'outage',
    task: 'disturbed',
    about:
      '{calls} calls at once while everything is answered with 503. The first wait before a repetition is 20 ms for all who repeat, doubled each time.',
    full: { rounds: 5, sizes: { calls: 200 } },
    quick: { rounds: 1, sizes: { calls: 200 } },
    plan: { outageAfter: 1 },
    retryDelayMs: 20,
    metrics: [
      {
        key: 'reached',
        label: 'down for 200 calls, requests',
        of: ({ counts }) => counts.book + counts.logins - 2,
      },
    ],
  },
  {
    name: 'download',
    task: 'download',
    about:
      'A file of 200 MB, read as it arrives and kept nowhere, in a process that has made one small call before. Peak RSS is that of the whole process.',
    full: { rounds: 5, sizes: { bytes: 200_000_000 } },
    quick: { rounds: 1, sizes: { bytes: 200_000_000 } },
    metrics: [
      { key: 'mbPerSecond', label: '200 MB to nowhere, MB/s', of: value('mbPerSecond'), hasRatio: true },
      { key: 'maxRssMb', label: '  peak RSS, MB', of: value('maxRssMb') },
    ],
  },
  {
    name: 'start',
    task: 'start',
    about:
      'From just before the import of the library to the first book parsed: import, construct, log in, read. The start of Node.js itself is not in it.',
    full: { rounds: 9, sizes: {} },
    quick: { rounds: 2, sizes: {} },
    metrics: [{ key: 'ms', label: 'import to first answer, ms', of: value('ms') }],
  },
]

/** What is wrong with the requests that the server saw, if anything: reads from a cache, or none of the cache. */
export function findFault(
  { task }: Workload,
  { calls = 0, warmUp = 0 }: Sizes,
  counts: Counts,
): string | undefined {
  const reads = calls + warmUp
  const isRead = task === 'sequential' || task === 'parallel' || task === 'profile'
  if (isRead && counts.book !== reads)
    return `${reads} reads were made, and ${counts.book} reached the server`
  if (task === 'cached' && counts.books !== 1) return `${counts.books} requests for a catalogue that is kept`
  return undefined
}
