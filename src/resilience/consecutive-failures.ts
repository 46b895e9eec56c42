import type { Outcome } from '../transport/transport.js'

/**
 * The failures of attempts since the last success. `minUrls` is 2 for a group of routes: it does not fail because one URL
 * is always answered with 5xx. A failure without a response, such as a refused connection, is never that of one URL.
 */
export class ConsecutiveFailures {
  readonly #threshold: number
  readonly #minUrls: number
  readonly #urls = new Set<string>()
  #count = 0
  #hasUnanswered = false

  constructor(threshold: number, minUrls: number) {
    this.#threshold = threshold
    this.#minUrls = minUrls
  }

  /** Whether there are so many that the circuit opens. */
  get isFull(): boolean {
    return this.#count >= this.#threshold && (this.#hasUnanswered || this.#urls.size >= this.#minUrls)
  }

  add({ response }: Outcome, url: string): void {
    this.#count++
    if (!response) this.#hasUnanswered = true
    else if (this.#urls.size < this.#minUrls) this.#urls.add(url)
  }

  reset(): void {
    this.#count = 0
    this.#hasUnanswered = false
    this.#urls.clear()
  }

  /** Forgets the failures if all are 5xx responses of this URL, for which a circuit of its own has opened. */
  forgive(url: string): void {
    if (!this.#hasUnanswered && this.#urls.size === 1 && this.#urls.has(url)) this.reset()
  }
}
