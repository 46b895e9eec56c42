import { type CircuitBreakerPolicy, CircuitState, circuitBreaker, handleWhen } from 'cockatiel'
import type { Call } from '../call/call.js'
import { noop } from '../call/cancellation.js'
import type { CircuitStateName } from '../call/stats-observer.js'
import { DreamStorageCircuitOpenError } from '../errors.js'
import type { Outcome } from '../transport/transport.js'
import type { ConsecutiveFailures } from './consecutive-failures.js'

/** How long a circuit stays open, in milliseconds. */
export interface ResetTimes {
  /** Until it lets one attempt through; twice as long after each such attempt that fails. */
  readonly resetAfterMs: number
  /** The longest of these times. */
  readonly maxResetAfterMs: number
}

/** Whose circuit it is: that of a group of routes, or that of one URL of it. */
export interface CircuitFacts {
  readonly circuit: string
  readonly url?: string
}

/** Called when a circuit has changed its state; `retryAfterMs` when it has opened. */
export type OnChange = (circuit: Circuit, state: CircuitStateName, retryAfterMs?: number) => void

/** Tells cockatiel that a probe has ended without saying anything about the service. */
class Ignored extends Error {}

/** A circuit breaker that counts consecutive failures of attempts; `closed`, `open` or `half-open`. */
export class Circuit {
  readonly facts: CircuitFacts
  readonly failures: ConsecutiveFailures
  readonly #times: ResetTimes
  readonly #onChange: OnChange
  readonly #policy: CircuitBreakerPolicy
  #openings = 0
  #failedProbes = 0
  #openForMs = 0
  #openUntil = 0
  #lastError: unknown

  constructor(facts: CircuitFacts, failures: ConsecutiveFailures, times: ResetTimes, onChange: OnChange) {
    this.facts = facts
    this.failures = failures
    this.#times = times
    this.#onChange = onChange
    // A probe whose outcome is ignored must leave the circuit as it was; cockatiel would close it, unless handled.
    const policy = handleWhen((error) => error instanceof Ignored)
    this.#policy = circuitBreaker(
      policy.orWhenResult((outcome) => (outcome as Outcome).health === 'failure'),
      {
        breaker: { state: undefined, success: noop, failure: () => failures.isFull },
        // cockatiel counts this on the wall clock; `state` does it on the monotonic one.
        halfOpenAfter: Number.NEGATIVE_INFINITY,
      },
    )
    this.#policy.onBreak((reason) => this.#onBreak('value' in reason))
    this.#policy.onHalfOpen(() => onChange(this, 'half-open'))
    this.#policy.onReset(() => this.#onReset())
  }

  /** The state now; an open circuit becomes half-open when its time is over. */
  get state(): CircuitStateName {
    if (this.#policy.state === CircuitState.Closed) return 'closed'
    return this.#policy.state === CircuitState.Open && this.leftMs > 0 ? 'open' : 'half-open'
  }

  /** Whether no attempt may start now: the circuit is open, or half-open and its one attempt is in flight. */
  get isBlocked(): boolean {
    return this.state === 'open' || this.#policy.state === CircuitState.HalfOpen
  }

  /** How often it has opened. */
  get openings(): number {
    return this.#openings
  }

  /** How long it was opened for the last time, in milliseconds. */
  get openForMs(): number {
    return this.#openForMs
  }

  /** Milliseconds until it lets an attempt through; 0 while one is in flight. */
  get leftMs(): number {
    return Math.max(0, this.#openUntil - performance.now())
  }

  /** @returns the error of a call that may not start an attempt now */
  openError(call: Call): DreamStorageCircuitOpenError {
    return new DreamStorageCircuitOpenError(
      this.leftMs,
      { ...call.context, cause: this.#lastError },
      this.facts.url === undefined ? undefined : call.secrets.showUrl(this.facts.url),
    )
  }

  /** Makes the one attempt of a half-open circuit: its success closes the circuit, its failure opens it again. */
  async probe(attempt: () => Promise<Outcome>): Promise<Outcome> {
    let ignored: Outcome | undefined
    try {
      return await this.#policy.execute(async () => {
        const outcome = await attempt()
        if (outcome.health === 'failure') this.#lastError = outcome.error
        if (outcome.health !== 'ignored') return outcome
        ignored = outcome
        throw new Ignored()
      })
    } catch (error) {
      if (ignored) return ignored
      throw error
    }
  }

  /**
   * Counts the outcome of an attempt, unless the circuit has opened since: then it says nothing about the service now.
   * @param openings how often it had opened when the attempt started
   */
  async count(outcome: Outcome, url: string, openings: number): Promise<void> {
    const isStale = openings !== this.#openings || this.#policy.state !== CircuitState.Closed
    if (outcome.health === 'ignored' || isStale) return
    if (outcome.health === 'success') {
      this.failures.reset()
      return
    }
    this.#lastError = outcome.error
    this.failures.add(outcome, url)
    await this.#policy.execute(() => outcome)
  }

  #onBreak(isFailure: boolean): void {
    this.#openings++
    if (isFailure) {
      const { resetAfterMs, maxResetAfterMs } = this.#times
      this.#openForMs = Math.min(maxResetAfterMs, resetAfterMs * 2 ** this.#failedProbes++)
    }
    // After a probe that was ignored, the next attempt is the probe.
    const retryAfterMs = isFailure ? this.#openForMs : 0
    this.#openUntil = performance.now() + retryAfterMs
    this.#onChange(this, 'open', retryAfterMs)
  }

  #onReset(): void {
    this.#failedProbes = 0
    this.failures.reset()
    this.#onChange(this, 'closed')
  }
}
