import { HttpResponse } from 'msw'
import type { ErrorResponse } from '../../generated/dream-central-storage.js'

// msw sends a Response that is thrown, so any function can end a request.

/** Creates an error response of the service, to throw or to return. */
export function refuse(
  status: number,
  detail: ErrorResponse['detail'],
  headers?: Record<string, string>,
): Response {
  return HttpResponse.json({ detail }, { status, ...(headers && { headers }) })
}

/** Creates the response of the service to an unexpected error. */
export function crash(): Response {
  return new HttpResponse('Internal Server Error', {
    status: 500,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  })
}

const REASONS: Readonly<Record<number, string>> = {
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
}

/** Creates the error page of nginx for a status. */
export function nginxPage(status: number): Response {
  const title = [status, REASONS[status]].join(' ').trim()
  const page = [
    `<html>\n<head><title>${title}</title></head>\n<body>`,
    `<center><h1>${title}</h1></center>\n<hr><center>nginx/1.27.5</center>\n</body>\n</html>\n`,
  ]
  return new HttpResponse(page.join('\n').replaceAll('\n', '\r\n'), {
    status,
    headers: { 'content-type': 'text/html' },
  })
}
