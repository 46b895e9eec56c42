import type { BookConfig } from '../../generated/dream-central-storage.js'
import type { Call } from '../call/call.js'
import type { Events } from '../call/events.js'
import { ENDPOINTS } from './endpoints.js'
import { type ListedFile, listFiles, type SkippedPath } from './listing.js'
import type { BookPath } from './paths.js'
import type { ServiceContext } from './service-context.js'
import { SkipReport } from './skip-report.js'
import { unexpected, unwrap } from './unwrap.js'

/** @returns a book's config.json: any JSON value */
export async function readConfig(
  { http, fetchFor }: ServiceContext,
  call: Call,
  path: BookPath,
): Promise<BookConfig> {
  return unwrap(await http.GET(ENDPOINTS.config.route, { params: { path }, ...fetchFor(call) }), call)
}

/**
 * Lists the files of a book.
 * @param skip called for each path that no download accepts, besides the event `skip` for all of them
 * @returns the other files; none for an unknown book or a draft, for which the service returns an empty tree
 * @throws {@link DreamStorageResponseError} for anything but a tree or a list of paths
 */
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
  return filesOf(contents, events, call, skip)
}

/** Like `readContents`, for a response. */
export function filesOf(contents: unknown, events: Events, call: Call, skip?: SkippedPath): ListedFile[] {
  const report = new SkipReport(call, 'paths of the listing were left out')
  const files = listFiles(contents, (skipped, reason) => {
    report.add(skipped, reason)
    skip?.(skipped, reason)
  })
  report.emit(events)
  if (!files) throw unexpected(call, 'no tree and no list of paths')
  return files
}
