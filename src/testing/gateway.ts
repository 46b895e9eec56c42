import { getResponse, type HttpHandler, http } from 'msw'
import type { Backend } from './backend.js'
import { refusalOf } from './permission.js'
import { crash, nginxPage, refuse } from './replies.js'
import type { RequestLog } from './request-log.js'
import { decodePath, matchRoute } from './route-match.js'

/** What the gateway of one mock service needs. */
export interface GatewaySettings {
  readonly backend: Backend
  readonly routes: readonly HttpHandler[]
  readonly log: RequestLog
  /** The origin and path prefix that it answers, or `*` for every origin. */
  readonly baseUrl: string
  /** The status of the nginx page during an outage; null when there is none. */
  readonly outage: () => number | null
}

/**
 * Creates the only handler of the service. It records the request, does the work of nginx and of the router,
 * and calls the route.
 */
export function createGateway(settings: GatewaySettings): HttpHandler {
  const { baseUrl, log } = settings
  const base = baseUrl === '*' ? undefined : new URL(baseUrl)
  const prefix = base?.pathname.replace(/\/$/, '') ?? ''
  const isOurs = ({ request }: { request: Request }): boolean => {
    const { origin, pathname } = new URL(request.url)
    return (!base || origin === base.origin) && pathname.startsWith(`${prefix}/`)
  }
  return http.all(isOurs, async ({ request }) => {
    const url = new URL(request.url)
    const path = url.pathname.slice(prefix.length)
    const done = log.begin(request, path + url.search)
    const response = await answer(settings, request, path)
    done(response.status)
    return response
  })
}

async function answer(settings: GatewaySettings, request: Request, encodedPath: string): Promise<Response> {
  const { backend, routes, outage } = settings
  const status = outage()
  if (status !== null) return nginxPage(status)
  const path = decodePath(encodedPath)
  if (path === undefined) return refuse(404, 'Not Found')
  const match = matchRoute(routes, request.method, path)
  if (match.kind === 'unknown') return refuse(404, 'Not Found')
  if (match.kind === 'wrong slash') return redirect(request)
  if (match.kind === 'wrong method') return refuse(405, 'Method Not Allowed', { allow: match.allow })
  const refusal = refusalOf(backend, request, path)
  if (refusal) return refusal
  if (backend.storageFault === 'down' && path.startsWith('/storage/')) return crash()
  const response = await getResponse([match.route], request)
  return response ?? refuse(404, 'Not Found')
}

// The service builds the address from the Host header, from which nginx has removed the port.
function redirect(request: Request): Response {
  const url = new URL(request.url)
  url.port = ''
  url.pathname = url.pathname.endsWith('/') ? url.pathname.replace(/\/+$/, '') : `${url.pathname}/`
  return new Response(null, { status: 307, headers: { location: url.href } })
}
