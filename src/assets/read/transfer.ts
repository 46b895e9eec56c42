import type { Call } from '../../call/call.js'
import { DreamStorageNetworkError, DreamStorageTimeoutError } from '../../errors.js'
import { backoffMs } from '../../resilience/backoff.js'
import { ENDPOINTS } from '../../service/endpoints.js'
import type { Asset } from '../asset.js'
import type { AssetContext } from '../asset-context.js'

/**
 * The transfer of one file. It is the one place that decides whether what broke is tried again: its requests, their
 * continuations and a new start share one counter of retries, which only progress sets back.
 */
export class Transfer {
  readonly context: AssetContext
  readonly call: Call
  readonly asset: Asset
  #furthest = 0

  constructor(context: AssetContext, call: Call, asset: Asset) {
    this.context = context
    this.call = call
    this.asset = asset
  }

  /** The bytes before `offset` have arrived. */
  reached(offset: number): void {
    if (offset <= this.#furthest) return
    this.#furthest = offset
    this.call.retryCounter.count = 0
  }

  /** Waits before the next try, which begins at `offset`. Rejects with the error where no try is left. */
  async backoff(error: unknown, offset: number): Promise<void> {
    const { call, context } = this
    const { retry, events } = context
    // A deadline is a timeout too, and no break: nothing will be continued.
    call.cancellation.throwIfCancelled()
    if (!isBreak(error) || call.retryCounter.count >= retry.maxRetries) throw error
    const delayMs = backoffMs(retry, call.retryCounter.count++)
    const attempts = call.attemptCounter.count
    events.emit('stream', { call: call.facts, attempts, offset, delayMs })
    await call.cancellation.sleep(delayMs)
  }

  /** Runs one request of the transfer; the body of its answer is handed out as it arrives. */
  request<T>(work: (call: Call) => Promise<T>): Promise<T> {
    return this.context.calls.run({ endpoint: ENDPOINTS.object, stream: true, parent: this.call }, work)
  }
}

/** Whether the connection broke, in any way, and neither the file nor the call is at fault. */
function isBreak(error: unknown): boolean {
  if (error instanceof DreamStorageTimeoutError) return error.phase !== 'consumer'
  return error instanceof DreamStorageNetworkError
}
