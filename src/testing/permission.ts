import type { Backend } from './backend.js'
import { refuse } from './replies.js'

const OPEN_PATHS = new Set(['/', '/health', '/auth/login', '/presigned'])

/** The credentials of the scheme `Bearer` (in upper or lower case); '' without any. */
export function bearerOf(request: Request): string {
  return /^bearer +(.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1]?.trim() ?? ''
}

/**
 * The 403 or 401 for a request that is not allowed, else undefined. API keys are valid for `/books*` only.
 */
export function refusalOf({ tokens }: Backend, request: Request, path: string): Response | undefined {
  if (OPEN_PATHS.has(path)) return undefined
  const bearer = bearerOf(request)
  if (bearer === '') return refuse(403, 'Not authenticated')
  if (tokens.userOf(bearer) || (path.startsWith('/books') && tokens.isApiKey(bearer))) return undefined
  return refuse(401, 'Invalid token')
}
