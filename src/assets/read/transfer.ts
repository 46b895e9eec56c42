import type { Call } from '../../call/call.js'
import { DreamStorageNetworkError, DreamStorageTimeoutError } from '../../errors.js'
import { backoffMs } from '../../resilience/backoff.js'
import type { RemoteFile } from '../../service/objects.js'
import type { AssetContext } from '../asset-context.js'

/**
 * The transfer of one file. It is the only place that decides about retries of a file: its requests, their continuations
 * and a new start share one counter, which only progress resets.
 */
export class Transfer {
  readonly context: AssetContext
  readonly call: Call
  readonly file: RemoteFile
  #furthest = 0

  constructor(context: AssetContext, call: Call, file: RemoteFile) {
    this.context = context
    this.call = call
    this.file = file
  }

  /** Records that all bytes before `offset` have arrived; progress resets the counter of retries. */
  reached(offset: number): void {
    if (offset <= this.#furthest) return
    this.#furthest = offset
    this.call.retryCounter.count = 0
  }

  /** Waits before the next try, which begins at `offset`. @throws the error, if it is no break or no try is left */
  async backoff(error: unknown, offset: number): Promise<void> {
    const { call, context } = this
    const { retry, events } = context
    // A deadline is a timeout too, and no break: nothing will be continued.
    call.cancellation.throwIfCancelled()
    if (!isBreak(error) || call.retryCounter.count >= retry.maxRetries) throw error
    const delayMs = backoffMs(retry, call.retryCounter.count++)
    events.emit('stream', { ...call.described, offset, delayMs })
    await call.cancellation.sleep(delayMs)
  }

  /** Runs one request of the transfer, with a streamed body. @returns what `work` resolves to */
  request<T>(work: (call: Call) => Promise<T>): Promise<T> {
    return this.context.calls.run({ endpoint: this.file.endpoint, stream: true, parent: this.call }, work)
  }
}

/** Whether the connection broke, and not the file or the call was wrong. */
function isBreak(error: unknown): boolean {
  if (error instanceof DreamStorageTimeoutError) return error.phase !== 'consumer'
  return error instanceof DreamStorageNetworkError
}
