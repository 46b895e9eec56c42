import type { HttpHandler } from 'msw'
import type { LoginRequest } from '../../../generated/dream-central-storage.js'
import type { Backend } from '../backend.js'
import { contractHttp } from '../contract-http.js'
import { bearerOf } from '../permission.js'
import { refuse } from '../replies.js'
import { readBody, TEXT } from '../validation.js'

const SERVICE = 'dream-central-storage'
const VERSIONS = { '2025': '0.1.0', '2026': '0.2.0' }

/** `/`, `/health` and `/auth/*`. */
export function serviceRoutes({ dialect, db, tokens }: Backend): HttpHandler[] {
  const http = contractHttp()
  const version = VERSIONS[dialect]
  return [
    http.get('/', ({ response }) => response(200).json({ status: 'ok', service: SERVICE, version })),
    http.get('/health', ({ response }) => response(200).json({ status: 'ok', service: SERVICE, version })),
    http.post('/auth/login', async ({ request, response }) => {
      const { email, password } = await readBody<LoginRequest>(request, { email: TEXT, password: TEXT })
      const user = db.users.find({ email: email.trim().toLowerCase(), password })
      if (!user) throw refuse(401, 'Invalid credentials')
      return response(200).json({ access_token: tokens.issue(user), token_type: 'bearer' })
    }),
    http.get('/auth/session', ({ request, response }) => {
      const user = tokens.userOf(bearerOf(request))
      if (!user) throw refuse(401, 'Invalid token')
      return response(200).json({ user_id: user.id, email: user.email, token_type: 'bearer' })
    }),
  ]
}
