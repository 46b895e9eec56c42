import { ConstantBackoff, handleWhenResult, type RetryPolicy, retry } from 'cockatiel'
import { Bearer } from '../auth/bearer.js'
import type { TokenSource } from '../auth/token-source.js'
import type { Call } from '../call/call.js'
import type { Events } from '../call/events.js'
import { Attempt } from '../transport/attempt.js'
import type { AttemptLimits } from '../transport/attempt-limits.js'
import { BufferedResponse } from '../transport/buffered-response.js'
import type { OutgoingRequest } from '../transport/outgoing-request.js'
import { StreamedResponse } from '../transport/streamed-response.js'
import type { Outcome, Transport } from '../transport/transport.js'
import { backoffMs, type RetryPlan } from './backoff.js'
import type { RequestCircuit } from './circuits.js'
import { retryAfterMsOf } from './retry-after.js'
import type { RetryBudget } from './retry-budget.js'
import type { Release, Slots } from './slots.js'
import { errorFromStatus } from './status-error.js'

/** What a sender needs. */
export interface SenderOptions {
  readonly retry: RetryPlan
  readonly budget: RetryBudget
  readonly limits: AttemptLimits
  readonly slots: Slots
  /** The circuit breakers that decide about a request. */
  readonly circuitOf: (call: Call, url: string) => RequestCircuit
  readonly transport: Transport
  /** The source of tokens; without one, requests carry none. */
  readonly tokens?: TokenSource
  /** Whether a 5xx response is permanent: it is not retried, and no failure for the circuit. */
  readonly isPermanent: (request: OutgoingRequest, response: BufferedResponse) => boolean
  readonly events: Events
}

/** One request on its way: what each attempt needs. */
interface RequestContext {
  readonly request: OutgoingRequest
  readonly call: Call
  readonly circuit: RequestCircuit
  readonly bearer: Bearer
}

interface Planned {
  readonly outcome: Outcome
  /** Milliseconds until the next attempt; undefined when there is none. */
  readonly delayMs: number | undefined
}

/** Sends a request, with retries: retry ▸ slot ▸ circuit breaker ▸ bearer ▸ attempt. */
export class RetryingSender {
  readonly #options: SenderOptions
  readonly #retry: RetryPolicy

  constructor(options: SenderOptions) {
    this.#options = options
    // cockatiel's own delay cannot be aborted, so it repeats at once and the delay is in `#backoff`.
    this.#retry = retry(
      handleWhenResult((planned) => (planned as Planned).delayMs !== undefined),
      { maxAttempts: options.retry.maxRetries, backoff: new ConstantBackoff(0) },
    )
  }

  /**
   * Sends a request in the name of a call.
   * @returns the response of the last attempt, whatever its status
   * @throws {@link DreamStorageError} of the last attempt, if it has no response; the reason of the call's end
   */
  async send(request: OutgoingRequest, call: Call): Promise<Response> {
    this.#options.budget.addCall()
    const bearer = new Bearer(this.#options.tokens, call)
    const context = { request, call, circuit: this.#options.circuitOf(call, request.url), bearer }
    let delayMs: number | undefined
    const last = await this.#retry.execute(async (): Promise<Planned> => {
      if (delayMs !== undefined) await this.#backoff(delayMs, context)
      const outcome = await this.#attempt(context)
      delayMs = this.#delayBeforeRetry(context, outcome)
      return { outcome, delayMs }
    })
    const { response, error } = last.outcome
    if (!response) throw error
    return response
  }

  async #backoff(delayMs: number, { call, circuit }: RequestContext): Promise<void> {
    circuit.checkRetry(call)
    const retry = ++call.retryCounter.count
    this.#options.events.emit('retry', { ...call.described, retry, delayMs })
    await call.cancellation.sleep(delayMs, circuit.opened(call, true))
  }

  /** One attempt, and a second one with another token if the service refuses the first token. */
  async #attempt(context: RequestContext): Promise<Outcome> {
    const { request, bearer } = context
    const outcome = await this.#attemptInSlot(context)
    return bearer.canSendAgain && request.canBeSent ? this.#attemptInSlot(context) : outcome
  }

  /** One attempt. A call that has sent something waits while a circuit is open for a short time; a new one fails at once. */
  async #attemptInSlot(context: RequestContext): Promise<Outcome> {
    const { call, circuit } = context
    for (;;) {
      if (hasBegun(call)) await circuit.passage(call)
      try {
        return await this.#attemptOnce(context)
      } catch (error) {
        if (!circuit.hasThrown(error) || !hasBegun(call)) throw error
      }
    }
  }

  async #attemptOnce(context: RequestContext): Promise<Outcome> {
    const { call, circuit, bearer } = context
    const release = await this.#acquire(context)
    let outcome: Outcome | undefined
    try {
      outcome = await circuit.run(call, () => this.#runAttempt(context, release))
      return outcome
    } finally {
      bearer.judge(outcome?.response)
      // After the circuit has counted: the next call that gets the slot must find it open.
      if (!(outcome?.response instanceof StreamedResponse)) release()
    }
  }

  /** A slot, with a token on the request. If the token was refused during the wait, it waits for another without a slot. */
  async #acquire({ request, call, circuit, bearer }: RequestContext): Promise<Release> {
    for (;;) {
      call.cancellation.throwIfCancelled()
      circuit.check(call)
      const ready = bearer.ready()
      if (ready) await ready
      const release = await this.#options.slots.acquire(call, circuit)
      if (bearer.putOn(request)) return release
      release()
    }
  }

  async #runAttempt({ request, call }: RequestContext, release: Release): Promise<Outcome> {
    const { limits, transport, events } = this.#options
    const startedAt = performance.now()
    call.attemptCounter.count++
    const { described } = call
    events.emit('attempt.start', described)
    const attempt = new Attempt(call, limits, release)
    const outcome = this.#judge(request, call, await attempt.run(request, transport))
    const { response, error } = outcome
    call.note(error)
    const result = response ? { status: response.status } : { error: nameOf(error) }
    events.emit('attempt.end', { ...described, durationMs: performance.now() - startedAt, ...result })
    return outcome
  }

  #judge(request: OutgoingRequest, call: Call, outcome: Outcome): Outcome {
    const { response } = outcome
    if (!response || response.status < 500) return outcome
    if (response instanceof BufferedResponse && this.#options.isPermanent(request, response)) return outcome
    return { health: 'failure', response, error: errorFromStatus(response, call.context) }
  }

  #delayBeforeRetry({ request, call }: RequestContext, { health, response }: Outcome): number | undefined {
    const { retry: plan, budget, events } = this.#options
    const retries = call.retryCounter.count
    const hasRetry = retries < plan.maxRetries && !call.facts.background && !call.endpoint.isProbe
    if (response?.status === 429) {
      const retryAfterMs = retryAfterMsOf(response.headers)
      call.note(errorFromStatus(response, call.context))
      events.emit('rate-limit', { ...call.described, retryAfterMs })
      const delayMs = retryAfterMs ?? backoffMs(plan, retries)
      const isTooLong = delayMs > Math.min(plan.maxRetryAfterMs, call.remainingMs())
      return hasRetry && !isTooLong && request.canBeSent ? delayMs : undefined
    }
    if (!hasRetry || !call.isRepeatable || health !== 'failure') return undefined
    if (budget.takeRetry()) return backoffMs(plan, retries)
    events.emit('retry-budget', call.described)
    return undefined
  }
}

function hasBegun({ attemptCounter }: Call): boolean {
  return attemptCounter.count > 0
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'abort'
}
