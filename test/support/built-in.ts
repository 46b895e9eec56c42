import { test } from 'vitest'
import { isBuiltIn } from './transport.js'

/**
 * A test of what only the built-in transport promises: how many sockets it opens, keeps and closes, and how long it
 * waits for one. The global fetch has sockets of its own, which no client can count or close.
 */
export const testBuiltIn: typeof test = test.runIf(isBuiltIn) as typeof test
