import { cpus, totalmem } from 'node:os'
import type { Runs } from './measure.js'
import type { Run, Target, Workload } from './workloads.js'

/** One workload as it was measured. */
export interface Measured {
  readonly workload: Workload
  readonly runs: Runs
}

/** What a report is made of; `profiles` has the microseconds of one call by group, for each build. */
export interface Report {
  readonly command: string
  readonly measured: readonly Measured[]
  readonly profiles: ReadonlyMap<string, Run>
  readonly failures: readonly string[]
  readonly titleOf: (contestant: string) => string
}

const HOW = `One local HTTP server in a process of its own, a new process for each contestant and round, contestants in turns.
Figures are medians over the rounds; a ratio is the median of the ratios within a round. Compare within a run, not
between runs: other work on the machine changes all figures. axios is with axios-retry and axios-cache-interceptor.`
const PROFILE = 'Self time in µs of one read of a book, one after another, sampled every 0.2 ms.'

/** The text of RESULTS.md, which is also what is printed. */
export function writeReport({ command, measured, profiles, failures, titleOf }: Report): string {
  const names = [...new Set(measured.flatMap(({ runs }) => [...runs.keys()]))]
  const figures = measured.flatMap((each) => rowsOf(each, names))
  const groups = Object.keys([...profiles.values()][0] ?? {})
  const times = groups.map((group) => [group, ...Array.from(profiles.values(), (run) => show(run[group]))])
  const about = ({ workload: { name, about, sizes } }: Measured): string =>
    `${name}: ${about.replace(/\{(\w+)\}/g, (_, key) => String(sizes[key]))}.`
  const sections = [
    `# How fast the client is\n\nWritten by \`${command}\` on ${machine()}.\n${HOW}`,
    measured.length > 0 && table(['median', ...names.map(titleOf), 'target', 'met?'], figures),
    failures.length > 0 && `Could not be measured:\n\n${list(failures)}`,
    measured.length > 0 && `## Workloads\n\n${list(measured.map(about))}`,
    profiles.size > 0 && `## Where the time of one call goes\n\n${PROFILE}`,
    profiles.size > 0 && table(['group', ...Array.from(profiles.keys(), titleOf)], times),
  ]
  return `${sections.filter(Boolean).join('\n\n')}\n`
}

/** The rows of the table: one for each figure, and one more for the ratio where it is compared. */
export function rowsOf({ workload, runs }: Measured, names: readonly string[]): string[][] {
  return workload.figures.flatMap(({ label, of, base, target }) => {
    type OfRound = (run: Run, round: number) => number | undefined
    const row = (title: string, goal: Target | undefined, ofRound: OfRound): string[] => {
      const medianOf = (name: string) =>
        runs.get(name) && median(runs.get(name)?.map((run, round) => run && ofRound(run, round)))
      return [title, ...names.map((name) => show(medianOf(name))), ...verdict(goal, medianOf('client'))]
    }
    const title = `${workload.name}, ${label}`
    if (base === undefined) return [row(title, target, of)]
    // Within a round, so that a slow moment of the machine affects both sides.
    const ratio: OfRound = (run, round) => {
      const other = runs.get(base)?.[round]
      return other && Number(of(run)) / Number(of(other))
    }
    return [row(title, undefined, of), row(`÷ ${base}`, target, ratio)]
  })
}

function median(values: readonly (number | undefined)[] = []): number {
  const sorted = values.filter((value) => value !== undefined).sort((a, b) => a - b)
  const at = (index: number): number => sorted[index] ?? Number.NaN
  return (at(Math.ceil(sorted.length / 2) - 1) + at(Math.floor(sorted.length / 2))) / 2
}

function verdict(target: Target | undefined, value: number | undefined): [string, string] {
  if (target === undefined || value === undefined) return ['', '']
  const { is, limit, better } = target
  const reaches = (bound = Number.NaN): boolean => (is === 'at most' ? value <= bound : value >= bound)
  const goal = `${is} ${limit}${better === undefined ? '' : `, better ${better}`}`
  return [goal, !reaches(limit) ? 'missed' : reaches(better) ? 'met, better' : 'met']
}

/** Three digits that mean something; counts as they are. */
function show(value: number | undefined): string {
  if (value === undefined) return ''
  if (Number.isNaN(value)) return 'failed'
  return value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)))
}

function machine(): string {
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`
  const day = new Date().toISOString().slice(0, 10)
  return `${cpus()[0]?.model.trim()}, ${cpus().length} cores, ${memory}, ${process.platform}, Node.js ${process.versions.node}, ${day}`
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n')
}

/** Padded, so that it can be read as it is. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map((_, column) => (column === 0 ? '---' : '---:')), ...rows]
  const widths = head.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)))
  const pad = (cell: string, column: number): string =>
    column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)
  return lines.map((cells) => `| ${cells.map(pad).join(' | ')} |`).join('\n')
}
