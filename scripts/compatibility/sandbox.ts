import { spawn } from 'node:child_process'
import { copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

/** How a command ended, and what it printed. */
export interface Outcome {
  /** null when a signal or the time limit ended it. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A command with its first arguments, such as `npx -y -p node@24 node`. */
export type Command = readonly [string, ...string[]]

type Environment = Readonly<Record<string, string>>

// The whole test suite on a slow machine.
const LIMIT_MS = 900_000

/** The root of the repository. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** Runs a command to its end in a folder. */
export async function run(
  [file, ...first]: Command,
  args: readonly string[],
  cwd: string,
  env: Environment = {},
): Promise<Outcome> {
  const child = spawn(file, [...first, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: LIMIT_MS,
  })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  const [code, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)])
  return { code, stdout, stderr }
}

/** A Node.js of npm. */
export function node(version: number): Command {
  return ['npx', '-y', '-p', `node@${version}`, 'node']
}

/** A temporary folder with this package as npm packs it, other packages, and the programs that use them. */
export class Sandbox {
  readonly folder: string

  private constructor(folder: string) {
    this.folder = folder
  }

  /** `packages` as npm takes them: `msw@2`. */
  static async create(packages: readonly string[] = []): Promise<Sandbox> {
    const sandbox = new Sandbox(await mkdtemp(join(tmpdir(), 'dcs-compatibility-')))
    const { folder } = sandbox
    await ok(run(['npm', 'pack', '--pack-destination', folder], [], ROOT))
    const [tarball] = (await readdir(folder)).filter((name) => name.endsWith('.tgz'))
    if (tarball === undefined) throw new Error('npm packed nothing')
    await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n')
    await ok(run(['npm', 'install', '--no-audit', '--no-fund'], [`./${tarball}`, ...packages], folder))
    return sandbox
  }

  /** Runs a program of the folder `programs`. */
  async program(
    command: Command,
    name: string,
    args: readonly string[] = [],
    env: Environment = {},
  ): Promise<Outcome> {
    const file = fileURLToPath(new URL(`./programs/${name}`, import.meta.url))
    await copyFile(file, join(this.folder, basename(file)))
    return run(command, [basename(file), ...args], this.folder, env)
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true })
  }
}

async function ok(running: Promise<Outcome>): Promise<void> {
  const { code, stdout, stderr } = await running
  if (code !== 0) throw new Error(`npm failed (${code}):\n${stdout}\n${stderr}`)
}
