import type { CacheMode } from '../cache/cache.js'
import { milliseconds, type Rule, validate } from './validation.js'

/** What each call can say for itself. */
export interface CallOptions {
  /** Ends the call, which rejects with the signal's own reason. */
  signal?: AbortSignal | undefined
  /** A deadline in milliseconds for the whole call, retries and waits included; greater than 0. */
  timeoutMs?: number | undefined
  /** `reload` asks the service and stores its answer; `no-store` leaves the cache alone. @default 'default' */
  cache?: CacheMode | undefined
}

/** What the options of a call must be. */
export const CALL_RULES = {
  signal: { expected: 'an AbortSignal', accepts: (value) => value instanceof AbortSignal },
  timeoutMs: milliseconds(),
  cache: {
    expected: "'default', 'reload' or 'no-store'",
    accepts: (value) => ['default', 'reload', 'no-store'].some((mode) => mode === value),
  },
} satisfies Record<keyof CallOptions, Rule>

/** Validates the options of a call. Throws `…InputError`. */
export function checkCallOptions(options: CallOptions): CallOptions {
  validate(options, CALL_RULES, 'callOptions')
  return options
}
