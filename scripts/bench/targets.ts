/** What one figure of this client shall be. */
export interface Target {
  readonly workload: string
  readonly metric: string
  /** The ratio to the global fetch is meant. */
  readonly isRatio: boolean
  readonly is: 'at most' | 'at least'
  readonly limit: number
  readonly label: string
}

/** Of the contestant `client`. */
export const TARGETS: readonly Target[] = [
  target('sequential', 'us', 'at most', 0.75, 'call after call ÷ fetch', true),
  target('parallel', 'perSecond', 'at least', 1.6, 'rate of 100 callers ÷ fetch', true),
  target('cached', 'ns', 'at most', 150, 'cached catalogue, ns per call'),
  target('burst', 'ms', 'at most', 100, 'cold burst of 1 000, ms'),
  target('burst', 'requests', 'at most', 1, 'cold burst of 1 000, catalogue requests'),
  target('renewal', 'logins', 'at most', 1, '401 amid 200 calls, new logins'),
  target('renewal', 'failed', 'at most', 0, '401 amid 200 calls, failed calls'),
  // maxConnections + failureThreshold − 1
  target('outage', 'reached', 'at most', 14, 'down for 200 calls, requests that reach it'),
  target('download', 'mbPerSecond', 'at least', 1.2, '200 MB, MB/s ÷ fetch', true),
  target('download', 'maxRssMb', 'at most', 100, '200 MB, peak RSS, MB'),
  target('start', 'ms', 'at most', 70, 'import to first answer, ms'),
]

function target(
  workload: string,
  metric: string,
  is: Target['is'],
  limit: number,
  label: string,
  isRatio = false,
): Target {
  return { workload, metric, isRatio, is, limit, label }
}

/** Whether a figure is as it shall be. */
export function isMet({ is, limit }: Target, figure: number): boolean {
  return is === 'at most' ? figure <= limit : figure >= limit
}
