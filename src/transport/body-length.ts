import { DreamStorageNetworkError, type ErrorContext } from '../errors.js'
import type { WireResponse } from './transport.js'

/** The bytes that an answer announces for its body; undefined when it does not, or when fetch has decoded them. */
export function announcedLength(response: WireResponse): number | undefined {
  const announced = response.header('content-length')
  if (announced === undefined || !/^\d+$/.test(announced)) return undefined
  return response.isDecoded && response.header('content-encoding') !== undefined
    ? undefined
    : Number(announced)
}

/** Throws `…NetworkError` for a body of another length than its answer announced. */
export function checkLength(response: WireResponse, received: number, context: ErrorContext): void {
  const announced = announcedLength(response)
  if (announced === undefined || announced === received) return
  throw new DreamStorageNetworkError(`the body ended after ${received} of ${announced} bytes`, context)
}
