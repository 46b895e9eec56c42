/** A limit of one figure of this client, and what would be better still. */
export interface Target {
  readonly is: 'at most' | 'at least'
  readonly limit: number
  readonly better?: number | undefined
}

/** What one process measured, and what the server counted meanwhile. */
export type Run = Readonly<Record<string, number>>

/** One figure of a run; with a `base` it is also compared with that contestant, and the target is that of the ratio. */
export interface Figure {
  readonly label: string
  readonly of: (run: Run) => number | undefined
  readonly target?: Target | undefined
  readonly base?: string | undefined
}

/** What the contestants are asked to do: a task of measured/tasks.js, and a plan of the server. */
export interface Workload {
  readonly name: string
  readonly task?: string
  readonly about: string
  readonly rounds: number
  readonly sizes: Readonly<Record<string, number | string>>
  readonly plan?: Readonly<Record<string, number>>
  readonly contestants: readonly string[]
  readonly figures: readonly Figure[]
}

const BUILDS = ['baseline', 'client']
const ALL = ['fetch', 'got', 'axios', ...BUILDS]
const CALLS = { rounds: 5, contestants: ALL }
const FILES = { rounds: 5, contestants: ['fetch', ...BUILDS], sizes: { bytes: 200_000_000 } }

/** In the order of the table. */
export const WORKLOADS: readonly Workload[] = [
  {
    ...CALLS,
    name: 'sequential',
    about: '{calls} reads of one book, one after another, after {warmUp} others',
    sizes: { calls: 2000, warmUp: 1500 },
    figures: [
      figure('µs per call', 'us', atMost(0.8, 0.75), 'fetch'),
      figure('CPU per call, µs', 'cpuUs', atMost(0.6), 'fetch'),
    ],
  },
  {
    ...CALLS,
    name: 'parallel',
    about: '{calls} of them by {callers} callers at a time, over 10 sockets (fetch: as many as it likes)',
    sizes: { calls: 4000, warmUp: 2000, callers: 100 },
    figures: [figure('calls per second', 'perSecond', atLeast(1.3, 1.6), 'fetch')],
  },
  {
    name: 'cached',
    about: 'the catalogue of 500 books from the cache, for {minMs} ms',
    rounds: 5,
    sizes: { minMs: 500 },
    contestants: ['got', 'axios', ...BUILDS],
    figures: [figure('ns per call', 'ns', atMost(150))],
  },
  {
    ...CALLS,
    name: 'burst',
    about: '{calls} calls for the catalogue at once, the first of a process; the login is part of it',
    sizes: { calls: 1000 },
    figures: [figure('ms', 'ms', atMost(60)), figure('catalogue requests', 'books', atMost(1))],
  },
  {
    ...CALLS,
    name: 'renewal',
    task: 'disturbed',
    about:
      '{calls} calls at once, answered after 1 to 20 ms each; once 50 have arrived, the token is refused',
    sizes: { calls: 200 },
    // The call before is counted, too.
    plan: { revokeAfter: 51, latencyMs: 20 },
    figures: [
      { label: 'new logins', of: ({ logins = 0 }) => logins - 1, target: atMost(1) },
      figure('calls refused', 'unauthorized', atMost(10)),
      figure('calls failed', 'failed', atMost(0)),
    ],
  },
  {
    ...CALLS,
    name: 'outage',
    task: 'disturbed',
    about:
      '{calls} calls at once while everything is answered with 503; first retries after {retryDelayMs} ms',
    sizes: { calls: 200, retryDelayMs: 20 },
    plan: { outageAfter: 1 },
    // The limit is maxConnections + failureThreshold − 1.
    figures: [{ label: 'requests', of: ({ book = 0, logins = 0 }) => book + logins - 2, target: atMost(14) }],
  },
  {
    ...FILES,
    name: 'stream',
    about: 'a file of 200 MB, read as it arrives and kept nowhere',
    contestants: ALL,
    figures: [figure('MB/s', 'mbPerSecond', atLeast(1, 1.2), 'fetch'), peak(100)],
  },
  {
    ...FILES,
    name: 'download',
    about: 'a file of 200 MB into memory (fetch: `arrayBuffer()`)',
    figures: [figure('MB/s', 'mbPerSecond', atLeast(1), 'fetch'), peak(290)],
  },
  {
    ...FILES,
    name: 'toFile',
    about: 'a file of 200 MB to disk (fetch: written as it arrives, without sync and SHA-256)',
    figures: [figure('MB/s', 'mbPerSecond'), peak(90)],
  },
  {
    name: 'start',
    about: 'from before the import of the library to the first book; the start of Node.js is not in it',
    rounds: 9,
    sizes: {},
    contestants: ALL,
    figures: [figure('ms', 'ms', atMost(25))],
  },
  {
    name: 'mirror',
    about: 'a book of {book} bytes, 10 files at a time, to disk (aria2c: without sync and SHA-256)',
    rounds: 5,
    sizes: { book: '2000x20000_4x100000000' },
    contestants: ['aria2c', ...BUILDS],
    figures: [figure('s', 's', atMost(0.75), 'aria2c')],
  },
]

function figure(label: string, key: string, target?: Target, base?: string): Figure {
  return { label, of: (run) => run[key], target, base }
}

function peak(limitMb: number): Figure {
  return figure('peak RSS, MB', 'peakMb', atMost(limitMb))
}

function atMost(limit: number, better?: number): Target {
  return { is: 'at most', limit, better }
}

function atLeast(limit: number, better?: number): Target {
  return { is: 'at least', limit, better }
}
