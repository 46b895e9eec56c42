import { stat, unlink } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { noop } from '../../call/cancellation.js'
import { falseIfMissing } from './file-errors.js'
import { digest, isAlive, parsePartialName } from './partial-name.js'

/** A partial file that nobody writes any more: how much of which object. */
export interface StalePartial {
  readonly file: string
  readonly bytes: number
  /** Whether it is of the object with this entity tag. */
  isOf(etag: string | undefined): boolean
}

/** The partial files among the names of a folder. */
export class StalePartials {
  readonly #folder: string
  /** By the digest of the target. */
  readonly #names = new Map<string, string[]>()

  constructor(folder: string, names: readonly string[]) {
    this.#folder = folder
    for (const name of names) {
      const target = parsePartialName(name)?.target
      if (target !== undefined) this.#names.set(target, [...(this.#names.get(target) ?? []), name])
    }
  }

  /** Those of a target that nobody writes any more. Rejects with the error of the system. */
  async of(target: string): Promise<StalePartial[]> {
    if (this.#names.size === 0) return []
    const found: StalePartial[] = []
    for (const name of this.#names.get(digest(basename(target))) ?? []) {
      const { tag, writer = '' } = parsePartialName(name) ?? {}
      if (isAlive(writer)) continue
      const file = join(this.#folder, name)
      const bytes = await stat(file).then(({ size }) => size, falseIfMissing)
      const isOf = (etag: string | undefined): boolean => etag !== undefined && tag === digest(etag)
      if (bytes !== false) found.push({ file, bytes, isOf })
    }
    return found
  }
}

/** Removes what earlier downloads left. */
export async function removeStale(partials: readonly StalePartial[]): Promise<void> {
  for (const { file } of partials) await unlink(file).catch(noop)
}
