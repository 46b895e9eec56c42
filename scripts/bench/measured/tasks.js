// @ts-check

/**
 * @typedef {import('./shared.js').Contestant} Contestant
 * @typedef {object} Sizes
 * @property {number} calls
 * @property {number} warmUp Calls before the clock starts.
 * @property {number} callers
 * @property {number} minMs At least so long is measured.
 * @property {number} bytes
 */

/** One call after another. @param {Contestant} contestant @param {Sizes} sizes */
export async function sequential(contestant, { calls, warmUp }) {
  await callInTurn(contestant, warmUp)
  const ms = await timed(() => callInTurn(contestant, calls))
  return { us: (ms * 1000) / calls }
}

/** So many callers at a time, each with one call after another. @param {Contestant} contestant @param {Sizes} sizes */
export async function parallel(contestant, { calls, warmUp, callers }) {
  /** @param {number} count */
  const run = (count) =>
    Promise.all(Array.from({ length: callers }, () => callInTurn(contestant, count / callers)))
  await run(warmUp)
  const ms = await timed(() => run(calls))
  return { perSecond: (calls * 1000) / ms }
}

/** The catalogue, again and again, from a cache. @param {Contestant} contestant @param {Sizes} sizes */
export async function cached(contestant, { minMs }) {
  /** @param {number} durationMs */
  const run = async (durationMs) => {
    const startedAt = performance.now()
    let calls = 0
    let ms = 0
    for (; ms < durationMs; ms = performance.now() - startedAt) {
      for (let index = 0; index < 100; index++) await contestant.getBooks()
      calls += 100
    }
    return (ms * 1e6) / calls
  }
  checkCatalogue(await contestant.getBooks())
  await run(minMs / 2)
  return { ns: await run(minMs) }
}

/** Everybody wants the catalogue at once, and nobody has called before. @param {Contestant} contestant @param {Sizes} sizes */
export async function burst(contestant, { calls }) {
  let failed = 0
  const ms = await timed(async () => {
    failed = await countFailures(calls, async () => checkCatalogue(await contestant.getBooks()))
  })
  return { ms, failed }
}

/** One call that works, then many at once, to which something happens. @param {Contestant} contestant @param {Sizes} sizes */
export async function disturbed(contestant, { calls }) {
  await contestant.getBook(1)
  return { failed: await countFailures(calls, (index) => contestant.getBook(index + 1)) }
}

/** One large file to nowhere. @param {Contestant} contestant @param {Sizes} sizes */
export async function download(contestant, { bytes }) {
  await contestant.getBook(1)
  let read = 0
  const ms = await timed(async () => {
    read = await contestant.download(bytes)
  })
  if (read !== bytes) throw new Error(`${read} bytes arrived of ${bytes}`)
  return { mbPerSecond: bytes / 1000 / ms }
}

/** Where the time of one call after another goes. @param {Contestant} contestant @param {Sizes} sizes */
export async function profile(contestant, { calls, warmUp }) {
  const { selfTimes } = await import('./profiler.js')
  await callInTurn(contestant, warmUp)
  const times = await selfTimes(() => callInTurn(contestant, calls))
  return Object.fromEntries(Object.entries(times).map(([group, ms]) => [group, (ms * 1000) / calls]))
}

/** @param {() => Promise<unknown>} work */
async function timed(work) {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

/** @param {Contestant} contestant @param {number} calls */
async function callInTurn(contestant, calls) {
  for (let index = 0; index < calls; index++) {
    const id = (index % 500) + 1
    const book = await contestant.getBook(id)
    if (book.id !== id) throw new Error(`the answer for book ${id} is another's`)
  }
}

/** @param {number} calls @param {(index: number) => Promise<unknown>} call */
async function countFailures(calls, call) {
  const results = await Promise.allSettled(Array.from({ length: calls }, (_, index) => call(index)))
  return results.filter(({ status }) => status === 'rejected').length
}

/** @param {readonly unknown[]} books */
function checkCatalogue(books) {
  if (books.length !== 500) throw new Error(`the catalogue has ${books.length} books`)
}
