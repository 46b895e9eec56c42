import type { Calls } from '../call/calls.js'
import type { Runner } from './runner.js'
import type { ServiceContext } from './service-context.js'

/** What the methods that are loaded at their first call need from the client. */
export interface LibraryContext extends ServiceContext {
  readonly calls: Calls
  readonly runner: Runner
  readonly maxConnections: number
}
