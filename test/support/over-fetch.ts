// The pool tells a fetch that was replaced from the one that it found when it was loaded.
await import('../../src/http/pool.js')

const builtIn = globalThis.fetch

/** The same, but not itself: every request goes through it instead of straight to the dispatcher. */
globalThis.fetch = (input, init) => builtIn(input, init)
