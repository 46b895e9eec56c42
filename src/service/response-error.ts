import type { CallContext } from '../call/call.js'
import type { DreamStorageError } from '../errors.js'
import { errorFromStatus } from '../resilience/status-error.js'

/**
 * @param body the parsed JSON of the response, or its text
 * @returns the error for a response of 400 or more, without values that the service repeats from the request
 */
export function errorFromResponse(response: Response, body: unknown, call: CallContext): DreamStorageError {
  const { secrets } = call
  const detail = withoutInput(detailOf(body))
  const text = isMissingRoute(response, detail)
    ? 'this version of the service does not have this operation'
    : secrets.quote(textOf(detail))
  return errorFromStatus(response, call, { detail: secrets.quoteAll(detail), text })
}

/** @returns `detail` of an error of the service; undefined for another body */
export function detailOf(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'detail' in body ? body.detail : undefined
}

/** @returns whether a response says that the service has no such route: its own 404s of things are worded otherwise */
export function isMissingRoute({ status }: Response, detail: unknown): boolean {
  return status === 404 && detail === 'Not Found'
}

/** A 422 repeats in `input` and `ctx` what was sent, secrets included. Only the rest is kept. */
function withoutInput(detail: unknown): unknown {
  if (!Array.isArray(detail)) return detail
  return detail.map((issue: unknown) => {
    const { type, loc, msg }: Record<string, unknown> = Object(issue)
    return { type, loc, msg }
  })
}

function textOf(detail: unknown): string {
  if (typeof detail === 'string') return detail
  if (Array.isArray(detail)) return detail.map(textOfIssue).filter(Boolean).join('; ')
  const { message }: Record<string, unknown> = Object(detail)
  return typeof message === 'string' ? message : ''
}

function textOfIssue({ loc, msg }: Record<string, unknown>): string {
  if (typeof msg !== 'string') return ''
  return Array.isArray(loc) ? `${loc.filter(isName).join('.')}: ${msg}` : msg
}

function isName(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number'
}
