import {
  DreamStorageAuthError,
  type DreamStorageError,
  DreamStorageForbiddenError,
  DreamStorageNotFoundError,
  DreamStorageRateLimitError,
  DreamStorageRequestError,
  DreamStorageServerError,
  type ErrorContext,
} from '../errors.js'
import { retryAfterMsOf } from './retry-after.js'

const BY_STATUS = {
  401: DreamStorageAuthError,
  403: DreamStorageForbiddenError,
  404: DreamStorageNotFoundError,
} as const

/** The `detail` of a response of 400 or more, and the same as text. */
export interface ErrorDetail {
  readonly detail?: unknown
  readonly text?: string
}

/** @returns the error for a response of 400 or more */
export function errorFromStatus(
  response: Response,
  call: ErrorContext,
  { detail, text }: ErrorDetail = {},
): DreamStorageError {
  const { status } = response
  const context = { ...call, status }
  const message = text ? `${status} ${text}` : String(status)
  if (status === 429) {
    const retryAfterMs = retryAfterMsOf(response.headers)
    return new DreamStorageRateLimitError(message, { ...context, retryAfterMs })
  }
  if (status >= 500) return new DreamStorageServerError(message, context)
  const Known = BY_STATUS[status as keyof typeof BY_STATUS]
  return Known ? new Known(message, context) : new DreamStorageRequestError(message, { ...context, detail })
}
