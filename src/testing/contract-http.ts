import { createOpenApiHttp, type OpenApiHttpHandlers } from 'openapi-msw'
import type { paths } from '../../generated/dream-central-storage.js'

/** msw's `http`, typed by the contract; its handlers match at every origin, the front looks at that. */
export function contractHttp(): OpenApiHttpHandlers<paths> {
  return createOpenApiHttp<paths>({ baseUrl: '*' })
}
