import { Report } from './report.js'
import { node, ROOT, run } from './sandbox.js'

/** The whole test suite on each version of Node.js; other versions as arguments: `node-versions.ts 22 24`. */
const VERSIONS = [20, 22, 24, 26]

const asked = process.argv.slice(2).map(Number)
const report = new Report()
for (const version of asked.length > 0 ? asked : VERSIONS) {
  const { code, stdout: found } = await run(node(version), ['--version'], ROOT)
  const name = `the test suite on Node.js ${version}`
  if (code !== 0) {
    report.skipped(name, 'npm cannot install it')
    continue
  }
  const suite = await run(node(version), ['node_modules/vitest/vitest.mjs', 'run', '--reporter=dot'], ROOT)
  const counts = suite.stdout
    .split('\n')
    .filter((line) => /^\s*(Test Files|Tests|Type Errors|Errors)\s/.test(line))
  const summary = [found.trim(), ...counts.map((line) => line.trim().replace(/\s+/g, ' '))].join(', ')
  if (suite.code === 0) report.ok(name, summary)
  else report.failed(name, `${summary}\n${suite.stdout.slice(-8_000)}\n${suite.stderr.slice(-8_000)}`)
}
report.end()
