import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { CONTESTANTS } from './contestants.js'

const run = promisify(execFile)

/** The folder of the benchmark. */
export const BENCH = import.meta.dirname
/** The folder of the project. */
const ROOT = join(BENCH, '..', '..')

interface Lock {
  readonly packages: Readonly<Record<string, { version?: string }>>
}

/** Builds dist: what is measured is what is published. */
export async function build(): Promise<void> {
  await npm('run', 'build', '--silent')
}

/** Installs the peers, if one is missing or of another version than the lock file says. */
export async function installPeers(): Promise<void> {
  const { packages } = await lockOf(BENCH)
  const names = Object.keys(packages).filter((path) => path !== '')
  const installed = await Promise.all(names.map((path) => versionAt(join(BENCH, path))))
  if (names.every((path, index) => packages[path]?.version === installed[index])) return
  await npm('ci', '--prefix', BENCH, '--ignore-scripts', '--silent')
}

/** What is compared, by the name of the package. */
export async function peerVersions(): Promise<Map<string, string>> {
  const locks = await Promise.all([BENCH, ROOT].map(lockOf))
  const names = CONTESTANTS.flatMap(({ packages }) => packages)
  return new Map(
    names.map((name) => [
      name,
      locks.map(({ packages }) => packages[`node_modules/${name}`]?.version).find(Boolean) ?? '?',
    ]),
  )
}

async function lockOf(folder: string): Promise<Lock> {
  return JSON.parse(await readFile(join(folder, 'package-lock.json'), 'utf8'))
}

async function versionAt(folder: string): Promise<string | undefined> {
  const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => '{}')
  return JSON.parse(text).version
}

async function npm(...args: string[]): Promise<void> {
  await run('npm', args, { cwd: ROOT }).catch((error: { stdout?: string; stderr?: string }) => {
    const output = `${error.stdout ?? ''}${error.stderr ?? ''}`.trim()
    throw new Error(`npm ${args.join(' ')} failed: ${output}`)
  })
}
