import { styleText } from 'node:util'
import { SingleBar } from 'cli-progress'
import Table from 'cli-table3'
import {
  DreamStorageAuthError,
  DreamStorageError,
  DreamStorageNetworkError,
  DreamStorageTimeoutError,
  type Progress,
} from '../src/index.js'

type Style = 'bold' | 'dim' | 'green' | 'yellow' | 'cyan'

const hasColors = process.stdout.isTTY === true && process.stdout.hasColors()
const RATE_WINDOW_MS = 3_000
const RATE_SETTLES_MS = 200
let step = 0

/** Text in a style, or as it is where the output is not a terminal with colours. */
export function paint(style: Style, text: string): string {
  return hasColors ? styleText(style, text) : text
}

/** The heading of the next step: what it shows, and what makes it worth showing. */
export function heading(title: string, remark: string): void {
  console.log(`\n${paint('cyan', `${++step}  ${title}`)}  ${paint('dim', remark)}`)
}

/** One finding of a step. */
export function line(text: string): void {
  console.log(`   ${paint('green', '✓')} ${text}`)
}

/** One thing that is as it should be, though it looks like a failure. */
export function note(text: string): void {
  console.log(`   ${paint('yellow', '•')} ${text}`)
}

/** Rows under a head, indented like the rest. */
export function table(head: string[], rows: string[][]): void {
  const drawn = new Table({
    head,
    style: { head: hasColors ? ['bold'] : [], border: hasColors ? ['gray'] : [] },
    // No lines between rows.
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
  })
  drawn.push(...rows)
  console.log(drawn.toString().replace(/^/gm, '   '))
}

/** A bar on a terminal that shows a transfer. */
export interface TransferBar {
  update(progress: Progress): void
  stop(): void
}

/** A bar of bytes, files, speed and time left; where the output is no terminal, nothing: a line at the end says it. */
export function transferBar(): TransferBar {
  if (process.stdout.isTTY !== true) return { update: () => {}, stop: () => {} }
  const rate = speedometer()
  const bar = new SingleBar({
    format: (_, { progress }, { text }) => `   ${drawBar(progress)} ${text}`,
    // Ctrl-C is the business of the script; what it kills at once must not leave a terminal without a cursor.
    gracefulExit: false,
    hideCursor: false,
  })
  bar.start(1, 0, { text: '' })
  return {
    update: ({ transferred, total = transferred, files }) => {
      const bytesPerMs = rate(transferred)
      const parts = [
        `${megabytes(transferred)} of ${megabytes(total)} MB`,
        ...(files ? [`${files.done} of ${files.total} files`] : []),
        ...(bytesPerMs > 0 ? [`${(bytesPerMs / 1000).toFixed(bytesPerMs < 10_000 ? 1 : 0)} MB/s`] : []),
        ...(bytesPerMs > 0 && transferred < total
          ? [`${duration((total - transferred) / bytesPerMs)} left`]
          : []),
      ]
      bar.setTotal(Math.max(1, total))
      bar.update(transferred, { text: parts.join('  ') })
    },
    stop: () => bar.stop(),
  }
}

/** Bytes a millisecond of late; 0 while it is too early to tell, as files that are there already take no time. */
function speedometer(): (transferred: number) => number {
  const samples: { at: number; transferred: number }[] = []
  return (transferred) => {
    const at = performance.now()
    samples.push({ at, transferred })
    while (samples.length > 2 && at - (samples[0]?.at ?? at) > RATE_WINDOW_MS) samples.shift()
    const [first = { at, transferred }] = samples
    return at - first.at > RATE_SETTLES_MS ? (transferred - first.transferred) / (at - first.at) : 0
  }
}

function drawBar(progress: number): string {
  const filled = Math.round(Math.min(1, progress) * 24)
  return paint('green', '█'.repeat(filled)) + paint('dim', '░'.repeat(24 - filled))
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1)
}

/** `1 file`, `2 files`. */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`
}

/** Runs a script: what went wrong is told in one sentence, and the exit code is 1. */
export async function run(main: () => Promise<void>): Promise<void> {
  try {
    await main()
  } catch (error) {
    const isTold = error instanceof DreamStorageError || error instanceof TypeError
    console.error(isTold ? error.message + advice(error) : error)
    process.exitCode = 1
  }
}

function advice(error: Error): string {
  if (error instanceof DreamStorageAuthError) return ': check the credentials in the environment'
  const isUnreachable = error instanceof DreamStorageNetworkError || error instanceof DreamStorageTimeoutError
  return isUnreachable ? ': check DREAM_CENTRAL_STORAGE_URL, and that the service runs' : ''
}

/** `1.2 ms`, `340 ms`, `1.5 s` or `2 min 5 s`. */
export function duration(ms: number): string {
  if (ms >= 60_000) return `${Math.floor(ms / 60_000)} min ${Math.floor((ms % 60_000) / 1000)} s`
  if (ms >= 1000) return `${(ms / 1000).toFixed(1)} s`
  return ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`
}
