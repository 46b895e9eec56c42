import { paint, table } from '../terminal.js'
import type { ProfileLine } from './profile.js'
import { type Measured, rowsOf, titlesOf } from './results.js'
import { verdictsOf } from './verdicts.js'

/** The figures, a column for each contestant, this client's in bold. */
export function printFigures(measured: readonly Measured[], contestants: readonly string[]): void {
  const rows = rowsOf(measured, contestants)
  const titles = titlesOf(contestants)
  const widths = contestants.map((_, column) =>
    Math.max(...[titles, ...rows.map(({ cells }) => cells)].map((cells) => cells[column]?.length ?? 0)),
  )
  const line = (cells: readonly string[]): string[] =>
    cells.map((cell, column) => {
      const padded = cell.padStart(widths[column] ?? 0)
      return contestants[column] === 'client' ? paint('bold', padded) : padded
    })
  table(
    ['median', ...line(titles)],
    rows.map(({ label, cells }) => [label.replace(/^ {2}.*/, (text) => paint('dim', text)), ...line(cells)]),
  )
}

/** What the client shall reach, and whether it does. */
export function printTargets(measured: readonly Measured[]): void {
  const verdicts = verdictsOf(measured)
  if (verdicts.length === 0) return
  table(
    ['target of this client', '', 'measured', ''],
    verdicts.map(({ label, target, measured: found, isMet }) => [
      label,
      target,
      found.padStart('measured'.length),
      isMet ? paint('green', '✓ met') : paint('yellow', '✗ missed'),
    ]),
  )
}

/** Where the time of one call goes. */
export function printProfile(lines: readonly ProfileLine[]): void {
  table(
    ['one small read of this client', 'µs', 'share'],
    lines.map(({ group, us, share }) => [group, us.padStart(6), share.padStart(5)]),
  )
}
