import type { CacheMode } from '../cache/cache.js'
import { milliseconds, type Rule, validate } from './validation.js'

/** Options of one call. */
export interface CallOptions {
  /** Ends the call, which rejects with the reason of the signal. */
  signal?: AbortSignal | undefined
  /** Deadline in milliseconds for the whole call, retries and waits included; greater than 0. @default none */
  timeoutMs?: number | undefined
  /** `reload` sends a request and stores its response; `no-store` does not use the cache. @default 'default' */
  cache?: CacheMode | undefined
}

/** The rule of each option of a call. */
export const CALL_RULES = {
  signal: { expected: 'an AbortSignal', accepts: (value) => value instanceof AbortSignal },
  timeoutMs: milliseconds(),
  cache: {
    expected: "'default', 'reload' or 'no-store'",
    accepts: (value) => ['default', 'reload', 'no-store'].some((mode) => mode === value),
  },
} satisfies Record<keyof CallOptions, Rule>

/** @returns the options @throws {@link DreamStorageInputError} that names an invalid option and its value */
export function checkCallOptions(options: CallOptions): CallOptions {
  validate(options, CALL_RULES, 'callOptions')
  return options
}
