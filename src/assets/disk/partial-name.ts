import { createHash, randomUUID } from 'node:crypto'
import { basename, dirname, join } from 'node:path'
import { isSystemError } from './file-errors.js'

/** What the name of a partial file says. */
export interface PartialName {
  /** The digest of the name of the target. */
  readonly target: string
  /** The digest of the entity tag of the object. */
  readonly tag: string
  readonly writer: string
}

/** The writer of a partial file that nobody writes any more. */
export const NOBODY = '0'
/** The writer that is this process. A process id alone is not enough: in a container it is the same after every start. */
export const THIS_PROCESS = `${process.pid}-${randomUUID().slice(0, 8)}`

const SUFFIX = '.part'

/**
 * The path of a partial file beside its target: `.<target>.<object>.<writer>.<unique>.part`, with digests for names,
 * which may be long already.
 */
export function partialPath(target: string, etag: string | undefined, writer: string): string {
  const name = ['', digest(basename(target)), digest(etag ?? ''), writer, randomUUID()].join('.')
  return join(dirname(target), name + SUFFIX)
}

/** Reads the name of a partial file; undefined for the name of any other file. */
export function parsePartialName(name: string): PartialName | undefined {
  if (!name.endsWith(SUFFIX)) return undefined
  const [, target = '', tag = '', writer = ''] = name.split('.')
  return { target, tag, writer }
}

/** The digest of a name or an entity tag. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

/** Whether the writer of a partial file may still write it. */
export function isAlive(writer: string): boolean {
  const pid = Number.parseInt(writer, 10)
  if (!Number.isInteger(pid) || pid <= 0) return false
  if (pid === process.pid) return writer === THIS_PROCESS
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return !(isSystemError(error) && error.code === 'ESRCH')
  }
}
