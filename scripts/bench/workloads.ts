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

/** What the contestants are asked to do. */
export interface Workload {
  readonly name: string
  readonly about: string
  /** The function in measured/tasks.js; the name, where nothing is said. */
  readonly task?: string
  readonly sizes: Readonly<Record<string, number | string>>
  /** What the server does. */
  readonly plan?: Readonly<Record<string, number>>
  readonly contestants?: readonly string[]
  readonly figures: readonly Figure[]
}

const BUILDS = ['baseline', 'client']

/** Who takes part where nothing is said; the order is that of the turns. */
export const CONTESTANTS: readonly string[] = ['fetch', 'got', 'axios', ...BUILDS]

/** In the order of the table. */
export const WORKLOADS: readonly Workload[] = [
  {
    name: 'sequential',
    about: '{calls} reads of one book, one after another, after {warmUp} others',
    sizes: { calls: 2000, warmUp: 1500 },
    figures: [
      figure('µs per call', 'us', atMost(0.8, 0.75), 'fetch'),
      figure('CPU per call, µs', 'cpuUs', atMost(0.6), 'fetch'),
    ],
  },
  {
    name: 'parallel',
    about: '{calls} of them by {callers} callers at a time, over 10 sockets (fetch: as many as it likes)',
    sizes: { calls: 4000, warmUp: 2000, callers: 100 },
    figures: [figure('calls per second', 'perSecond', atLeast(1.3, 1.6), 'fetch')],
  },
  {
    name: 'cached',
    about: 'the catalogue of 500 books from the cache, for {minMs} ms',
    sizes: { minMs: 500 },
    contestants: ['got', 'axios', ...BUILDS],
    figures: [figure('ns per call', 'ns', atMost(150))],
  },
  {
    name: 'burst',
    about: '{calls} calls for the catalogue at once, the first of a process; the login is part of it',
    sizes: { calls: 1000 },
    figures: [figure('ms', 'ms', atMost(60)), figure('catalogue requests', 'books', atMost(1))],
  },
  {
    name: 'renewal',
    about:
      '{calls} calls at once, answered after 1 to 20 ms each; once 50 have arrived, the token is refused',
    task: 'disturbed',
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
    name: 'outage',
    about:
      '{calls} calls at once while everything is answered with 503; first retries after {retryDelayMs} ms',
    task: 'disturbed',
    sizes: { calls: 200, retryDelayMs: 20 },
    plan: { outageAfter: 1 },
    // The limit is maxConnections + failureThreshold − 1.
    figures: [{ label: 'requests', of: ({ book = 0, logins = 0 }) => book + logins - 2, target: atMost(14) }],
  },
  {
    name: 'stream',
    about: 'a file of 200 MB, read as it arrives and kept nowhere',
    task: 'transfer',
    sizes: { how: 'stream', bytes: 200_000_000 },
    figures: [figure('MB/s', 'mbPerSecond', atLeast(1, 1.2), 'fetch'), peak(100)],
  },
  {
    name: 'download',
    about: 'the same into memory (fetch: `arrayBuffer()`)',
    task: 'transfer',
    sizes: { how: 'download', bytes: 200_000_000 },
    contestants: ['fetch', ...BUILDS],
    figures: [figure('MB/s', 'mbPerSecond', atLeast(1), 'fetch'), peak(290)],
  },
  {
    name: 'toFile',
    about: 'the same to disk (fetch: written as it arrives, without sync and SHA-256)',
    task: 'transfer',
    sizes: { how: 'toFile', bytes: 200_000_000 },
    contestants: ['fetch', ...BUILDS],
    figures: [figure('MB/s', 'mbPerSecond'), peak(90)],
  },
  {
    name: 'start',
    about: 'from before the import of the library to the first book; the start of Node.js is not in it',
    sizes: {},
    figures: [figure('ms', 'ms', atMost(25))],
  },
  {
    name: 'mirror',
    about: 'a book of {book} bytes, 10 files at a time, to disk (aria2c: without SHA-256)',
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
