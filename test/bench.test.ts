import { expect, onTestFinished, test } from 'vitest'
import { readArguments } from '../scripts/bench/arguments.js'
import { drawChart } from '../scripts/bench/chart.js'
import { type Measured, ratio, rowsOf, show } from '../scripts/bench/results.js'
import { startBenchServer } from '../scripts/bench/server.js'
import type { Plan } from '../scripts/bench/server-types.js'
import { median, medianRatio } from '../scripts/bench/statistics.js'
import { verdictsOf } from '../scripts/bench/verdicts.js'
import { type Run, WORKLOADS } from '../scripts/bench/workloads.js'

const COUNTS = { logins: 1, books: 0, book: 0, object: 0, unauthorized: 0 }

/** A sequential workload of two rounds, in which the second was slow for everybody. */
function measuredSequential(): Measured {
  const [workload] = WORKLOADS
  if (!workload) throw new Error('there is no workload')
  const runs = (...times: number[]) => times.map((us) => ({ values: { us }, counts: COUNTS }))
  return {
    workload,
    scale: workload.quick,
    runs: new Map<string, (Run | undefined)[]>([
      ['fetch', runs(400, 800)],
      ['client', runs(300, 600)],
      ['ky', [undefined, undefined]],
    ]),
  }
}

/** A server with a plan, and requests with the bearer of the last login. */
async function startService(plan: Partial<Plan> = {}) {
  const server = await startBenchServer()
  onTestFinished(() => server.close())
  const send = (path: string, init?: RequestInit) => fetch(server.url + path, init)
  await send('/control', { method: 'PUT', body: JSON.stringify(plan) })
  let authorization = ''
  return {
    server,
    logIn: async () => {
      const body = JSON.stringify({ email: 'admin@admin.com', password: 'admin' })
      const { access_token } = (await (await send('/auth/login', { method: 'POST', body })).json()) as {
        access_token: string
      }
      authorization = `Bearer ${access_token}`
    },
    get: (path: string, headers: Record<string, string> = {}) =>
      send(path, { headers: { ...(authorization && { authorization }), ...headers } }),
  }
}

test('the median is the middle one, or the mean of the two in the middle', () => {
  expect(median([9, 1, 5])).toBe(5)
  expect(median([4, 1, 3, 100])).toBe(3.5)
  expect(median([])).toBeNaN()
})

test('ratios are made round by round, and a round that one side lacks is left out', () => {
  expect(medianRatio([1, 20, 6], [2, 10, 3])).toBe(2)
  expect(medianRatio([1, undefined, 6], [2, 10, 2])).toBe(1.75)
})

test('the table shows medians and ratios, what failed, and what was not asked', () => {
  expect(rowsOf([measuredSequential()], ['fetch', 'client', 'ky', 'got'])).toEqual([
    { label: 'one after another, µs per call', cells: ['600', '450', '✗', '–'] },
    { label: '  ÷ fetch', cells: ['1.00', '0.75', '✗', '–'] },
  ])
  expect(show(1234.5)).toBe('1\u00a0235')
})

test('a target that is just reached is met', () => {
  const measured = measuredSequential()
  const [metric] = measured.workload.metrics
  expect(metric && ratio(measured, metric, 'client')).toBe(0.75)
  expect(verdictsOf([measured])).toMatchObject([{ measured: '0.75', isMet: true }])
})

test('the chart has a bar for what was measured, and says so of the rest', () => {
  const chart = drawChart([measuredSequential()])
  expect(chart.match(/<rect [^>]*width="\d+"/g)).toHaveLength(2)
  expect(chart).not.toMatch(/NaN|undefined|Infinity/)
})

test('arguments: names keep the order of turns, and unknown ones are refused', () => {
  expect(readArguments(['--quick', '--only', 'client,fetch'])).toMatchObject({
    quick: true,
    contestants: ['fetch', 'client'],
    isWhole: false,
  })
  expect(readArguments(['--help'])).toBeUndefined()
  expect(() => readArguments(['--only', 'wget'])).toThrow('--only: wget is not one of fetch,')
  expect(() => readArguments(['--fast'])).toThrow(TypeError)
})

test('the server counts what reaches it, and tells it at /control', async () => {
  const { server, logIn, get } = await startService()
  expect((await get('/books/1')).status).toBe(403)
  await logIn()
  expect(await (await get('/books/7')).json()).toMatchObject({ id: 7 })
  expect((await get('/books/501')).status).toBe(404)
  expect(await (await get('/books/')).json()).toHaveLength(500)
  expect(server.counts).toEqual({ logins: 1, books: 1, book: 3, object: 0, unauthorized: 0 })
  expect(await (await get('/control')).json()).toEqual(server.counts)
})

test('the server revokes its tokens in mid-flight; a login of the same second helps', async () => {
  const { server, logIn, get } = await startService({ revokeAfter: 2 })
  await logIn()
  const statuses = []
  for (const id of [1, 2, 3]) statuses.push((await get(`/books/${id}`)).status)
  await logIn()
  expect([...statuses, (await get('/books/4')).status]).toEqual([200, 200, 401, 200])
  expect(server.counts).toMatchObject({ logins: 2, book: 4, unauthorized: 1 })
})

test('the server goes down for good', async () => {
  const { logIn, get } = await startService({ outageAfter: 1 })
  await logIn()
  expect((await get('/books/1')).status).toBe(200)
  expect((await get('/books/1')).status).toBe(503)
  expect((await get('/books/')).status).toBe(503)
})

test('the server sends files of any size, whole or a range of them', async () => {
  const { logIn, get } = await startService()
  await logIn()
  const path = '/storage/books/p/b/object?path=2500000.bin'
  const whole = await get(path)
  expect([whole.status, whole.headers.get('accept-ranges')]).toEqual([200, 'bytes'])
  expect((await whole.arrayBuffer()).byteLength).toBe(2_500_000)
  const part = await get(path, { range: 'bytes=2499990-' })
  expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 2499990-2499999/2500000'])
  expect((await part.arrayBuffer()).byteLength).toBe(10)
  expect((await get(path, { range: 'bytes=0-2500000' })).status).toBe(416)
})
