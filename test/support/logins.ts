import type { FakeService } from './fake-service.js'
import { json } from './fake-service.js'

/** The route of a login, as `count` takes it. */
export const LOGIN = 'POST /auth/login'

/** Answers a login with this token. */
export function tokenOf(text: string): () => Response {
  return () => json({ access_token: text, token_type: 'bearer' })
}

/** The tokens of all requests but the logins, in order. */
export function bearers({ seen }: FakeService): Array<string | undefined> {
  const others = seen.filter(({ path }) => path !== '/auth/login')
  return others.map(({ authorization }) => authorization?.replace(/^Bearer /, ''))
}
