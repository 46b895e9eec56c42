import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Report } from './report.js'
import { node, run, Sandbox } from './sandbox.js'

/** The versions of Node.js that know `NODE_USE_ENV_PROXY`. */
const VERSIONS = [24, 26]
const BOOK = JSON.stringify({ id: 1, book_name: 'from the proxy' })

/** Answers what it is asked for in the form of a proxy (the whole URL) itself, and notes it. */
const asked: string[] = []
const proxy = createServer(({ url = '' }, response) => {
  asked.push(url)
  response.writeHead(200, { 'content-type': 'application/json' }).end(BOOK)
})
await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`

async function check(version: number, sandbox: Sandbox, report: Report): Promise<void> {
  const name = `NODE_USE_ENV_PROXY on Node.js ${version}`
  const found = await run(node(version), ['--version'], sandbox.folder)
  if (found.code !== 0) return report.skipped(name, 'npm cannot install it')
  asked.length = 0
  const env = {
    NODE_USE_ENV_PROXY: '1',
    HTTP_PROXY: address,
    http_proxy: address,
    NO_PROXY: '',
    no_proxy: '',
  }
  const { stdout, stderr } = await sandbox.program(node(version), 'env-proxy.mjs', [], env)
  if (stdout.trim() === 'from the proxy' && asked[0]?.startsWith('http://dcs.invalid/')) report.ok(name)
  else report.failed(name, `${asked.length} requests reached the proxy\n${stderr.slice(0, 1_000)}`)
  await checkWithout(version, sandbox, report, { ...env, NODE_USE_ENV_PROXY: '0' })
}

/** Without the flag the proxy is not used. */
async function checkWithout(
  version: number,
  sandbox: Sandbox,
  report: Report,
  env: Record<string, string>,
): Promise<void> {
  asked.length = 0
  await sandbox.program(node(version), 'env-proxy.mjs', [], env)
  const name = `no proxy without it on Node.js ${version}`
  if (asked.length === 0) report.ok(name)
  else report.failed(name, `${asked.length} requests reached the proxy`)
}

const report = new Report()
const sandbox = await Sandbox.create()
try {
  for (const version of VERSIONS) await check(version, sandbox, report)
} finally {
  await sandbox.remove()
  proxy.close()
}
report.end()
