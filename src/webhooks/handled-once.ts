import QuickLRU from 'quick-lru'

/** Runs the work of a key until it has succeeded once. The last 1 000 keys are remembered, at most 2 000. */
export class HandledOnce {
  readonly #handled = new QuickLRU<string, true>({ maxSize: 1_000 })
  readonly #running = new Map<string, Promise<void>>()

  /**
   * @returns true if this call ran the work; false if it succeeded earlier, or was running, which is waited for
   * @throws what the work rejects with, also for those who wait for it
   */
  async run(key: string, work: () => Promise<void>): Promise<boolean> {
    const running = this.#running.get(key)
    if (running || this.#handled.has(key)) {
      await running
      return false
    }
    const started = work()
    this.#running.set(key, started)
    try {
      await started
      this.#handled.set(key, true)
      return true
    } finally {
      this.#running.delete(key)
    }
  }
}
