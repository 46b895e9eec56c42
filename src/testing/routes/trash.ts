import type { HttpHandler } from 'msw'
import type { TrashPurgeRequest, TrashRestoreRequest } from '../../../generated/dream-central-storage.js'
import type { Backend } from '../backend.js'
import { changeBook } from '../catalogue.js'
import { contractHttp } from '../contract-http.js'
import type { TrashRow } from '../database.js'
import { transfer } from '../library.js'
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
      response(200).json(backend.db.trash.all().map(({ key }) => ({ key }))),
    ),
    http.delete('/storage/trash', async ({ request, response }) => {
      const rules = { key: TEXT, force: optional(FLAG), override_reason: nullable(TEXT) }
      const { key } = entryOf((await readBody<TrashPurgeRequest>(request, rules)).key)
      backend.trash.remove(key)
      backend.db.trash.remove({ key })
      return response(200).json({ key })
    }),
    http.post('/storage/restore', async ({ request, response }) => {
      const { key } = await readBody<TrashRestoreRequest>(request, { key: TEXT })
      restore(backend, entryOf(key))
      return response(200).json({ key })
    }),
  ]
}

function restore(backend: Backend, { key, root, book_id }: TrashRow): void {
  transfer(backend.trash, key.startsWith('books/') ? backend.books : backend.apps, key, root)
  backend.db.trash.remove({ key })
  if (book_id !== null) changeBook(backend, book_id, { status: 'published' })
}
