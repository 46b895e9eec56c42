// @ts-check
// One contestant, one workload, in a process of its own: plain JavaScript, so that nothing but the library loads.

const [name, task, json = ''] = process.argv.slice(2)
/** @type {import('./shared.js').Settings & import('./tasks.js').Sizes} */
const settings = JSON.parse(json)

const startedAt = performance.now()
/** @type {{ create: (settings: import('./shared.js').Settings) => import('./shared.js').Contestant }} */
const { create } = await import(`./contestants/${name}.js`)
const contestant = create(settings)
const values = task === 'start' ? await start() : await run()
const maxRssMb = (process.resourceUsage().maxRSS * 1024) / 1e6
process.stdout.write(JSON.stringify({ ...values, maxRssMb }))
// Some keep connections open, which would hold the process.
process.exit()

async function start() {
  await contestant.getBook(1)
  return { ms: performance.now() - startedAt }
}

async function run() {
  /** @type {Record<string, any>} */
  const tasks = await import('./tasks.js')
  return tasks[task ?? ''](contestant, settings)
}
