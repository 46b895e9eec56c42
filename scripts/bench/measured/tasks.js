// @ts-check

/**
 * @typedef {import('./shared.js').Contestant} Contestant
 * @typedef {object} Settings
 * @property {number} calls @property {number} warmUp @property {number} callers @property {number} minMs
 * @property {'stream' | 'download' | 'toFile'} how @property {number} bytes
 * @property {string} book @property {string} folder
 */

/** @type {Record<string, (contestant: Contestant, settings: Settings) => Promise<Record<string, number>>>} */
export const tasks = {
  sequential: async (contestant, { calls, warmUp }) => {
    await readInTurn(contestant, warmUp)
    const { ms, cpuUs } = await timed(() => readInTurn(contestant, calls))
    return { us: (ms * 1000) / calls, cpuUs: cpuUs / calls }
  },

  parallel: async (contestant, { calls, warmUp, callers }) => {
    const run = (/** @type {number} */ count) =>
      Promise.all(Array.from({ length: callers }, () => readInTurn(contestant, count / callers)))
    await run(warmUp)
    const { ms } = await timed(() => run(calls))
    return { perSecond: (calls * 1000) / ms }
  },

  cached: async (contestant, { minMs }) => {
    const run = async (/** @type {number} */ durationMs) => {
      let [calls, ms] = [0, 0]
      for (const startedAt = performance.now(); ms < durationMs; ms = performance.now() - startedAt) {
        for (let index = 0; index < 100; index++) await contestant.getBooks()
        calls += 100
      }
      return (ms * 1e6) / calls
    }
    await run(minMs / 2)
    return { ns: await run(minMs) }
  },

  burst: async (contestant, { calls }) => {
    let failed = 0
    const { ms } = await timed(async () => {
      failed = await countFailures(calls, async () => {
        if ((await contestant.getBooks()).length !== 500) throw new Error('the catalogue is not whole')
      })
    })
    return { ms, failed }
  },

  disturbed: async (contestant, { calls }) => {
    await contestant.getBook(1)
    return { failed: await countFailures(calls, (index) => contestant.getBook(index + 1)) }
  },

  transfer: async (contestant, { how, bytes, folder }) => {
    await contestant.getBook(1)
    const { ms, result } = await timed(() => contestant[how](`${bytes}.bin`, `${folder}/file.bin`))
    if (result !== bytes) throw new Error(`${result} bytes arrived of ${bytes}`)
    return { mbPerSecond: bytes / 1000 / ms }
  },

  mirror: async (contestant, { book, folder }) => {
    await contestant.getBook(1)
    const mirror = await contestant.prepareMirror(book)
    const { ms } = await timed(() => mirror(`${folder}/book`))
    return { s: ms / 1000 }
  },

  profile: async (contestant, { calls, warmUp }) => {
    const { selfTimes } = await import('./profiler.js')
    await readInTurn(contestant, warmUp)
    const times = await selfTimes(() => readInTurn(contestant, calls))
    return Object.fromEntries(times.map(([group, us]) => [group, us / calls]))
  },
}

/** @template T @param {() => Promise<T>} work */
async function timed(work) {
  const cpu = process.cpuUsage()
  const startedAt = performance.now()
  const result = await work()
  const ms = performance.now() - startedAt
  const { user, system } = process.cpuUsage(cpu)
  return { result, ms, cpuUs: user + system }
}

/** @param {Contestant} contestant @param {number} calls */
async function readInTurn(contestant, calls) {
  for (let index = 0; index < calls; index++) {
    const id = (index % 500) + 1
    if ((await contestant.getBook(id)).id !== id) throw new Error(`the answer for book ${id} is another's`)
  }
}

/** @param {number} calls @param {(index: number) => Promise<unknown>} call */
async function countFailures(calls, call) {
  const results = await Promise.allSettled(Array.from({ length: calls }, (_, index) => call(index)))
  return results.filter(({ status }) => status === 'rejected').length
}
