import type { Backend } from './backend.js'
import { patternContent } from './bucket.js'
import { discardBook } from './catalogue.js'
import { addBook, addUser } from './controls.js'
import { fixtures } from './fixtures.js'

/** Adds the first user and, unless `empty` is set, the fixtures and the applications. */
export function seed(backend: Backend, empty: boolean): void {
  addUser(backend, { email: 'admin@admin.com', password: 'admin' })
  if (empty) return
  for (const book of fixtures()) addBook(backend, book)
  for (const book of backend.db.books.all()) {
    if (book.status === 'archived') discardBook(backend, book)
    // 2026 has books without a publisher.
    if (book.status === 'draft' && backend.dialect === '2026') {
      backend.db.books.update({ id: book.id }, { publisher: null })
    }
  }
  backend.apps.put('windows/2.4.0/DreamReader Setup.exe', patternContent(180_224))
  backend.apps.put('macos/2.4.0/DreamReader.dmg', patternContent(204_800))
  backend.apps.put('macos/2.5.0/DreamReader.dmg', patternContent(206_848))
}
