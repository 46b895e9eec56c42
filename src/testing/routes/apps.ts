import type { HttpHandler } from 'msw'
import { conflict, readArchive, store } from '../archive.js'
import type { Backend } from '../backend.js'
import { throwAway } from '../catalogue.js'
import { contractHttp } from '../contract-http.js'
import { refuse } from '../replies.js'
import { buildTree } from '../tree.js'

/** Installers of the applications, by platform and version. */
export function appRoutes(backend: Backend): HttpHandler[] {
  const http = contractHttp()
  return [
    http.get('/storage/apps/{platform}', ({ params, query, response }) => {
      const version = query.get('version')
      const root = version === null ? `${params.platform}/` : `${params.platform}/${version}/`
      return response(200).json(buildTree(root, backend.apps.list(root)))
    }),
    http.post('/apps/{platform}/upload', async ({ params: { platform }, request, response }) => {
      const archive = await readArchive(request)
      const { version } = archive.manifest
      const folder = `${platform}/${version}/`
      if (backend.apps.list(folder).length > 0) throw conflict(version)
      return response(201).json({ platform, version, files: store(archive, backend.apps, folder) })
    }),
    http.delete('/apps/{platform}', ({ params, response }) => {
      const root = `${params.platform}/`
      if (backend.apps.list(root).length === 0) throw refuse(404, 'App not found')
      throwAway(backend, 'apps', root, null)
      return response(204).empty()
    }),
  ]
}
