import { CONTESTANTS } from './contestants.js'
import { machine } from './machine.js'
import type { ProfileLine } from './profile.js'
import { type Measured, rowsOf, titlesOf } from './results.js'
import { verdictsOf } from './verdicts.js'

/** What a report is made of. */
export interface Report {
  readonly command: string
  readonly measured: readonly Measured[]
  readonly profile: readonly ProfileLine[]
  readonly failures: readonly string[]
  readonly versions: ReadonlyMap<string, string>
  readonly durationMs: number
}

const LEFT_OUT = `- The network: client and server are on one machine, so that the wire costs next to nothing and what the libraries
  themselves do shows as much as it can. Over a real network all of them are closer together.
- TLS, HTTP/2, compression, uploads, and Windows and macOS.
- The cached catalogue of those that have no cache (fetch, undici, openapi-fetch, ky, and the client's own \`api\`):
  \`–\` in the table. A \`Map\` around any of them would be as fast as this client's; what such a map has to get right
  (one request for many callers, expiry, invalidation) is the point of a cache.
- Retries of fetch, undici and openapi-fetch, which have none, and logins of fetch and undici on 401: the calls fail.
- The single-flight login of the peers is one promise for all who wait, the usual recipe. One that also compares the
  token that was refused with the one that is there needs no more logins than this client.
- Caches are used for the catalogue alone, as in this client; the small reads all go to the server, which counts them.
- The server sends \`cache-control\` with the catalogue, which the service does not, so that got has something to keep.`

const SETTINGS = `Where a library can be told, it has 10 sockets, a limit of 30 s for a request, and waits of 1, 2, 4 s before repetitions.
The global \`fetch\`, and what is built on it, knows no limit of sockets: 100 callers use 100. Each logs in for itself, through
its own library, when it needs its first token.`

/** RESULTS.md. */
export function writeReport({ measured, failures, command, durationMs, ...report }: Report): string {
  return `# How fast the client is

Written by \`${command}\` in ${Math.round(durationMs / 1000)} s; do not edit. One local HTTP server in a process of its own, a fresh process for each
contestant and round, contestants in turns. Figures are medians over the rounds; a ratio is the median of the ratios to
the global \`fetch\` of the same round. Other work on the machine disturbs them: compare within a run, not between runs.

${machine()}

![Time of one call and rate of 100 callers](results.svg)

## Figures

${figures(measured)}
${failures.length > 0 ? `\n\`✗\` could not be measured:\n\n${list(failures)}\n` : ''}
## Targets of this client

${targets(measured)}

## Where the time of one call goes

Self time of one small read of this client, sampled every 0.2 ms, which itself costs a little.

${markdownTable(['group', 'µs', 'share'], report.profile.map(Object.values))}

## What is asked

${list(measured.map(describe))}

## Who is asked

${list(CONTESTANTS.map((contestant) => introduce(contestant, report.versions)))}

${SETTINGS}

## What is left out

${LEFT_OUT}
`
}

function figures(measured: readonly Measured[]): string {
  const names = CONTESTANTS.map(({ name }) => name)
  const rows = rowsOf(measured, names).map(({ label, cells }) => [
    label.replace(/^ {2}/, '\u2003'),
    ...cells.map((cell, column) => (names[column] === 'client' ? `**${cell}**` : cell)),
  ])
  return markdownTable(['median', ...titlesOf(names)], rows)
}

function targets(measured: readonly Measured[]): string {
  const rows = verdictsOf(measured).map(({ label, target, measured: found, isMet }) => [
    label,
    target,
    found,
    isMet ? '✓ met' : '✗ missed',
  ])
  return markdownTable(['', 'target', 'measured', ''], rows)
}

function describe({ workload, scale }: Measured): string {
  const sizes: Record<string, number> = { ...scale.sizes }
  const about = workload.about.replace(/\{(\w+)\}/g, (_, key: string) => String(sizes[key]))
  return `**${workload.name}** (${scale.rounds} ${scale.rounds === 1 ? 'round' : 'rounds'}): ${about}`
}

function introduce(
  { title, packages, setUp }: (typeof CONTESTANTS)[number],
  versions: ReadonlyMap<string, string>,
): string {
  const what = packages.map((name) => `${name} ${versions.get(name)}`).join(', ')
  return `**${title}**${what && ` (${what})`}: ${setUp}.`
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n')
}

/** The first column to the left, the others to the right; padded, so that it can be read as it is. */
function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) =>
    Math.max(4, ...[head, ...rows].map((cells) => cells[column]?.length ?? 0)),
  )
  const rule = widths.map((width, column) => `${'-'.repeat(width - 1)}${column === 0 ? '-' : ':'}`)
  const pad = (cell: string, column: number): string =>
    column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)
  return [head, rule, ...rows].map((cells) => `| ${cells.map(pad).join(' | ')} |`).join('\n')
}
