import { DreamStorageNetworkError, type ErrorContext } from '../errors.js'
import type { WireResponse } from './transport.js'

/** @returns whether a value of `content-length` is one; two values in one are none @see RFC 9110 §8.6 */
export function isLength(value: string): boolean {
  return /^\d+$/.test(value)
}

/** @returns the announced bytes of a body; undefined when there is no length, or one of a body that is decoded already */
export function announcedLength(response: WireResponse): number | undefined {
  const announced = response.header('content-length')
  if (announced === undefined || !isLength(announced)) return undefined
  return response.isDecoded && response.header('content-encoding') !== undefined
    ? undefined
    : Number(announced)
}

/** @throws {@link DreamStorageNetworkError} for a body whose length is not the announced one */
export function checkLength(response: WireResponse, received: number, context: ErrorContext): void {
  const announced = announcedLength(response)
  if (announced === undefined || announced === received) return
  throw new DreamStorageNetworkError(`the body ended after ${received} of ${announced} bytes`, context)
}
