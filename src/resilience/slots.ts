import type { Call } from '../call/call.js'
import { abortable } from '../call/cancellation.js'
import { after } from '../call/time-limit.js'
import { DreamStorageTimeoutError } from '../errors.js'
import type { RequestCircuit } from './circuits.js'

/** Frees a slot; calling it again does nothing. */
export type Release = () => void

/** How many attempts hold a slot, wait for one, and transfer a file in one. */
export interface SlotCounts {
  readonly active: number
  readonly queued: number
  readonly files: number
}

/** How many attempts hold a connection at a time. */
export interface SlotLimits {
  readonly maxConnections: number
  /** Of those, how many transfer a file. */
  readonly maxFileConnections: number
  /** Milliseconds that an attempt waits for a slot. */
  readonly queueMs: number
}

type Kind = 'login' | 'json' | 'file'

interface Waiter {
  readonly order: number
  readonly take: () => void
}

/** Slots for a limited number of attempts at a time. The others wait in order of arrival; logins go first. */
export class Slots {
  readonly #limits: SlotLimits
  readonly #queues: Readonly<Record<Kind, Set<Waiter>>> = {
    login: new Set(),
    json: new Set(),
    file: new Set(),
  }
  #active = 0
  #files = 0
  #arrivals = 0

  constructor(limits: SlotLimits) {
    this.#limits = limits
  }

  /** The use of the slots now. */
  get counts(): SlotCounts {
    const { login, json, file } = this.#queues
    return { active: this.#active, queued: login.size + json.size + file.size, files: this.#files }
  }

  /**
   * Waits for a free slot.
   * @returns the function that frees it
   * @throws {@link DreamStorageTimeoutError} (`queue`); {@link DreamStorageCircuitOpenError} when the circuit opens
   * during the wait; the reason of the call's end
   */
  async acquire(call: Call, circuit: RequestCircuit): Promise<Release> {
    const kind = kindOf(call)
    if (this.#isFree(kind)) this.#take(kind)
    else await this.#wait(call, kind, circuit)
    let isHeld = true
    return () => {
      if (!isHeld) return
      isHeld = false
      this.#active--
      if (kind === 'file') this.#files--
      this.#passOn()
    }
  }

  #isFree(kind: Kind): boolean {
    const { maxConnections, maxFileConnections } = this.#limits
    return this.#active < maxConnections && (kind !== 'file' || this.#files < maxFileConnections)
  }

  #take(kind: Kind): void {
    this.#active++
    if (kind === 'file') this.#files++
  }

  #wait(call: Call, kind: Kind, circuit: RequestCircuit): Promise<void> {
    const queue = this.#queues[kind]
    const { queueMs } = this.#limits
    return abortable<void>(
      (resolve) => {
        const take = (): void => {
          // At once, and not when the promise is settled: the next release must see it.
          this.#take(kind)
          resolve()
        }
        const waiter = { order: ++this.#arrivals, take }
        queue.add(waiter)
        return () => queue.delete(waiter)
      },
      call.cancellation.hook,
      circuit.opened(call),
      after(queueMs, () => new DreamStorageTimeoutError('queue', queueMs, call.context, this.#describe())),
    )
  }

  #passOn(): void {
    for (let next = this.#next(); next; next = this.#next()) next.take()
  }

  /** Who gets the next slot, if there is one. Where files may take every slot, the others go before them. */
  #next(): Waiter | undefined {
    const { maxConnections, maxFileConnections } = this.#limits
    if (!this.#isFree('json')) return undefined
    const [login] = this.#queues.login
    const [json] = this.#queues.json
    const [file] = this.#isFree('file') ? this.#queues.file : []
    if (login || !json || !file) return login ?? json ?? file
    return maxFileConnections >= maxConnections || json.order < file.order ? json : file
  }

  #describe(): string {
    return `${this.#active} of ${this.#limits.maxConnections} are in use, ${this.#files} of them by files`
  }
}

function kindOf({ facts, endpoint }: Call): Kind {
  if (facts.kind === 'login') return 'login'
  return endpoint.isUpload ? 'file' : endpoint.answer
}
