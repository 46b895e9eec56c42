import { DreamStorageTimeoutError } from '../errors.js'
import type { Call } from './call.js'
import type { Circuit } from './circuit.js'
import { after, interruptible } from './wait.js'

/** Gives a connection back; may be said more than once. */
type Release = () => void

/** Lets at most `limit` attempts hold a connection at a time; the others wait in order of arrival. */
export class ConnectionQueue {
  readonly #queueMs: number
  readonly #waiting = new Set<() => void>()
  #free: number

  constructor(limit: number, queueMs: number) {
    this.#free = limit
    this.#queueMs = queueMs
  }

  /**
   * Waits for a free connection. Rejects with `…TimeoutError` (`queue`), `…CircuitOpenError` when the circuit
   * opens meanwhile, or the reason of the call's end.
   */
  async acquire(call: Call, circuit: Circuit): Promise<Release> {
    if (this.#free > 0) this.#free--
    else await this.#wait(call, circuit)
    let held = true
    return () => {
      if (held) this.#release()
      held = false
    }
  }

  #wait(call: Call, circuit: Circuit): Promise<void> {
    return interruptible<void>(
      (resolve) => {
        const take = (): void => resolve()
        this.#waiting.add(take)
        return () => this.#waiting.delete(take)
      },
      call.cancellation.interrupt,
      circuit.opened(call),
      after(this.#queueMs, () => new DreamStorageTimeoutError('queue', this.#queueMs, call.facts)),
    )
  }

  #release(): void {
    const [next] = this.#waiting
    if (next) next()
    else this.#free++
  }
}
