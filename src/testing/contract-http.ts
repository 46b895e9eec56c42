import { createOpenApiHttp, type OpenApiHttpHandlers } from 'openapi-msw'
import type { paths } from '../../generated/dream-central-storage.js'

/** msw's `http`, typed by the contract. Its handlers match every origin: the gateway checks the origin. */
export function contractHttp(): OpenApiHttpHandlers<paths> {
  return createOpenApiHttp<paths>({ baseUrl: '*' })
}
