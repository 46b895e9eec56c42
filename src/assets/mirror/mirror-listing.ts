import type { Call } from '../../call/call.js'
import { type DreamStorageError, DreamStorageInputError } from '../../errors.js'
import { readContents } from '../../service/contents.js'
import { ENDPOINTS } from '../../service/endpoints.js'
import type { ListedFile } from '../../service/listing.js'
import type { BookPath } from '../../service/paths.js'
import { SkipReport } from '../../service/skip-report.js'
import type { AssetContext } from '../asset-context.js'
import { clashFault, foldPath, localPathFault } from './local-path.js'

interface FailedFile {
  readonly path: string
  readonly error: DreamStorageError
}

/** @returns the listing of a book; a path that no download accepts is added to the failures */
export function list(
  assets: AssetContext,
  call: Call,
  book: BookPath,
  failed: FailedFile[],
): Promise<ListedFile[]> {
  return assets.calls.run({ endpoint: ENDPOINTS.contents, parent: call }, (listing) =>
    readContents(assets, listing, book, (path, reason) => refuse(call, path ?? '', reason, failed)),
  )
}

/** @returns the files that can be files of a mirror; the others are added to the failures */
export function onlyUsable(
  { events }: AssetContext,
  call: Call,
  listed: readonly ListedFile[],
  failed: FailedFile[],
): ListedFile[] {
  const seen = new Map<string, string>()
  const skipped = new SkipReport(call, 'paths of the listing were left out')
  const usable = listed.filter(({ path }) => {
    const other = seen.get(foldPath(path))
    const reason = localPathFault(path) ?? (other === undefined ? undefined : clashFault(path, other))
    if (other === undefined) seen.set(foldPath(path), path)
    if (reason === undefined) return true
    skipped.add(path, reason)
    refuse(call, path, reason, failed)
    return false
  })
  skipped.emit(events)
  return usable
}

function refuse({ context, secrets }: Call, path: string, reason: string, failed: FailedFile[]): void {
  const message = `the path "${secrets.quote(path)}" ${secrets.quote(reason)}`
  const error = new DreamStorageInputError(message, context)
  failed.push({ path, error })
}
