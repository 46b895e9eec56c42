import { CONTESTANTS } from './contestants.js'
import { figure, type Measured, ratio, show, showRatio } from './results.js'

const ROW = 26
const LABELS = 112
const PANEL = 344
const BAR = 262
const TOP = 62

interface Bar {
  readonly value: number
  readonly text: string
}

interface Panel {
  readonly title: string
  readonly remark: string
  readonly bars: readonly (Bar | undefined)[]
}

const STYLE = `
    text { font: 13px system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif; fill: #1f2328 }
    .title { font-weight: 600; font-size: 14px }
    .remark { fill: #59636e; font-size: 12px }
    .own { font-weight: 600 }
    rect { fill: #b1bac4 }
    rect.own { fill: #1a7f37 }
    line { stroke: #59636e; stroke-dasharray: 3 3; opacity: 0.5 }
    @media (prefers-color-scheme: dark) {
      text { fill: #f0f6fc }
      .remark { fill: #9198a1 }
      rect { fill: #57606a }
      rect.own { fill: #3fb950 }
      line { stroke: #9198a1 }
    }`

/** Bars of the time of one call and of the rate of 100 callers, as an SVG that is legible on light and on dark. */
export function drawChart(measured: readonly Measured[]): string {
  const panels = [
    panel(measured, 'sequential', 'One call after another', 'time ÷ bare fetch; less is better', true),
    panel(measured, 'parallel', '100 callers at a time', 'calls per second; more is better', false),
  ]
  const width = LABELS + panels.length * PANEL
  const height = TOP + CONTESTANTS.length * ROW + 8
  const about = 'How this client compares with fetch, undici, openapi-fetch, ky, got and axios'
  const labels = CONTESTANTS.map(
    ({ name, title }, index) =>
      `<text x="${LABELS - 10}" y="${middle(index)}" text-anchor="end"${own(name)}>${title}</text>`,
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${about}">
  <title>${about}</title>
  <style>${STYLE}
  </style>
  ${[...labels, ...panels.flatMap((each, index) => drawPanel(each, LABELS + index * PANEL))].join('\n  ')}
</svg>
`
}

function panel(
  measured: readonly Measured[],
  name: string,
  title: string,
  remark: string,
  isRatio: boolean,
): Panel {
  const each = measured.find(({ workload }) => workload.name === name)
  const [metric] = each?.workload.metrics ?? []
  const bars = CONTESTANTS.map((contestant): Bar | undefined => {
    const value = each && metric && (isRatio ? ratio : figure)(each, metric, contestant.name)
    if (value === undefined || Number.isNaN(value)) return undefined
    return { value, text: isRatio ? showRatio(value) : show(value) }
  })
  return { title, remark, bars }
}

function drawPanel({ title, remark, bars }: Panel, left: number): string[] {
  const longest = Math.max(...bars.map((bar) => bar?.value ?? 0))
  const length = (value: number): number => Math.round((value / longest) * BAR)
  const base = bars[0] && left + length(bars[0].value)
  const bottom = TOP + CONTESTANTS.length * ROW
  return [
    // How far fetch comes; under the rest.
    ...(base === undefined ? [] : [`<line x1="${base}" y1="${TOP - 8}" x2="${base}" y2="${bottom}"/>`]),
    `<text x="${left}" y="20" class="title">${title}</text>`,
    `<text x="${left}" y="40" class="remark">${remark}</text>`,
    ...bars.flatMap((bar, index) => {
      if (!bar) return [`<text x="${left}" y="${middle(index)}" class="remark">not measured</text>`]
      const isOwn = own(CONTESTANTS[index]?.name ?? '')
      const end = left + length(bar.value)
      return [
        `<rect x="${left}" y="${TOP + index * ROW + 3}" width="${length(bar.value)}" height="${ROW - 8}" rx="2"${isOwn}/>`,
        `<text x="${end + 6}" y="${middle(index)}"${isOwn}>${bar.text}</text>`,
      ]
    }),
  ]
}

function middle(index: number): number {
  return TOP + index * ROW + 16
}

function own(name: string): string {
  return name.startsWith('client') ? ' class="own"' : ''
}
