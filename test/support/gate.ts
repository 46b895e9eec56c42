import type { Seen } from './fake-service.js'

interface Held {
  readonly seen: Seen
  readonly signal: AbortSignal
  readonly answer: (response: Response) => void
}

/** Holds requests until the test answers them, one by one. An aborted one rejects with the reason of its signal. */
export class Gate {
  readonly held: Held[] = []

  readonly answer = (seen: Seen, signal: AbortSignal): Promise<Response> =>
    new Promise((resolve, reject) => {
      this.held.push({ seen, signal, answer: resolve })
      signal.addEventListener('abort', () => reject(signal.reason))
    })
}
