import type { HttpHandler } from 'msw'
import type { ApiKeyCreate } from '../../../generated/dream-central-storage.js'
import type { Backend } from '../backend.js'
import { contractHttp } from '../contract-http.js'
import { refuse } from '../replies.js'
import { NAME, readBody, readId } from '../validation.js'

/** API keys: list, create, revoke. */
export function apiKeyRoutes({ db, tokens }: Backend): HttpHandler[] {
  const http = contractHttp()
  return [
    http.get('/api-keys/', ({ response }) =>
      response(200).json(db.apiKeys.all().map(({ id, name, created_at }) => ({ id, name, created_at }))),
    ),
    http.post('/api-keys/', async ({ request, response }) => {
      const { name } = await readBody<ApiKeyCreate>(request, { name: NAME })
      return response(201).json(tokens.createApiKey(name))
    }),
    http.delete('/api-keys/{key_id}', ({ params, response }) => {
      const id = readId(params.key_id, ['path', 'key_id'])
      if (!db.apiKeys.find({ id })) throw refuse(404, 'API key not found')
      db.apiKeys.remove({ id })
      return response(204).empty()
    }),
  ]
}
