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

type Style = 'bold' | 'dim' | 'green' | 'yellow' | 'red' | 'cyan'

const hasColors = process.stdout.isTTY === true && process.stdout.hasColors()
// Files that exist already count as transferred at once: the speed is measured from then on.
const SETTLING_MS = 500
let step = 0

/** Text in a style; plain if the output is not a terminal with colours. */
export function paint(style: Style, text: string): string {
  return hasColors ? styleText(style, text) : text
}

/** The heading of the next step: what it shows, and why that matters. */
export function heading(title: string, remark: string): void {
  console.log(`\n${paint('cyan', `${++step}  ${title}`)}  ${paint('dim', remark)}`)
}

/** One result of a step. */
export function line(text: string): void {
  console.log(`   ${paint('green', '✓')} ${text}`)
}

/** One result that looks like a failure, but is expected. */
export function note(text: string): void {
  console.log(`   ${paint('yellow', '•')} ${text}`)
}

/** A table with a head, indented like the other lines. */
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

/** What a transfer calls with its progress. */
type OnProgress = (progress: Progress) => void

/**
 * Runs a transfer and draws a bar of its bytes, files, speed and time left.
 * When the output is not a terminal, nothing is drawn.
 */
export async function withBar<Result>(
  transfer: (onProgress: OnProgress) => Promise<Result>,
): Promise<Result> {
  const bar = new SingleBar({
    format: `   ${paint('green', '{bar}')} {value} of {total} MB{files}{speed}{eta_formatted}`,
    formatValue: (bytes) => (bytes / 1_000_000).toFixed(1),
    // Not a number until there is an estimate.
    formatTime: (seconds) => (seconds > 0 ? `  ${duration(seconds * 1000)} left` : ''),
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 24,
    emptyOnZero: true,
    stream: process.stdout,
  })
  try {
    return await transfer(drawOn(bar))
  } finally {
    bar.stop()
  }
}

function drawOn(bar: SingleBar): OnProgress {
  let startedAt: number | undefined
  let first = { at: 0, transferred: 0 }
  return ({ transferred, total = transferred, files }) => {
    const at = performance.now()
    if (startedAt === undefined) bar.start(total, transferred)
    startedAt ??= at
    if (at - startedAt < SETTLING_MS) first = { at, transferred }
    const bytesPerMs = at > first.at ? (transferred - first.transferred) / (at - first.at) : 0
    bar.setTotal(total)
    bar.update(transferred, {
      files: files ? `  ${files.done} of ${files.total} files` : '',
      speed: bytesPerMs > 0 ? `  ${(bytesPerMs / 1000).toFixed(1)} MB/s` : '',
    })
  }
}

/** `1 file`, `2 files`. */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`
}

/** Runs a script. If it fails, it prints the reason in one sentence, and the exit code is 1. */
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
