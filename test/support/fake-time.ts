import { onTestFinished, vi } from 'vitest'

/** Stops time until the test advances it. Real time returns when the test ends. */
export function fakeTime(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] })
  onTestFinished(() => {
    vi.useRealTimers()
  })
}

/**
 * Advances time from one timer to the next. Between them it runs everything that waits for no timer, so that what a timer
 * starts is never late, however many turns of the event loop it takes.
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
  // Timers that are due at the same time as ours, but were set after it.
  await vi.advanceTimersByTimeAsync(0)
  await settle()
}

/** Runs everything that waits for no timer. Time does not advance. */
export async function settle(): Promise<void> {
  for (let round = 0; round < 10; round++) await new Promise(setImmediate)
}
