import type { Call } from '../call/call.js'
import { filesOf } from './contents.js'
import { LIBRARY_ENDPOINTS } from './library-endpoints.js'
import type { ListedFile } from './listing.js'
import type { ServiceContext } from './service-context.js'
import { unwrap } from './unwrap.js'

/** A file of a listing. */
export interface BookFile {
  /** Its path below the book, or below the materials of the teacher. */
  readonly path: string
  /** Its size in bytes; absent when the service does not say. */
  readonly size?: number
}

/** @returns files of a listing, without sizes that are unknown */
export function toBookFiles(files: readonly ListedFile[]): readonly BookFile[] {
  return files.map(({ path, size }) => ({ path, ...(size !== undefined && { size }) }))
}

/** @returns the files of a teacher; none for an unknown one, for whom the service returns an empty tree */
export async function readMaterials(
  { http, fetchFor, events }: ServiceContext,
  call: Call,
  teacherId: string,
): Promise<readonly ListedFile[]> {
  const params = { path: { teacher_id: teacherId } }
  const result = await http.GET(LIBRARY_ENDPOINTS.materials.route, { params, ...fetchFor(call) })
  return filesOf(unwrap(result, call), events, call)
}
