import { execFileSync } from 'node:child_process'
import { copyFile, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { build } from 'esbuild'

const ROOT = path.join(import.meta.dirname, '..')
const MODULES = path.join(ROOT, 'node_modules')
const DIST = path.join(ROOT, 'dist')

/**
 * The entry points are the modules that `exports` of package.json names: `./dist/testing/index.js` is built from
 * `src/testing/index.ts`. A new sub-path is one row there.
 */
async function entryPoints(): Promise<string[]> {
  const { exports } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8')) as {
    exports: Record<string, string | { default: string }>
  }
  return Object.values(exports)
    .map((target) => (typeof target === 'string' ? target : target.default))
    .filter((target) => target.startsWith('./dist/'))
    .map((target) => target.replace(/^\.\/dist\/(.*)\.js$/, 'src/$1.ts'))
}

/** One `.d.ts` for each module. */
function declarations(): void {
  const tsc = path.join(MODULES, 'typescript/bin/tsc')
  execFileSync(process.execPath, [tsc, '-p', 'src/tsconfig.json'], { cwd: ROOT, stdio: 'inherit' })
}

/** The entry points and the chunks that they share. Dependencies stay imports, except for cockatiel. */
async function modules(): Promise<void> {
  await build({
    absWorkingDir: ROOT,
    entryPoints: await entryPoints(),
    outdir: DIST,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    // cockatiel is published as CommonJS for Node. Its ES modules load faster, and only what is used is bundled.
    alias: { cockatiel: './node_modules/cockatiel/dist/esm/index.js' },
    logLevel: 'warning',
  })
  await copyFile(path.join(MODULES, 'cockatiel/LICENSE'), path.join(DIST, 'cockatiel.LICENSE'))
}

await rm(DIST, { recursive: true, force: true })
declarations()
await modules()
