import type { Call } from '../call/call.js'
import { ENDPOINTS } from './endpoints.js'
import { type ListedFile, listFiles, type SkippedPath } from './listing.js'
import type { BookPath } from './paths.js'
import type { BookConfig } from './payloads.js'
import type { ServiceContext } from './service-context.js'
import { unexpected, unwrap } from './unwrap.js'

/** A book's config.json. */
export async function readConfig(
  { http, fetchFor }: ServiceContext,
  call: Call,
  path: BookPath,
): Promise<BookConfig> {
  return unwrap(await http.GET(ENDPOINTS.config.route, { params: { path }, ...fetchFor(call) }), call)
}

/** The files of a book. What cannot be downloaded is left out and reported to `skip`. */
export async function readContents(
  { http, fetchFor, events }: ServiceContext,
  call: Call,
  path: BookPath,
  skip?: SkippedPath,
): Promise<ListedFile[]> {
  const contents = unwrap(
    await http.GET(ENDPOINTS.contents.route, { params: { path }, ...fetchFor(call) }),
    call,
  )
  const files = listFiles(contents, (skipped, reason) => {
    const event = { what: 'a path of the listing was left out', count: 1, reason }
    const attempts = call.attemptCounter.count
    events.emit('skip', {
      call: call.facts,
      attempts,
      ...event,
      ...(skipped !== undefined && { path: skipped }),
    })
    skip?.(skipped, reason)
  })
  if (!files) throw unexpected(call, 'no tree and no list of paths')
  return files
}
