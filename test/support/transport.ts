/** Whether this run tests the built-in transport, not the option `fetch`; vitest.config.ts sets the variable. */
export const isBuiltIn = process.env['TEST_TRANSPORT'] !== 'fetch'

/** The options of the transport that this run tests; without any, it is the built-in one. */
export function transportOptions(): { fetch?: typeof globalThis.fetch } {
  return isBuiltIn ? {} : { fetch: globalThis.fetch }
}
