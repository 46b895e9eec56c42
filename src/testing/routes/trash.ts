import type { HttpHandler } from 'msw'
import type {
  TrashEntry,
  TrashPurgeRequest,
  TrashRestoreRequest,
} from '../../../generated/dream-central-storage.js'
import type { Backend } from '../backend.js'
import { changeBook, findBook } from '../catalogue.js'
import { contractHttp } from '../contract-http.js'
import type { TrashRow } from '../database.js'
import { presentBook, transfer } from '../library.js'
import { refuse } from '../replies.js'
import { FLAG, nullable, optional, readBody, TEXT } from '../validation.js'

/** The trash: list, restore, remove permanently. */
export function trashRoutes(backend: Backend): HttpHandler[] {
  const http = contractHttp()
  const entryOf = (key: string): TrashRow => {
    const entry = backend.db.trash.find({ key })
    if (!entry) throw refuse(404, 'Trash entry not found')
    return entry
  }
  return [
    http.get('/storage/trash', ({ response }) =>
      response(200).json(backend.db.trash.all().map(({ key }) => describe(backend, key))),
    ),
    http.delete('/storage/trash', async ({ request, response }) => {
      const rules = { key: TEXT, force: optional(FLAG), override_reason: nullable(TEXT) }
      const { key } = entryOf((await readBody<TrashPurgeRequest>(request, rules)).key)
      const { item_type, object_count } = describe(backend, key)
      backend.trash.remove(key)
      backend.db.trash.remove({ key })
      return response(200).json({ deleted_key: key, objects_removed: object_count, item_type })
    }),
    http.post('/storage/restore', async ({ request, response }) => {
      const { key, book_id, ...entry } = entryOf(
        (await readBody<TrashRestoreRequest>(request, { key: TEXT })).key,
      )
      const { item_type, object_count } = describe(backend, key)
      restore(backend, { key, book_id, ...entry })
      const book = book_id === null ? null : presentBook(backend, findBook(backend, book_id))
      return response(200).json({ restored_key: key, objects_moved: object_count, item_type, book })
    }),
  ]
}

const DAY_MS = 86_400_000

// The mock does not keep when something was deleted: everything is old enough.
function describe(backend: Backend, key: string): TrashEntry {
  const [bucket = '', ...path] = key.replace(/\/$/, '').split('/')
  const files = backend.trash.list(key)
  const time = (daysAgo: number): string =>
    `${new Date(backend.now() - daysAgo * DAY_MS).toISOString().slice(0, 19)}Z`
  return {
    key,
    bucket,
    path: path.join('/'),
    item_type: bucket === 'apps' ? 'app' : 'book',
    object_count: files.length,
    total_size: files.reduce((sum, { content }) => sum + content.size, 0),
    metadata: null,
    youngest_last_modified: time(30),
    eligible_at: time(23),
    eligible_for_deletion: true,
  }
}

function restore(backend: Backend, { key, root, book_id }: TrashRow): void {
  transfer(backend.trash, key.startsWith('books/') ? backend.books : backend.apps, key, root)
  backend.db.trash.remove({ key })
  if (book_id !== null) changeBook(backend, book_id, { status: 'published' })
}
