import { TestRunner } from 'vitest'

/** Loads no more files after the first failure, which takes longer than the tests that find most mutants. */
export default class StoppingRunner extends TestRunner {
  #isCancelled = false

  override cancel(reason: Parameters<TestRunner['cancel']>[0]): void {
    this.#isCancelled = true
    super.cancel(reason)
  }

  override importFile(...args: Parameters<TestRunner['importFile']>): unknown {
    return this.#isCancelled ? undefined : super.importFile(...args)
  }
}
