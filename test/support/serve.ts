import type { DreamCentralStorageClient } from '../../src/index.js'
import { createClient, type TestOptions } from './client.js'
import { FakeService, json } from './fake-service.js'
import { fakeTime } from './fake-time.js'

/** A fake service, a client that talks to it, and when requests other than logins arrived. */
export interface Served {
  readonly service: FakeService
  readonly client: DreamCentralStorageClient
  /** On the monotonic clock, in milliseconds. */
  readonly times: number[]
}

export const BOOK = { id: 1, book_name: 'BRAINS' }

/** Answers with a book. */
export const ok = (): Response => json(BOOK)

/** Starts a service that answers like this, and its client. */
export function serve(answer: FakeService['answer'] = ok, options: Partial<TestOptions> = {}): Served {
  const times: number[] = []
  const service = new FakeService(answer)
  const fetch: FakeService['fetch'] = (request, init) => {
    if (!request.url.endsWith('/auth/login')) times.push(performance.now())
    return service.fetch(request, init)
  }
  return { service, times, client: createClient({ ...service.options, fetch, ...options }) }
}

/** The same with stopped time, and the default delays without jitter. */
export function serveInFakeTime(answer?: FakeService['answer'], options: Partial<TestOptions> = {}): Served {
  fakeTime()
  return serve(answer, { ...options, retry: { jitter: false, ...Object(options.retry) } })
}

/** The waits between these moments. */
export function gaps(times: readonly number[]): number[] {
  return times.slice(1).map((time, index) => time - (times[index] ?? Number.NaN))
}

/** So many simultaneous calls. */
export function calls(client: DreamCentralStorageClient, count: number): Array<Promise<unknown>> {
  return Array.from({ length: count }, (_, index) => client.getBookById(index + 1))
}
