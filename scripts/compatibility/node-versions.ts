import { Report } from './report.js'
import { node, ROOT, run } from './sandbox.js'

/** The whole test suite on each version of Node.js; other versions as arguments: `node-versions.ts 22 24`. */
const VERSIONS = [20, 22, 24, 26]
const PLAIN = { NO_COLOR: '1', FORCE_COLOR: '0' }
const MAX_LINES = 60

/** The lines that match, without the spaces around them. */
function linesOf(output: string, pattern: RegExp): string[] {
  const lines = output.split('\n').map((line) => line.trim().replace(/\s+/g, ' '))
  return lines.filter((line) => pattern.test(line))
}

async function check(version: number, report: Report): Promise<void> {
  const name = `the test suite on Node.js ${version}`
  const found = await run(node(version), ['--version'], ROOT)
  if (found.code !== 0) return report.skipped(name, 'npm cannot install it')
  const { code, stdout, stderr } = await run(
    node(version),
    ['node_modules/vitest/vitest.mjs', 'run'],
    ROOT,
    PLAIN,
  )
  const counts = linesOf(stdout, /^(Test Files|Tests|Type Errors|Errors) /)
  const summary = [found.stdout.trim(), ...counts].join(', ')
  if (code === 0) return report.ok(name, summary)
  const failures = linesOf(stderr, /^FAIL |Error: /).slice(0, MAX_LINES)
  report.failed(name, [summary, ...failures].join('\n  '))
}

const asked = process.argv.slice(2).map(Number)
const report = new Report()
for (const version of asked.length > 0 ? asked : VERSIONS) await check(version, report)
report.end()
