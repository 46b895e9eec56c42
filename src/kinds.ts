import type { Kind } from './runner.js'
import { ROUTES } from './service.js'

/** The calls of the methods of the client. */
export const KINDS = {
  login: { method: 'POST', route: ROUTES.login },
  books: { method: 'GET', route: ROUTES.books },
  book: { method: 'GET', route: ROUTES.book },
  config: { method: 'GET', route: ROUTES.config },
  contents: { method: 'GET', route: ROUTES.contents },
  object: { method: 'GET', route: ROUTES.object },
  download: { method: 'GET', route: ROUTES.object, download: true },
} as const satisfies Record<string, Kind>
