import type { Call } from '../call/call.js'
import { DreamStorageResponseError } from '../errors.js'
import { errorFromResponse } from './response-error.js'

/** A result of openapi-fetch. */
export interface Result<T> {
  readonly data?: T | undefined
  readonly error?: unknown
  readonly response: Response
}

/**
 * @returns the payload of a successful response
 * @throws {@link DreamStorageError} for a response of 400 or more, and for an empty body
 */
export function unwrap<T>(result: Result<T>, call: Call): T {
  checkOk(result, call)
  if (result.data === undefined) throw unexpected(call, 'an empty body')
  return result.data
}

/** @throws {@link DreamStorageError} unless the response is a success */
export function checkOk({ response, error }: Result<unknown>, call: Call): void {
  if (!response.ok) throw errorFromResponse(response, error, call.context)
}

/** @returns the error for a success whose body is not as in the contract; `what` it has instead */
export function unexpected(call: Call, what: string): DreamStorageResponseError {
  return new DreamStorageResponseError(`the response is not as in the contract: ${what}`, {
    ...call.context,
    status: 200,
  })
}
