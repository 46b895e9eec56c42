import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Report } from './report.js'
import { node, run, Sandbox } from './sandbox.js'

/** Mocks that listen before and after this package is imported; the host that they stand for does not exist. */
const MOCKS = [
  { mock: 'msw', version: 2, nodes: [20, 22, 24] },
  { mock: 'msw', version: 3, nodes: [24] },
  { mock: 'nock', version: 14, nodes: [20, 22, 24] },
  { mock: 'nock', version: 15, nodes: [22, 24] },
]

const SHARED = fileURLToPath(new URL('./programs/use-client.mjs', import.meta.url))

async function check(sandbox: Sandbox, report: Report, entry: (typeof MOCKS)[number]): Promise<void> {
  const { mock, version, nodes } = entry
  for (const nodeVersion of nodes) {
    const command = node(nodeVersion)
    const on = `on Node.js ${nodeVersion}`
    const found = await run(command, ['--version'], sandbox.folder)
    if (found.code !== 0) report.skipped(`${mock} ${version} ${on}`, 'npm cannot install it')
    else
      for (const when of ['before', 'after']) {
        const name = `${mock} ${version} that listens ${when} the import, ${on}`
        const { code, stderr } = await sandbox.program(command, `${mock}.mjs`, [`${mock}-${version}`, when])
        if (code === 0) report.ok(name)
        else report.failed(name, stderr.slice(0, 1_000))
      }
  }
}

const report = new Report()
const sandbox = await Sandbox.create(
  MOCKS.map(({ mock, version }) => `${mock}-${version}@npm:${mock}@${version}`),
)
try {
  await copyFile(SHARED, join(sandbox.folder, 'use-client.mjs'))
  for (const entry of MOCKS) await check(sandbox, report, entry)
} finally {
  await sandbox.remove()
}
report.end()
