import { copyFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Report } from './report.js'
import { node, run, Sandbox } from './sandbox.js'

/** OpenTelemetry's instrumentation of node:http: a span for each attempt, and nothing secret in it. */
// The last line of the instrumentation that runs on Node.js 20.
const PACKAGES = [
  'api@1',
  'instrumentation@^0.223',
  'instrumentation-http@^0.223',
  'sdk-trace-base@2',
  'sdk-trace-node@2',
]
const VERSIONS = [20, 22, 24]
const TOKEN = 'TOKENSECRET'
const SETUP = fileURLToPath(new URL('./programs/telemetry-setup.mjs', import.meta.url))

interface Span {
  readonly name: string
  readonly kind: number
  readonly traceId: string
  readonly spanId: string
  readonly attributes: Readonly<Record<string, unknown>>
}

/** What reached the service, in order: the route and its `traceparent`. */
const requests: Array<{ readonly url: string; readonly traceparent: unknown }> = []

// The first request for a book fails, so that there is a retry.
const service = createServer(({ url = '', headers }, response) => {
  const isFirst = !requests.some((request) => request.url === url)
  requests.push({ url, traceparent: headers['traceparent'] })
  const body =
    url === '/auth/login' ? { access_token: TOKEN, token_type: 'bearer' } : { id: 1, book_name: 'b' }
  response.writeHead(url === '/books/1' && isFirst ? 503 : 200, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
})
await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve))
const address = `http://127.0.0.1:${(service.address() as AddressInfo).port}`

/** What is wrong with the spans; empty if nothing is. */
function faultsOf(stdout: string): string[] {
  const spans = (JSON.parse(stdout) as Span[]).filter(({ kind }) => kind === 2)
  const faults: string[] = []
  if (requests.length !== 4) faults.push(`${requests.length} requests for 4 attempts`)
  if (spans.length !== requests.length) faults.push(`${spans.length} spans for ${requests.length} attempts`)
  const sent = new Set(requests.map(({ traceparent }) => String(traceparent)))
  for (const { name, traceId, spanId } of spans) {
    if (!sent.has(`00-${traceId}-${spanId}-01`)) faults.push(`the traceparent of ${name} was not sent`)
  }
  for (const secret of [TOKEN, 'PASSWORDSECRET', 'Bearer']) {
    if (stdout.includes(secret)) faults.push(`${secret} is in a span`)
  }
  return faults
}

async function check(version: number, sandbox: Sandbox, report: Report): Promise<void> {
  const name = `OpenTelemetry on Node.js ${version}`
  const found = await run(node(version), ['--version'], sandbox.folder)
  if (found.code !== 0) return report.skipped(name, 'npm cannot install it')
  requests.length = 0
  const command = [...node(version), '--import', './telemetry-setup.mjs'] as const
  const { code, stdout, stderr } = await sandbox.program(command, 'telemetry.mjs', [address])
  const faults = code === 0 ? faultsOf(stdout) : [stderr.slice(0, 1_000)]
  if (faults.length === 0) report.ok(name, `${requests.length} attempts`)
  else report.failed(name, faults.join('; '))
}

const report = new Report()
const sandbox = await Sandbox.create(PACKAGES.map((name) => `@opentelemetry/${name}`))
try {
  await copyFile(SETUP, join(sandbox.folder, 'telemetry-setup.mjs'))
  for (const version of VERSIONS) await check(version, sandbox, report)
} finally {
  await sandbox.remove()
  service.close()
}
report.end()
