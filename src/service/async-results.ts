/** Passes a result on. Resolves when it has been taken. */
export type Put<T> = (result: T) => Promise<void>

/** Work that produces results. */
export interface Production {
  /** Resolves when all results have been taken; rejects with what ended the work. */
  readonly ended: Promise<void>
  /** Ends the work, because nobody wants the other results. */
  readonly cancel: () => void
}

interface Waiting<T> {
  readonly resolve: (result: IteratorResult<T, undefined>) => void
  readonly reject: (reason: unknown) => void
}

/** An iterator over the results of work that begins at its first `next` and waits for its results to be taken. */
export class AsyncResults<T> implements AsyncIterator<T, undefined> {
  readonly #start: (put: Put<T>) => Production
  #production: Production | undefined
  #ready: Array<{ readonly result: T; readonly taken: () => void }> = []
  #waiting: Waiting<T>[] = []
  #failure: { readonly error: unknown } | undefined
  #isOver = false

  constructor(start: (put: Put<T>) => Production) {
    this.#start = start
  }

  /** @returns the next result; rejects once with what ended the work, and then is done */
  async next(): Promise<IteratorResult<T, undefined>> {
    if (!this.#production && !this.#isOver) this.#begin()
    const next = this.#ready.shift()
    next?.taken()
    if (next) return { value: next.result, done: false }
    if (!this.#isOver) return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }))
    const failure = this.#failure
    this.#failure = undefined
    if (failure) throw failure.error
    return { value: undefined, done: true }
  }

  /** Ends the work. Resolves when it has ended. */
  async return(): Promise<IteratorResult<T, undefined>> {
    this.#finish()
    this.#production?.cancel()
    await this.#production?.ended.catch(() => {})
    return { value: undefined, done: true }
  }

  #begin(): void {
    this.#production = this.#start((result) => this.#put(result))
    this.#production.ended.then(
      () => this.#finish(),
      (error: unknown) => this.#finish({ error }),
    )
  }

  #put(result: T): Promise<void> {
    const waiting = this.#waiting.shift()
    waiting?.resolve({ value: result, done: false })
    return waiting ? Promise.resolve() : new Promise((taken) => this.#ready.push({ result, taken }))
  }

  #finish(failure?: { readonly error: unknown }): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#ready = []
    const [first, ...others] = this.#waiting
    this.#waiting = []
    if (!first) this.#failure = failure
    else if (failure) first.reject(failure.error)
    for (const each of failure ? others : [first, ...others]) each?.resolve({ value: undefined, done: true })
  }
}
