import { ConstantBackoff, handleWhenResult, type RetryPolicy, retry } from 'cockatiel'
import { DreamStorageNetworkError, DreamStorageResponseError, DreamStorageTimeoutError } from '../errors.js'
import { type Logger, silentLogger } from '../logger.js'
import { backOffMs, type RetryPlan } from './back-off.js'
import { BufferedResponse } from './buffered-response.js'
import type { Call } from './call.js'
import type { Circuit, Health, Outcome } from './circuit.js'
import type { ConnectionQueue } from './connection-queue.js'
import { errorFromResponse } from './error-response.js'
import { Exchange, type ExchangeLimits, type Transport } from './exchange.js'
import type { OutgoingRequest } from './outgoing-request.js'
import { parseRetryAfter } from './retry-after.js'

/** One step on the way of a call: a request in, its answer out. */
export type Send = (request: OutgoingRequest, call: Call) => Promise<Response>

/** What delivery is made of. */
export interface DeliveryParts {
  readonly retry: RetryPlan
  readonly limits: ExchangeLimits
  readonly queue: ConnectionQueue
  readonly circuitOf: (call: Call) => Circuit
  readonly transport: Transport
  /** Tells the 5xx answers that no repetition helps and that say nothing of the service's health. */
  readonly isPermanent: (request: OutgoingRequest, response: BufferedResponse) => boolean
  readonly logger: Logger
}

/** Sends a request zero or several times: retry ▸ queue ▸ circuit breaker ▸ attempt. */
export class Delivery {
  readonly #parts: DeliveryParts
  readonly #retry: RetryPolicy
  #attempts = 0
  #retries = 0

  constructor(parts: DeliveryParts) {
    this.#parts = parts
    // cockatiel's own delay cannot be aborted, so it repeats at once and the wait is in `#backOff`.
    this.#retry = retry(
      handleWhenResult((planned) => (planned as Planned).delayMs !== undefined),
      {
        maxAttempts: parts.retry.maxRetries,
        backoff: new ConstantBackoff(0),
      },
    )
  }

  /** Requests sent so far, and how many of them were repetitions after a failure. */
  get counts(): { attempts: number; retries: number } {
    return { attempts: this.#attempts, retries: this.#retries }
  }

  /** Answers with the last response, or throws the last error. */
  readonly send: Send = async (request, call) => {
    const circuit = this.#parts.circuitOf(call)
    let delayMs: number | undefined
    const last = await this.#retry.execute(async (): Promise<Planned> => {
      if (delayMs !== undefined) await this.#backOff(delayMs, call, circuit)
      const outcome = await this.#attempt(request, call, circuit)
      delayMs = this.#delayBeforeRetry(request, call, outcome)
      return { outcome, delayMs }
    })
    const { response, error } = last.outcome
    if (!response) throw error
    return response
  }

  async #backOff(delayMs: number, call: Call, circuit: Circuit): Promise<void> {
    circuit.check(call)
    call.retries++
    this.#retries++
    this.#parts.logger.warn({ ...call.facts, retry: call.retries, delayMs: Math.round(delayMs) }, 'retry')
    await call.cancellation.sleep(delayMs, circuit.opened(call))
  }

  async #attempt(request: OutgoingRequest, call: Call, circuit: Circuit): Promise<Outcome> {
    call.cancellation.throwIfCancelled()
    circuit.check(call)
    const release = await this.#parts.queue.acquire(call, circuit)
    try {
      return await circuit.run(call, () => this.#exchange(request, call, release))
    } finally {
      // Only now that the circuit has counted: whoever waits for the connection must find it open.
      if (!call.isStreaming) release()
    }
  }

  async #exchange(request: OutgoingRequest, call: Call, release: () => void): Promise<Outcome> {
    const exchange = new Exchange(call, this.#parts.limits, release)
    const startedAt = performance.now()
    call.progress.attempts++
    this.#attempts++
    const log = (result: object): void => {
      if (this.#parts.logger === silentLogger) return
      const durationMs = Math.round(performance.now() - startedAt)
      this.#parts.logger.debug({ ...call.facts, ...result, durationMs }, 'attempt')
    }
    try {
      const response = await exchange.run(request, this.#parts.transport)
      log({ status: response.status })
      return this.#judge(request, call, response)
    } catch (error) {
      log({ error: error instanceof Error ? error.name : 'abort' })
      return { health: healthFromError(error), error }
    }
  }

  #judge(request: OutgoingRequest, call: Call, response: Response): Outcome {
    const isGood =
      response.status < 500 ||
      (response instanceof BufferedResponse && this.#parts.isPermanent(request, response))
    if (isGood) return { health: 'good', response }
    return { health: 'bad', response, error: errorFromResponse(response, undefined, call.facts) }
  }

  /** Milliseconds to wait before the next attempt; undefined when there shall be none. */
  #delayBeforeRetry(request: OutgoingRequest, call: Call, { health, response }: Outcome): number | undefined {
    const { maxRetries, maxRetryAfterMs } = this.#parts.retry
    const hasRetry = call.retries < maxRetries && !call.init.background
    if (response?.status === 429) {
      const retryAfterMs = parseRetryAfter(response.headers.get('retry-after'))
      this.#parts.logger.warn({ ...call.facts, retryAfterMs }, 'rate limited')
      const delayMs = retryAfterMs ?? backOffMs(this.#parts.retry, call.retries)
      const isTooLong = delayMs > Math.min(maxRetryAfterMs, call.remainingMs())
      return hasRetry && !isTooLong && request.canBeSent ? delayMs : undefined
    }
    return hasRetry && call.repeatable && health === 'bad'
      ? backOffMs(this.#parts.retry, call.retries)
      : undefined
  }
}

interface Planned {
  readonly outcome: Outcome
  readonly delayMs: number | undefined
}

/** Aborts, deadlines and the end of the client say nothing of the service; an answer that is odd is an answer. */
function healthFromError(error: unknown): Health {
  if (error instanceof DreamStorageResponseError) return 'good'
  if (error instanceof DreamStorageNetworkError) return 'bad'
  return error instanceof DreamStorageTimeoutError && error.phase !== 'deadline' ? 'bad' : 'unknown'
}
