// @ts-check
import { Session } from 'node:inspector/promises'

/** The first that fits a function's address is its group; V8 names what has none in brackets. */
const GROUPS = /** @type {const} */ ([
  ['openapi-fetch', /\/node_modules\/openapi-fetch\//],
  ['undici', /\/node_modules\/undici\//],
  ['this client, cockatiel in it', /\/dist\//],
  [
    'Web API (Request, Headers, Response)',
    /^node:internal\/(deps\/undici|abort|event_target|url|webstreams)/,
  ],
  ['the bench itself', /\/measured\//],
  ['garbage collection', /^\(garbage collector\)/],
  ['idle, waiting for the wire', /^\(idle\)/],
  ['Node.js, V8 and the system calls', /^/],
])

/**
 * The milliseconds that each group of functions took itself while `work` ran.
 * @param {() => Promise<unknown>} work
 * @returns {Promise<Record<string, number>>}
 */
export async function selfTimes(work) {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.setSamplingInterval', { interval: 200 })
  await session.post('Profiler.start')
  await work()
  const { profile } = await session.post('Profiler.stop')
  session.disconnect()
  const groups = new Map(profile.nodes.map(({ id, callFrame }) => [id, groupOf(callFrame)]))
  const times = Object.fromEntries(GROUPS.map(([name]) => [name, 0]))
  for (const [index, id] of (profile.samples ?? []).entries()) {
    const group = groups.get(id) ?? ''
    times[group] = (times[group] ?? 0) + (profile.timeDeltas?.[index] ?? 0) / 1000
  }
  return times
}

/** @param {{ url: string, functionName: string }} frame */
function groupOf({ url, functionName }) {
  return GROUPS.find(([, pattern]) => pattern.test(url || functionName))?.[0] ?? ''
}
