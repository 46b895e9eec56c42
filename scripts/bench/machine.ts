import { cpus, totalmem } from 'node:os'

/** Where and when something was measured, in one line. */
export function machine(): string {
  const { model = 'unknown' } = cpus()[0] ?? {}
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB of memory`
  const day = new Date().toISOString().slice(0, 10)
  return `${model.trim()}, ${cpus().length} cores, ${memory}, ${process.platform}, Node.js ${process.versions.node}, ${day}.`
}
