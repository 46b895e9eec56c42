import type { Seen } from './fake-service.js'

interface Held {
  readonly seen: Seen
  readonly signal: AbortSignal
  readonly answer: (response: Response) => void
}

/** Holds requests back until the test answers them, one by one; an aborted one ends with its signal's reason. */
export class Gate {
  readonly held: Held[] = []

  readonly answer = (seen: Seen, signal: AbortSignal): Promise<Response> =>
    new Promise((resolve, reject) => {
      this.held.push({ seen, signal, answer: resolve })
      signal.addEventListener('abort', () => reject(signal.reason))
    })
}
