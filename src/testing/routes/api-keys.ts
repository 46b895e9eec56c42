import type { HttpHandler } from 'msw'
import type { ApiKey, ApiKeyCreate } from '../../../generated/dream-central-storage.js'
import type { Backend } from '../backend.js'
import { contractHttp } from '../contract-http.js'
import type { ApiKeyRow } from '../database.js'
import { refuse } from '../replies.js'
import { NAME, readBody, readId } from '../validation.js'

/** API keys: list, create, revoke. */
export function apiKeyRoutes({ db, tokens }: Backend): HttpHandler[] {
  const http = contractHttp()
  return [
    http.get('/api-keys/', ({ response }) =>
      response(200).json({ api_keys: db.apiKeys.all().map(withoutSecret) }),
    ),
    http.post('/api-keys/', async ({ request, response }) => {
      const { name } = await readBody<Pick<ApiKeyCreate, 'name'>>(request, { name: NAME })
      return response(201).json({ ...tokens.createApiKey(name), expires_at: null })
    }),
    http.delete('/api-keys/{key_id}', ({ params, response }) => {
      const id = readId(params.key_id, ['path', 'key_id'])
      if (!db.apiKeys.find({ id })) throw refuse(404, 'API key not found')
      db.apiKeys.update({ id }, { is_active: false })
      return response(200).json({ status: 'revoked', id })
    }),
  ]
}

function withoutSecret({ key, ...row }: ApiKeyRow): ApiKey {
  const unknown = { last_used_at: null, expires_at: null, rate_limit: 100 }
  return { ...row, key_prefix: `${key.slice(0, 16)}...`, ...unknown }
}
