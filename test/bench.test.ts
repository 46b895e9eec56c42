import { expect, onTestFinished, test } from 'vitest'
import { readOptions } from '../scripts/bench/options.js'
import { rowsOf } from '../scripts/bench/report.js'
import { startBenchServer } from '../scripts/bench/server.js'
import { WORKLOADS, type Workload } from '../scripts/bench/workloads.js'

/** A server with a plan, and requests with the bearer of the last login. */
async function startService(plan: Record<string, number> = {}) {
  const { url, close } = await startBenchServer()
  onTestFinished(close)
  await fetch(`${url}/control`, { method: 'PUT', body: JSON.stringify(plan) })
  const headers: Record<string, string> = {}
  return {
    logIn: async () => {
      const response = await fetch(`${url}/auth/login`, { method: 'POST', body: '{}' })
      headers['authorization'] = `Bearer ${Object(await response.json()).access_token}`
    },
    get: (path: string, range?: string) =>
      fetch(url + path, { headers: { ...headers, ...(range && { range }) } }),
  }
}

test('the table has medians, ratios within a round, what failed, and whether targets are met', () => {
  const [workload] = WORKLOADS as [Workload]
  const runs = new Map([
    ['fetch', [{ us: 400, cpuUs: 400 }, { us: 800, cpuUs: 800 }, { us: 1 }]],
    ['client', [{ us: 300, cpuUs: 300 }, { us: 600, cpuUs: 600 }, undefined]],
    ['got', [undefined]],
  ])
  expect(rowsOf({ workload, runs }, ['fetch', 'client', 'got', 'axios'])).toEqual([
    ['sequential, µs per call', '400', '450', 'failed', '', '', ''],
    ['÷ fetch', '1', '0.75', 'failed', '', 'at most 0.8, better 0.75', 'met, better'],
    ['sequential, CPU per call, µs', '600', '450', 'failed', '', '', ''],
    ['÷ fetch', '1', '0.75', 'failed', '', 'at most 0.6', 'missed'],
  ])
})

test('the command line: workloads keep their order, and unknown ones are refused', () => {
  const options = readOptions(['--quick', '--only', 'mirror,burst', '--against', 'there'])
  expect(options).toMatchObject({ quick: true, profile: false, against: 'there' })
  expect(options.workloads.map(({ name }) => name)).toEqual(['burst', 'mirror'])
  expect(() => readOptions(['--only', 'wget'])).toThrow('--only: unknown workload')
  expect(() => readOptions(['--fast'])).toThrow(TypeError)
})

test('the server counts requests, and refuses its tokens or everything when the plan says so', async () => {
  const { logIn, get } = await startService({ revokeAfter: 2, outageAfter: 4 })
  expect((await get('/books/')).status).toBe(403)
  await logIn()
  expect(await (await get('/books/')).json()).toHaveLength(500)
  const statuses = []
  for (const id of [1, 2, 3]) statuses.push((await get(`/books/${id}`)).status)
  await logIn()
  for (const id of [4, 5]) statuses.push((await get(`/books/${id}`)).status)
  expect(statuses).toEqual([200, 200, 401, 200, 503])
  const counts = { logins: 2, books: 2, book: 5, storage: 0, unauthorized: 1 }
  expect(await (await get('/control')).json()).toEqual(counts)
})

test('the server lists a book and sends its files, whole or a range of them', async () => {
  const { logIn, get } = await startService()
  await logIn()
  const { path: root, children } = Object(await (await get('/storage/books/p/2x5_1x2500000')).json())
  expect(children).toHaveLength(3)
  const path = children[2].path.slice(root.length)
  const send = (range?: string) => get(`/storage/books/p/b/object?path=${encodeURIComponent(path)}`, range)
  const whole = await send()
  expect([whole.status, (await whole.arrayBuffer()).byteLength]).toEqual([200, 2_500_000])
  const part = await send('bytes=2499990-')
  expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 2499990-2499999/2500000'])
  expect([part.headers.get('etag'), (await part.text()).length]).toEqual([whole.headers.get('etag'), 10])
  const beyond = await send('bytes=0-2500000')
  expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, 'bytes */2500000'])
})
