import type { HttpHandler } from 'msw'
import type { Backend } from '../backend.js'
import { contractHttp } from '../contract-http.js'
import { refuse } from '../replies.js'
import { apiKeyRoutes } from './api-keys.js'
import { appRoutes } from './apps.js'
import { bookRoutes, bookRoutesSince2026 } from './books.js'
import { objectRoutes, objectRoutesSince2026 } from './objects.js'
import { serviceRoutes } from './service.js'
import { storageRoutes } from './storage.js'
import { trashRoutes } from './trash.js'
import { uploadRoutes } from './uploads.js'

/** Every route of the dialect. When two match a path, the first is used. */
export function routesOf(backend: Backend): HttpHandler[] {
  const since2026 = [
    ...bookRoutesSince2026(backend),
    ...objectRoutesSince2026(backend),
    ...unobservedRoutes(),
  ]
  return [
    ...serviceRoutes(backend),
    ...uploadRoutes(backend),
    ...(backend.dialect === '2026' ? since2026 : []),
    ...bookRoutes(backend),
    ...storageRoutes(backend),
    ...objectRoutes(backend),
    ...appRoutes(backend),
    ...trashRoutes(backend),
    ...apiKeyRoutes(backend),
  ]
}

// The responses of these routes are unknown, so the mock does not imitate them.
function unobservedRoutes(): HttpHandler[] {
  const http = contractHttp()
  const refusal = (): never => {
    throw refuse(501, 'Not implemented by the mock service')
  }
  return [
    http.get('/publishers/', refusal),
    http.get('/publishers/{publisher_id}', refusal),
    http.get('/teachers/', refusal),
    http.get('/webhooks/', refusal),
  ]
}
