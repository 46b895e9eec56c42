import { startMockServer } from '../../src/testing/index.js'
import { Report } from './report.js'
import { type Command, node, type Outcome, run, Sandbox } from './sandbox.js'

/** The main methods of the packed package, on every runtime, against the mock over HTTP. */
interface Runtime {
  readonly name: string
  readonly command: Command
  /** What is not run there, and why. */
  readonly leftOut?: string
}

const ONLY_MAIN_METHODS =
  'not the test suite, whose servers, fake timers and child processes are those of Node.js'

const RUNTIMES: readonly Runtime[] = [
  ...[20, 22, 24, 26].map((version) => ({ name: `Node.js ${version}`, command: node(version) })),
  { name: 'Bun', command: ['npx', '-y', '-p', 'bun', 'bun'], leftOut: ONLY_MAIN_METHODS },
  {
    name: 'Deno',
    command: ['npx', '-y', '-p', 'deno', 'deno', 'run', '-A', '--quiet', '--node-modules-dir=manual'],
    leftOut: ONLY_MAIN_METHODS,
  },
]

interface Step {
  readonly step: string
  readonly error?: string
}

function stepsOf({ stdout }: Outcome): Step[] {
  const lines = stdout.split('\n').filter((line) => line.startsWith('{'))
  return lines.map((line) => JSON.parse(line) as Step)
}

/** The version of the runtime; undefined where npm cannot install it. */
async function versionOf({ command: [file, ...args] }: Runtime, folder: string): Promise<string | undefined> {
  const withoutRun = args.slice(0, 4) as string[]
  const { code, stdout } = await run([file, ...withoutRun], ['--version'], folder)
  return code === 0 ? stdout.split('\n')[0]?.trim() : undefined
}

async function check(runtime: Runtime, sandbox: Sandbox, report: Report): Promise<void> {
  const version = await versionOf(runtime, sandbox.folder)
  if (version === undefined) return report.skipped(runtime.name, 'npm cannot install it')
  const mock = await startMockServer({ dialect: '2026' })
  const outcome = await sandbox.program(runtime.command, 'smoke.mjs', [mock.url])
  await mock.close()
  const steps = stepsOf(outcome)
  const broken = steps.filter(({ error }) => error !== undefined)
  for (const { step, error } of broken) report.failed(`${runtime.name}, ${step}`, error?.split('\n')[0] ?? '')
  const isOver = steps.at(-1)?.step === 'close' && outcome.code === 0
  if (!isOver) report.failed(runtime.name, `ended with ${outcome.code}\n${outcome.stderr.slice(-2_000)}`)
  else if (broken.length === 0) report.ok(`${runtime.name} (${version})`, `${steps.length} steps`)
  if (runtime.leftOut) report.skipped(`the rest on ${runtime.name}`, runtime.leftOut)
}

const report = new Report()
const sandbox = await Sandbox.create()
try {
  for (const runtime of RUNTIMES) await check(runtime, sandbox, report)
} finally {
  await sandbox.remove()
}
report.end()
