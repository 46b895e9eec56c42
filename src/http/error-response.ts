import {
  DreamStorageAuthError,
  type DreamStorageError,
  DreamStorageForbiddenError,
  DreamStorageNotFoundError,
  DreamStorageRateLimitError,
  DreamStorageRequestError,
  DreamStorageServerError,
  type ErrorFacts,
} from '../errors.js'
import { parseRetryAfter } from './retry-after.js'

const BY_STATUS = {
  401: DreamStorageAuthError,
  403: DreamStorageForbiddenError,
  404: DreamStorageNotFoundError,
} as const

const MAX_DETAIL_LENGTH = 300

/** The error of an answer of 400 or more; `body` is its parsed JSON or its text, and may be withheld. */
export function errorFromResponse(response: Response, body: unknown, call: ErrorFacts): DreamStorageError {
  const { status } = response
  const detail = withoutInput(detailOf(body))
  const facts = { ...call, status }
  const message = [status, describe(detail)].filter(Boolean).join(' ')
  if (status === 429) {
    const retryAfterMs = parseRetryAfter(response.headers.get('retry-after'))
    return new DreamStorageRateLimitError(message, { ...facts, retryAfterMs })
  }
  if (status >= 500) return new DreamStorageServerError(message, facts)
  const Known = BY_STATUS[status as keyof typeof BY_STATUS]
  return Known ? new Known(message, facts) : new DreamStorageRequestError(message, { ...facts, detail })
}

function detailOf(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'detail' in body ? body.detail : undefined
}

/** A validation error echoes what was sent in `input` and `ctx`, secrets included: only the rest is kept. */
function withoutInput(detail: unknown): unknown {
  if (!Array.isArray(detail)) return detail
  return detail.map((issue: unknown) => {
    const { type, loc, msg }: Record<string, unknown> = Object(issue)
    return { type, loc, msg }
  })
}

function describe(detail: unknown): string {
  return textOf(detail).slice(0, MAX_DETAIL_LENGTH)
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
