import type { Client } from 'openapi-fetch'
import type { paths } from '../../generated/dream-central-storage.js'
import type { LogIn } from '../auth/login-token-source.js'
import { isTokenText } from '../auth/token-source.js'
import type { Calls } from '../call/calls.js'
import { ENDPOINTS } from './endpoints.js'
import type { FetchFor } from './service-context.js'
import { unexpected, unwrap } from './unwrap.js'

/** What a login needs. `http` has no middleware, which would see the password. */
interface LoginContext {
  readonly credentials: { readonly email: string; readonly password: string }
  readonly http: Client<paths>
  readonly fetchFor: FetchFor
  readonly calls: Calls
}

const REFUSED = { detail: 'the login was refused' }

/**
 * A login is a call of its own, with its own request id, because several calls can wait for it.
 * @returns a function that sends `POST /auth/login`
 */
export function createLogIn({ credentials, http, fetchFor, calls }: LoginContext): LogIn {
  const endpoint = ENDPOINTS.login
  return (init) =>
    calls.run({ endpoint, kind: 'login', ...init }, async (call) => {
      const { data, response } = await http.POST(endpoint.route, { body: credentials, ...fetchFor(call) })
      // Not the body of the response: it can repeat the request, password included.
      const error = response.status === 401 ? REFUSED : undefined
      const payload = unwrap({ data, error, response }, call)
      if (!isTokenText(payload?.access_token)) throw unexpected(call, 'no access_token')
      call.secrets.add(payload.access_token)
      return payload.access_token
    })
}
