// @ts-check
// One contestant, one task, in a process of its own: plain JavaScript, so that nothing but the library loads.
const [name = '', task = '', json = ''] = process.argv.slice(2)
const settings = JSON.parse(json)

const startedAt = performance.now()
const { create } = await import(`./contestants/${name}.js`)
const contestant = await create(settings)
let values
if (task === 'start') {
  await contestant.getBook(1)
  values = { ms: performance.now() - startedAt }
} else {
  const { tasks } = await import('./tasks.js')
  values = await tasks[task]?.(contestant, settings)
}
const { readFileSync } = await import('node:fs')
// On Linux, maxRSS starts at the peak of the parent process; VmHWM is of this process alone.
const status = process.platform === 'linux' ? readFileSync('/proc/self/status', 'utf8') : ''
const peakKb = Number(/VmHWM:\s*(\d+)/.exec(status)?.[1] ?? process.resourceUsage().maxRSS)
process.stdout.write(JSON.stringify({ ...values, peakMb: (peakKb * 1024) / 1e6 }))
// Some keep connections open, which would hold the process.
process.exit()
