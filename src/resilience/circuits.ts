import type { Call } from '../call/call.js'
import { type AbortHook, abortable, startTimer } from '../call/cancellation.js'
import type { Events } from '../call/events.js'
import type { Secrets } from '../call/secrets.js'
import type { Outcome } from '../transport/transport.js'
import { Circuit, type CircuitFacts, type ResetTimes } from './circuit.js'
import { ConsecutiveFailures } from './consecutive-failures.js'

/** When a circuit opens, and for how long. */
export interface CircuitOptions extends ResetTimes {
  /** Consecutive failures that open it. */
  readonly failureThreshold: number
}

type Watcher = (changed: Circuit) => void

// More failing URLs than this are not told apart: then more than single URLs fail.
const MAX_URLS = 100
// Who waits for a retry while the circuit opens for longer than this fails at once.
const MAX_WAIT_MS = 2_000

/** The circuits of one client: one for each group of routes, and one for each URL that is answered with 5xx. */
export class Circuits {
  readonly #options: CircuitOptions
  readonly #events: Events
  readonly #secrets: Secrets
  readonly #groups = new Map<string, Circuit>()
  readonly #urls = new Map<string, Circuit>()
  readonly #watchers = new Set<Watcher>()

  constructor(options: CircuitOptions, events: Events, secrets: Secrets) {
    this.#options = options
    this.#events = events
    this.#secrets = secrets
  }

  /** The circuit of a group of routes. */
  group(name: string): Circuit {
    let group = this.#groups.get(name)
    if (!group) {
      group = this.#create({ circuit: name }, 2)
      this.#groups.set(name, group)
    }
    return group
  }

  /** The circuit of a URL; undefined without failures. */
  ofUrl(url: string): Circuit | undefined {
    return this.#urls.get(url)
  }

  /** Counts a 5xx response for its URL, or a success; failures without a response say nothing about a URL. */
  async countForUrl(outcome: Outcome, url: string, group: Circuit, openings: number): Promise<void> {
    if (outcome.health === 'failure' && !outcome.response) return
    let circuit = this.#urls.get(url)
    if (outcome.health === 'failure' && !circuit) {
      circuit = this.#create({ ...group.facts, url }, 1)
      this.#urls.set(url, circuit)
      const [oldest] = this.#urls.keys()
      if (this.#urls.size > MAX_URLS && oldest !== undefined) this.#urls.delete(oldest)
    }
    await circuit?.count(outcome, url, openings)
    // One that has opened is kept: an attempt from before that may still be in flight.
    if (outcome.health === 'success' && circuit?.openings === 0) this.#urls.delete(url)
  }

  /** Calls `watcher` after each change of a circuit. @returns the function that ends this */
  watch(watcher: Watcher): () => void {
    this.#watchers.add(watcher)
    return () => this.#watchers.delete(watcher)
  }

  #create(facts: CircuitFacts, minUrls: number): Circuit {
    const { failureThreshold } = this.#options
    const failures = new ConsecutiveFailures(failureThreshold, minUrls)
    return new Circuit(facts, failures, this.#options, (circuit, state, retryAfterMs) => {
      const { url } = facts
      this.#events.emit('circuit', {
        ...facts,
        ...(url !== undefined && { url: this.#secrets.showUrl(url) }),
        state,
        ...(retryAfterMs !== undefined && { retryAfterMs }),
      })
      if (url !== undefined && state === 'open') this.group(facts.circuit).failures.forgive(url)
      for (const watcher of this.#watchers) watcher(circuit)
    })
  }
}

/** The circuits that decide about one request: that of its group, and that of its URL if there is one. */
export class RequestCircuit {
  readonly #circuits: Circuits
  readonly #group: Circuit
  readonly #url: string
  #thrown: unknown

  constructor(circuits: Circuits, group: string, url: string) {
    this.#circuits = circuits
    this.#group = circuits.group(group)
    this.#url = url
  }

  /** @throws {@link DreamStorageCircuitOpenError} unless an attempt may start now */
  check(call: Call): void {
    const blocking = this.#blocking()
    if (blocking) throw this.#openError(blocking, call)
  }

  /** @throws {@link DreamStorageCircuitOpenError} if a retry does not wait until an attempt may start */
  checkRetry(call: Call): void {
    const blocking = this.#blocking()
    if (blocking && blocking.openForMs > MAX_WAIT_MS) throw this.#openError(blocking, call)
  }

  /** Waits until an attempt may start, which a retry does. @throws {@link DreamStorageCircuitOpenError} as `checkRetry` */
  async passage(call: Call): Promise<void> {
    for (let blocking = this.#blocking(); blocking; blocking = this.#blocking()) {
      this.checkRetry(call)
      await this.#change(call, blocking.leftMs)
    }
  }

  /** Whether this has thrown the error: the error of a login may be that of another circuit. */
  hasThrown(error: unknown): boolean {
    return error !== undefined && error === this.#thrown
  }

  /** @returns a hook that ends a wait when a circuit opens, for a retry only when `checkRetry` would throw */
  opened(call: Call, isRetry = false): AbortHook {
    return (end) =>
      this.#circuits.watch((changed) => {
        if (!this.#isOurs(changed) || !changed.isBlocked) return
        if (!isRetry || changed.openForMs > MAX_WAIT_MS) end(this.#openError(changed, call))
      })
  }

  /**
   * Makes one attempt and counts its outcome.
   * @returns the outcome
   * @throws {@link DreamStorageCircuitOpenError} unless an attempt may start now
   */
  async run(call: Call, attempt: () => Promise<Outcome>): Promise<Outcome> {
    this.check(call)
    const group = this.#group
    const { openings } = group
    if (group.state !== 'closed') return group.probe(() => this.#runForUrl(attempt))
    const outcome = await this.#runForUrl(attempt)
    await group.count(outcome, this.#url, openings)
    return outcome
  }

  async #runForUrl(attempt: () => Promise<Outcome>): Promise<Outcome> {
    const circuit = this.#circuits.ofUrl(this.#url)
    if (circuit && circuit.state !== 'closed') return circuit.probe(attempt)
    const outcome = await attempt()
    await this.#circuits.countForUrl(outcome, this.#url, this.#group, circuit?.openings ?? 0)
    return outcome
  }

  #blocking(): Circuit | undefined {
    if (this.#group.isBlocked) return this.#group
    const own = this.#circuits.ofUrl(this.#url)
    return own?.isBlocked ? own : undefined
  }

  #openError(circuit: Circuit, call: Call): unknown {
    this.#thrown = circuit.openError(call)
    return this.#thrown
  }

  /** Waits for the next change of a circuit, at most `ms` milliseconds; 0 is no limit. */
  #change(call: Call, ms: number): Promise<void> {
    return abortable<void>((resolve) => {
      const unwatch = this.#circuits.watch((changed) => this.#isOurs(changed) && resolve())
      const timer = ms > 0 ? startTimer(ms, resolve) : undefined
      return () => {
        unwatch()
        clearTimeout(timer)
      }
    }, call.cancellation.hook)
  }

  #isOurs(changed: Circuit): boolean {
    return changed === this.#group || changed.facts.url === this.#url
  }
}
