import * as perfHooks from 'node:perf_hooks'
import { onTestFinished, vi } from 'vitest'

/** Time stands still until the test advances it; real time is back when the test ends. */
export function fakeTime(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] })
  // The fake stands in the place of the global only.
  const real = vi.spyOn(perfHooks.performance, 'now').mockImplementation(() => globalThis.performance.now())
  onTestFinished(() => {
    real.mockRestore()
    vi.useRealTimers()
  })
}

/**
 * Lets time pass, from one timer to the next, and in between all that can go on without it: so nothing that a timer
 * sets off starts late, however many turns of the event loop it takes to get there.
 */
export async function pass(ms: number): Promise<void> {
  let isOver = false
  await settle()
  setTimeout(() => {
    isOver = true
  }, ms)
  while (!isOver) {
    await vi.advanceTimersToNextTimerAsync()
    await settle()
  }
  // What fell due at the very end, but was set after our own timer.
  await vi.advanceTimersByTimeAsync(0)
  await settle()
}

/** Waits, without letting time pass, until all that can go on has gone on. */
export async function settle(): Promise<void> {
  for (let round = 0; round < 10; round++) await new Promise(setImmediate)
}
