import type { HttpHandler } from 'msw'

/** The result of the router for a method and a decoded path. */
export type RouteMatch =
  | { readonly kind: 'found'; readonly route: HttpHandler }
  | { readonly kind: 'wrong method'; readonly allow: string }
  | { readonly kind: 'wrong slash' }
  | { readonly kind: 'unknown' }

/**
 * Matches as the service does: case and slashes are significant, and `%2F` is a slash. msw ignores all three.
 */
export function matchRoute(routes: readonly HttpHandler[], method: string, path: string): RouteMatch {
  const candidates = routes.filter((route) => patternOf(route).test(path))
  const route = candidates.find(({ info }) => info.method === method)
  if (route) return { kind: 'found', route }
  if (candidates[0]) return { kind: 'wrong method', allow: String(candidates[0].info.method) }
  const toggled = path.endsWith('/') ? path.replace(/\/+$/, '') : `${path}/`
  if (path !== '/' && routes.some((other) => patternOf(other).test(toggled))) {
    return { kind: 'wrong slash' }
  }
  return { kind: 'unknown' }
}

/** The path as the service decodes it; undefined when an escape is not valid UTF-8. */
export function decodePath(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}

// Routes have the form `*/books/:book_id`; the `*` matches any origin.
function patternOf({ info }: HttpHandler): RegExp {
  const template = String(info.path).slice(1)
  return new RegExp(`^${template.replaceAll(/:\w+/g, '[^/]+')}$`)
}
