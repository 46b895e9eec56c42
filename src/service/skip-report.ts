import type { Call } from '../call/call.js'
import type { Events, SkipExample } from '../call/events.js'

const MAX_EXAMPLES = 3

/** Counts what is left out of one response, so that one event tells of all, however many there are. */
export class SkipReport {
  readonly #call: Call
  readonly #what: string
  readonly #examples: SkipExample[] = []
  #count = 0

  /** `what` is left out, for messages. */
  constructor(call: Call, what: string) {
    this.#call = call
    this.#what = what
  }

  /** Counts one entry; the first three with a reason are examples. @returns false, for filters */
  add(path?: string, reason?: string): false {
    this.#count++
    if (reason === undefined || this.#examples.length === MAX_EXAMPLES) return false
    const { secrets } = this.#call
    this.#examples.push({
      ...(path !== undefined && { path: secrets.quote(path) }),
      reason: secrets.quote(reason),
    })
    return false
  }

  /** Emits the event `skip`, unless nothing was left out. */
  emit(events: Events): void {
    if (this.#count === 0) return
    const { facts, attemptCounter } = this.#call
    const examples = this.#examples.length > 0 && { examples: this.#examples }
    events.emit('skip', {
      call: facts,
      attempts: attemptCounter.count,
      what: this.#what,
      count: this.#count,
      ...examples,
    })
  }
}
