// @ts-check
import { Session } from 'node:inspector/promises'

/** The first that fits the file of a function is its group; V8 names what has none in brackets. */
const GROUPS = /** @type {[string, RegExp][]} */ ([
  ['openapi-fetch', /\/node_modules\/openapi-fetch\//],
  ['undici', /\/node_modules\/undici\//],
  ['this client, cockatiel in it', /\/dist\//],
  ['Web API: Request, Headers, streams', /^node:internal\/(deps\/undici|abort|event_target|url|webstreams)/],
  ['node:http, sockets, timers', /^node:/],
  ['garbage collection', /^\(garbage collector\)/],
  ['idle, waiting for the server', /^\(idle\)/],
  ['native code and system calls', /^/],
])

/** The microseconds of self time of each group while `work` ran. @param {() => Promise<unknown>} work */
export async function selfTimes(work) {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.setSamplingInterval', { interval: 200 })
  await session.post('Profiler.start')
  await work()
  const { nodes, samples = [], timeDeltas = [] } = (await session.post('Profiler.stop')).profile
  const files = new Map(nodes.map(({ id, callFrame }) => [id, callFrame.url || callFrame.functionName]))
  const times = new Map(GROUPS.map(([name]) => [name, 0]))
  for (const [index, id] of samples.entries()) {
    const [name] = GROUPS.find(([, pattern]) => pattern.test(files.get(id) ?? '')) ?? ['']
    times.set(name, (times.get(name) ?? 0) + (timeDeltas[index] ?? 0))
  }
  return [...times]
}
