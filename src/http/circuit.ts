import {
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
} from 'cockatiel'
import { DreamStorageCircuitOpenError } from '../errors.js'
import type { Call } from './call.js'
import type { Interrupt } from './wait.js'

/** What an attempt says of the service: it works, it failed, or nothing can be told. */
export type Health = 'good' | 'bad' | 'unknown'

/** The end of one attempt: an answer, or the error of its failure; for an answer of 5xx, both. */
export interface Outcome {
  readonly health: Health
  readonly response?: Response
  readonly error?: unknown
}

/** Carries an outcome past cockatiel uncounted. */
class Uncounted extends Error {
  readonly outcome: Outcome
  readonly isProbe: boolean

  constructor(outcome: Outcome, isProbe: boolean) {
    super()
    this.outcome = outcome
    this.isProbe = isProbe
  }
}

/** A circuit breaker over consecutive failures of attempts, with the three states of the pattern. */
export class Circuit {
  readonly #resetAfterMs: number
  readonly #policy: CircuitBreakerPolicy
  readonly #waiting = new Set<() => void>()
  #openings = 0
  #openUntil = 0
  #lastError: unknown

  constructor(options: { failureThreshold: number; resetAfterMs: number }) {
    this.#resetAfterMs = options.resetAfterMs
    // A probe that tells nothing must leave the circuit as it was; cockatiel would close it, unless handled.
    const policy = handleWhen((error) => error instanceof Uncounted && error.isProbe)
    this.#policy = circuitBreaker(
      policy.orWhenResult((outcome) => (outcome as Outcome).health === 'bad'),
      {
        breaker: new ConsecutiveBreaker(options.failureThreshold),
        // cockatiel counts this on the wall clock; `check` does it on the monotonic one.
        halfOpenAfter: Number.NEGATIVE_INFINITY,
      },
    )
    this.#policy.onBreak((reason) => this.#onBreak('value' in reason ? this.#resetAfterMs : 0))
  }

  get state(): 'closed' | 'open' | 'half-open' {
    if (this.#policy.state === CircuitState.Closed) return 'closed'
    return this.#policy.state === CircuitState.Open && this.#leftMs() > 0 ? 'open' : 'half-open'
  }

  /** Throws `…CircuitOpenError` unless an attempt may start now. */
  check(call: Call): void {
    if (this.state === 'open' || this.#policy.state === CircuitState.HalfOpen) throw this.#openError(call)
  }

  /** Makes one attempt and counts its outcome. Throws `…CircuitOpenError` when the circuit is open. */
  async run(call: Call, attempt: () => Promise<Outcome>): Promise<Outcome> {
    this.check(call)
    const isProbe = this.#policy.state !== CircuitState.Closed
    const openings = this.#openings
    try {
      return await this.#policy.execute(async () => {
        const outcome = await attempt()
        // What set out before the circuit opened says nothing of the service now.
        if (outcome.health === 'unknown' || openings !== this.#openings) throw new Uncounted(outcome, isProbe)
        if (outcome.health === 'bad') this.#lastError = outcome.error
        return outcome
      })
    } catch (error) {
      if (error instanceof Uncounted) return error.outcome
      throw error
    }
  }

  /** Ends a wait with `…CircuitOpenError` when the circuit opens. */
  opened(call: Call): Interrupt {
    return (end) => {
      const wake = (): void => end(this.#openError(call))
      this.#waiting.add(wake)
      return () => this.#waiting.delete(wake)
    }
  }

  #onBreak(durationMs: number): void {
    this.#openings++
    this.#openUntil = performance.now() + durationMs
    for (const wake of this.#waiting) wake()
  }

  #leftMs(): number {
    return Math.max(0, this.#openUntil - performance.now())
  }

  #openError(call: Call): DreamStorageCircuitOpenError {
    return new DreamStorageCircuitOpenError(this.#leftMs(), { ...call.facts, cause: this.#lastError })
  }
}
