import { BASE, CONTESTANTS } from './contestants.js'
import type { Runs, Scale } from './measure.js'
import { median, medianRatio } from './statistics.js'
import type { Metric, Workload } from './workloads.js'

/** One workload as it was measured. */
export interface Measured {
  readonly workload: Workload
  readonly scale: Scale
  readonly runs: Runs
}

/** One line of the table, a cell for each contestant. */
export interface Row {
  readonly label: string
  readonly cells: readonly string[]
}

/** What stands where a contestant has no such thing. */
const ABSENT = '–'
/** What stands where a measurement failed. */
const FAILED = '✗'

/** The median of a figure; undefined where it was not measured, NaN where it failed each time. */
export function figure({ runs }: Measured, metric: Metric, name: string): number | undefined {
  const found = runs.get(name)
  return found && median(found.flatMap((run) => (run ? [metric.of(run)] : [])))
}

/** The median of the ratios to the global fetch, round by round. */
export function ratio({ runs }: Measured, metric: Metric, name: string): number | undefined {
  const values = (of: string) => runs.get(of)?.map((run) => run && metric.of(run))
  const [found, base] = [values(name), values(BASE)]
  return found && base && medianRatio(found, base)
}

/** The table without its head: for each figure a line, and one more where it is compared with fetch. */
export function rowsOf(measured: readonly Measured[], contestants: readonly string[]): Row[] {
  return measured.flatMap((each) =>
    each.workload.metrics.flatMap((metric) => {
      const row = (label: string, cell: (name: string) => string): Row => ({
        label,
        cells: contestants.map(cell),
      })
      const figures = row(metric.label, (name) => show(figure(each, metric, name)))
      if (!metric.hasRatio || !contestants.includes(BASE)) return [figures]
      return [figures, row('  ÷ fetch', (name) => showRatio(ratio(each, metric, name)))]
    }),
  )
}

/** The heads of their columns. */
export function titlesOf(names: readonly string[]): string[] {
  return names.map((name) => CONTESTANTS.find((contestant) => contestant.name === name)?.title ?? name)
}

/** Three digits that mean something; counts as they are. */
export function show(value: number | undefined): string {
  if (value === undefined) return ABSENT
  if (Number.isNaN(value)) return FAILED
  const digits = Number.isInteger(value) || value >= 100 ? 0 : value >= 10 ? 1 : 2
  // No line breaks within a number.
  return value
    .toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
    .replaceAll(',', '\u00a0')
}

/** Two decimals. */
export function showRatio(value: number | undefined): string {
  if (value === undefined) return ABSENT
  return Number.isNaN(value) ? FAILED : value.toFixed(2)
}
