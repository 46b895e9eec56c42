import type { Client } from 'openapi-fetch'
import type { paths } from '../generated/dream-central-storage.js'
import type { Through } from './api.js'
import { type Calls, explain } from './http/calls.js'
import type { LogIn } from './http/login-token-source.js'
import { isTokenText } from './http/token-source.js'
import { errorFields, type Logger } from './logger.js'
import { ROUTES } from './service.js'
import { unexpected, unwrap } from './unwrap.js'

/** What a login needs. */
interface LogInParts {
  readonly credentials: { email: string; password: string }
  readonly http: Client<paths>
  readonly calls: Calls
  readonly through: Through
  readonly logger: Logger
}

const REFUSED = { detail: 'the login was refused' }

/** `POST /auth/login` as a call of its own, with a request id of its own, since many may wait for it. */
export function createLogIn({ credentials, http, calls, through, logger }: LogInParts): LogIn {
  return async ({ background }) => {
    const route = ROUTES.login
    const call = calls.open({ method: 'POST', route, repeatable: true, background })
    const facts = { requestId: call.requestId, background }
    try {
      const { data, response } = await http.POST(route, { body: credentials, ...through(call) })
      // In the place of the answer's own words: they can repeat the request, password included.
      const error = response.status === 401 ? REFUSED : undefined
      const payload = unwrap({ data, error, response }, call)
      if (!isTokenText(payload?.access_token)) throw unexpected(call, 'no access_token')
      logger.info({ ...facts, durationMs: Math.round(call.elapsedMs()) }, 'logged in')
      return payload.access_token
    } catch (thrown) {
      const error = explain(thrown, call)
      logger.error({ ...facts, ...errorFields(error) }, 'login failed')
      throw error
    } finally {
      call.end()
    }
  }
}
