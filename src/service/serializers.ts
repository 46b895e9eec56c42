import { createQuerySerializer, defaultBodySerializer } from 'openapi-fetch'
import { DreamStorageInputError } from '../errors.js'

const serializeParams = createQuerySerializer()

/** @returns the query string of openapi-fetch @throws {@link DreamStorageInputError} for values that are nested too deep */
export function serializeQuery(query: Record<string, unknown>): string {
  return asInput('the query', () => serializeParams(query))
}

// Its types lack the headers, by which it tells forms from JSON.
const serialize: (body: unknown, headers?: Headers) => string | FormData = defaultBodySerializer

/** @returns the body as openapi-fetch sends it @throws {@link DreamStorageInputError} for what JSON cannot represent */
export function serializeBody(body: unknown, headers?: Headers): string | FormData {
  return asInput('the body', () => serialize(body, headers))
}

/**
 * Runs a step that creates a part of a request; `what` names the part.
 * @throws {@link DreamStorageInputError}, with the error of the step as its cause
 */
export function asInput<T>(what: string, make: () => T): T {
  try {
    return make()
  } catch (cause) {
    throw new DreamStorageInputError(`the request cannot be created from ${what}`, { cause })
  }
}
