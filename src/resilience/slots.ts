import type { Call } from '../call/call.js'
import { abortable, after } from '../call/cancellation.js'
import { DreamStorageTimeoutError } from '../errors.js'
import type { Circuit } from './circuit.js'

/** Frees a slot; calling it again does nothing. */
export type Release = () => void

/** How many attempts hold a slot, wait for one, and transfer a file in one. */
export interface SlotCounts {
  readonly active: number
  readonly queued: number
  readonly files: number
}

/** Slots for `limit` attempts at a time. The others wait in order of arrival, up to `queueMs` each; logins go first. */
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

  /** The use of the slots now. */
  get counts(): SlotCounts {
    return { active: this.#active, queued: this.#logins.size + this.#others.size, files: this.#files }
  }

  /**
   * Waits for a free slot.
   * @returns the function that frees it
   * @throws {@link DreamStorageTimeoutError} (`queue`); {@link DreamStorageCircuitOpenError} when the circuit opens
   * during the wait; the reason of the call's end
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
    // Other calls wait for the login.
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
