import { createHash, randomUUID } from 'node:crypto'
import { basename, dirname, join } from 'node:path'

/** What the name of a partial file says. */
export interface PartialName {
  /** The digest of the name of the target. */
  readonly target: string
  /** The digest of the entity tag of the object. */
  readonly tag: string
  /** Whether a download that failed left it to the next one; otherwise somebody writes it, or did until it was killed. */
  readonly isKept: boolean
}

const KEPT = '0'
const IN_USE = '1'
// Version 0.1.0 has the id of a process in place of `IN_USE`.
const PATTERN = /^\.([\da-f]{16})\.([\da-f]{16})\.([\da-f-]+)\.[\da-f-]{36}\.part$/

/**
 * A new path of a partial file beside its target: `.<target>.<object>.<state>.<unique>.part`, with digests for names,
 * which may be long already. No two calls return the same.
 */
export function partialPath(target: string, etag: string | undefined, isKept = false): string {
  const state = isKept ? KEPT : IN_USE
  const name = ['', digest(basename(target)), digest(etag ?? ''), state, randomUUID(), 'part'].join('.')
  return join(dirname(target), name)
}

/** Reads the name of a partial file; undefined for the name of any other file. */
export function parsePartialName(name: string): PartialName | undefined {
  const [, target, tag, state] = PATTERN.exec(name) ?? []
  if (target === undefined || tag === undefined) return undefined
  return { target, tag, isKept: state === KEPT }
}

/** The digest of a name or an entity tag. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}
