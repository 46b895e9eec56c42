import type { Call } from '../call/call.js'
import { abortable, after } from '../call/cancellation.js'
import { DreamStorageTimeoutError } from '../errors.js'
import type { Circuit } from './circuit.js'

/** Frees a slot; calling it again does nothing. */
export type Release = () => void

/** How the slots are used at this moment. */
export interface SlotCounts {
  readonly active: number
  readonly queued: number
  readonly files: number
}

/** Lets at most `limit` attempts hold a connection at a time; the others wait in order of arrival, logins first. */
export class Slots {
  readonly #limit: number
  readonly #queueMs: number
  readonly #logins = new Set<() => void>()
  readonly #others = new Set<() => void>()
  #active = 0
  #files = 0

  constructor(limit: number, queueMs: number) {
    this.#limit = limit
    this.#queueMs = queueMs
  }

  get counts(): SlotCounts {
    return { active: this.#active, queued: this.#logins.size + this.#others.size, files: this.#files }
  }

  /**
   * Waits for a free slot. Rejects with `…TimeoutError` (`queue`), with `…CircuitOpenError` when the circuit opens
   * meanwhile, or with the reason of the call's end.
   */
  async acquire(call: Call, circuit: Circuit): Promise<Release> {
    if (this.#active < this.#limit) this.#active++
    else await this.#wait(call, circuit)
    const isFile = call.endpoint.answer === 'file'
    if (isFile) this.#files++
    let isHeld = true
    return () => {
      if (!isHeld) return
      isHeld = false
      if (isFile) this.#files--
      this.#release()
    }
  }

  #wait(call: Call, circuit: Circuit): Promise<void> {
    // Who waits for a login has a slot to gain from it.
    const queue = call.facts.kind === 'login' ? this.#logins : this.#others
    return abortable<void>(
      (resolve) => {
        const take = (): void => resolve()
        queue.add(take)
        return () => queue.delete(take)
      },
      call.cancellation.hook,
      circuit.opened(call),
      after(this.#queueMs, () => new DreamStorageTimeoutError('queue', this.#queueMs, call.context)),
    )
  }

  /** Passes the slot to the next in the queue. */
  #release(): void {
    const [next] = this.#logins.size > 0 ? this.#logins : this.#others
    if (next) next()
    else this.#active--
  }
}
