import { styleText } from 'node:util'
import { Presets, SingleBar } from 'cli-progress'
import Table from 'cli-table3'

type Style = 'bold' | 'dim' | 'green' | 'yellow' | 'cyan'

const hasColors = process.stdout.isTTY === true && process.stdout.hasColors()
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

/** A bar of bytes on a terminal; elsewhere nothing, since a line at the end says as much. */
export function progressBar(total: number): { update(done: number): void; stop(): void } {
  if (process.stdout.isTTY !== true) return { update: () => {}, stop: () => {} }
  const megabytes = (value: number): string => (value / 1_000_000).toFixed(1)
  const bar = new SingleBar(
    {
      format: (_, { progress }, { done, mbps }) => {
        const filled = Math.round(progress * 30)
        const drawn = paint('green', '█'.repeat(filled)) + paint('dim', '░'.repeat(30 - filled))
        return `   ${drawn} ${megabytes(done)} of ${megabytes(total)} MB  ${mbps} MB/s`
      },
      hideCursor: true,
    },
    Presets.shades_classic,
  )
  const startedAt = performance.now()
  bar.start(total, 0, { done: 0, mbps: '0' })
  return {
    update: (done) => {
      const seconds = (performance.now() - startedAt) / 1000
      bar.update(done, { done, mbps: (done / 1_000_000 / seconds).toFixed(0) })
    },
    stop: () => bar.stop(),
  }
}

/** `1.2 ms`, `340 ms` or `1.5 s`. */
export function duration(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toFixed(1)} s`
  return ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`
}
