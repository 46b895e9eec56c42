import { parseArgs } from 'node:util'
import { DreamCentralStorageClient, type MirrorResult, optionsFromEnv } from '../src/index.js'
import { count, duration, line, note, paint, run, withBar } from './terminal.js'

const USAGE = `Usage: npm run mirror -- --publisher NAME --book NAME --to FOLDER [--concurrency 4] [--prune]

Downloads every file of a book into a folder, except for those that are there already. Run it again to continue.
The URL and the login of the service come from the environment: see .env.example.`

/** @returns the arguments; undefined for `--help` @throws TypeError for missing and unknown ones */
function readArguments() {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean', default: false } as const
  const { values } = parseArgs({
    options: { publisher: text, book: text, to: text, concurrency: text, prune: flag, help: flag },
  })
  if (values.help) return undefined
  const { publisher, book, to, prune, concurrency = '4' } = values
  if (publisher === undefined || book === undefined || to === undefined) {
    throw new TypeError('--publisher, --book and --to are needed')
  }
  return { publisher, book, to, prune, concurrency: Number(concurrency) }
}

/** Exit code: 0; 1 when a file failed or there is none; 130 after Ctrl-C, a second one of which ends it at once. */
async function main(): Promise<void> {
  const given = readArguments()
  if (!given) return console.log(USAGE)
  const { publisher, book, to, ...options } = given
  const interrupt = new AbortController()
  process.once('SIGINT', () => interrupt.abort())
  await using client = new DreamCentralStorageClient(optionsFromEnv())
  const startedAt = performance.now()
  try {
    const { signal } = interrupt
    const result = await withBar((onProgress) =>
      client.mirrorBook(publisher, book, to, { ...options, signal, onProgress }),
    )
    if (isEmpty(result))
      throw new TypeError(`${publisher} / ${book} has no files: a draft, or another spelling`)
    summarise(result, performance.now() - startedAt)
  } catch (error) {
    if (!interrupt.signal.aborted) throw error
    note('stopped; run it again to continue')
    process.exitCode = 130
  }
}

/** The service returns the same for an unknown book as for one without files. */
function isEmpty({ downloaded, unchanged, failed }: MirrorResult): boolean {
  return downloaded.length + unchanged.length + failed.length === 0
}

function summarise({ downloaded, unchanged, failed, pruned, bytes }: MirrorResult, ms: number): void {
  line(`${count(downloaded.length, 'file')} downloaded, ${count(bytes, 'byte')} in ${duration(ms)}`)
  line(`${unchanged.length} unchanged, ${pruned.length} removed`)
  for (const { path, error } of failed) note(`${path}: ${error.message}`)
  if (failed.length === 0) return
  console.log(paint('yellow', `   ${failed.length} failed`))
  process.exitCode = 1
}

await run(main)
