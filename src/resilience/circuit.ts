import {
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
} from 'cockatiel'
import type { Call } from '../call/call.js'
import type { AbortHook } from '../call/cancellation.js'
import type { Events } from '../call/events.js'
import type { CircuitStateName } from '../call/stats-observer.js'
import { DreamStorageCircuitOpenError } from '../errors.js'
import type { Outcome } from '../transport/transport.js'

/** When a circuit opens, and for how long. */
export interface CircuitOptions {
  /** Consecutive failures that open it. */
  readonly failureThreshold: number
  /** Milliseconds until it lets one attempt through. */
  readonly resetAfterMs: number
}

/** Carries an outcome past cockatiel without being counted. */
class Uncounted extends Error {
  readonly outcome: Outcome
  readonly isProbe: boolean

  constructor(outcome: Outcome, isProbe: boolean) {
    super()
    this.outcome = outcome
    this.isProbe = isProbe
  }
}

/** A circuit breaker that counts consecutive failures of attempts; `closed`, `open` or `half-open`. */
export class Circuit {
  readonly #name: string
  readonly #resetAfterMs: number
  readonly #events: Events
  readonly #policy: CircuitBreakerPolicy
  readonly #waiting = new Set<() => void>()
  #openings = 0
  #openUntil = 0
  #lastError: unknown

  constructor(name: string, { failureThreshold, resetAfterMs }: CircuitOptions, events: Events) {
    this.#name = name
    this.#resetAfterMs = resetAfterMs
    this.#events = events
    // A probe whose outcome is ignored must leave the circuit as it was; cockatiel would close it, unless handled.
    const policy = handleWhen((error) => error instanceof Uncounted && error.isProbe)
    this.#policy = circuitBreaker(
      policy.orWhenResult((outcome) => (outcome as Outcome).health === 'failure'),
      {
        breaker: new ConsecutiveBreaker(failureThreshold),
        // cockatiel counts this on the wall clock; `check` does it on the monotonic one.
        halfOpenAfter: Number.NEGATIVE_INFINITY,
      },
    )
    this.#policy.onBreak((reason) => this.#onBreak('value' in reason ? this.#resetAfterMs : 0))
    this.#policy.onHalfOpen(() => this.#events.emit('circuit', { circuit: name, state: 'half-open' }))
    this.#policy.onReset(() => this.#events.emit('circuit', { circuit: name, state: 'closed' }))
  }

  /** The state now; an open circuit becomes half-open after `resetAfterMs`. */
  get state(): CircuitStateName {
    if (this.#policy.state === CircuitState.Closed) return 'closed'
    return this.#policy.state === CircuitState.Open && this.#leftMs() > 0 ? 'open' : 'half-open'
  }

  /** @throws {@link DreamStorageCircuitOpenError} unless an attempt may start now */
  check(call: Call): void {
    if (this.#policy.state === CircuitState.Closed) return
    if (this.state === 'open' || this.#policy.state === CircuitState.HalfOpen) throw this.#openError(call)
  }

  /**
   * Makes one attempt and counts its outcome, unless that is ignored or the circuit has opened meanwhile.
   * @returns the outcome
   * @throws {@link DreamStorageCircuitOpenError} unless an attempt may start now
   */
  async run(call: Call, attempt: () => Promise<Outcome>): Promise<Outcome> {
    this.check(call)
    const isProbe = this.#policy.state !== CircuitState.Closed
    const openings = this.#openings
    try {
      return await this.#policy.execute(async () => {
        const outcome = await attempt()
        // An attempt that started before the circuit opened says nothing about the service now.
        if (outcome.health === 'ignored' || openings !== this.#openings) throw new Uncounted(outcome, isProbe)
        if (outcome.health === 'failure') this.#lastError = outcome.error
        return outcome
      })
    } catch (error) {
      if (error instanceof Uncounted) return error.outcome
      throw error
    }
  }

  /** @returns a hook that ends a wait with {@link DreamStorageCircuitOpenError} when the circuit opens */
  opened(call: Call): AbortHook {
    return (end) => {
      const wake = (): void => end(this.#openError(call))
      this.#waiting.add(wake)
      return () => this.#waiting.delete(wake)
    }
  }

  #onBreak(retryAfterMs: number): void {
    this.#openings++
    this.#openUntil = performance.now() + retryAfterMs
    this.#events.emit('circuit', { circuit: this.#name, state: 'open', retryAfterMs })
    for (const wake of this.#waiting) wake()
  }

  #leftMs(): number {
    return Math.max(0, this.#openUntil - performance.now())
  }

  #openError(call: Call): DreamStorageCircuitOpenError {
    return new DreamStorageCircuitOpenError(this.#leftMs(), { ...call.context, cause: this.#lastError })
  }
}
