import type { Calls } from '../call/calls.js'
import type { RetryPlan } from '../resilience/backoff.js'
import type { ServiceContext } from '../service/service-context.js'

/** What the methods for files need from the client. */
export interface AssetContext extends ServiceContext {
  readonly calls: Calls
  readonly retry: RetryPlan
  readonly maxFileConnections: number
  /** @returns whether the circuit breaker of the storage is not closed */
  readonly isStorageDown: () => boolean
}
