import type { Call } from '../call/call.js'
import { DreamStorageResponseError } from '../errors.js'
import { errorFromResponse } from './response-error.js'

/** What openapi-fetch answers with. */
export interface Result<T> {
  readonly data?: T | undefined
  readonly error?: unknown
  readonly response: Response
}

/** The payload of a successful answer. Throws the error of the family for any other. */
export function unwrap<T>(result: Result<T>, call: Call): T {
  checkOk(result, call)
  if (result.data === undefined) throw unexpected(call, 'an empty body')
  return result.data
}

/** Throws the error of the family unless the answer is a success. */
export function checkOk({ response, error }: Result<unknown>, call: Call): void {
  if (!response.ok) throw errorFromResponse(response, error, call.context)
}

/** The error for a success whose body is not what the contract says. */
export function unexpected(call: Call, what: string): DreamStorageResponseError {
  return new DreamStorageResponseError(`the answer is not what the contract says: ${what}`, {
    ...call.context,
    status: 200,
  })
}
