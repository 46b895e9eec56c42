import { createQuerySerializer, defaultBodySerializer } from 'openapi-fetch'
import { DreamStorageInputError } from '../errors.js'

const serializeParams = createQuerySerializer()

/** openapi-fetch's serialisation of a query. Throws `…InputError` for values that are nested too deep. */
export function serializeQuery(query: Record<string, unknown>): string {
  return asInput('the query', () => serializeParams(query))
}

// Its types leave out the headers, by which it tells forms from JSON.
const serialize: (body: unknown, headers?: Headers) => string | FormData = defaultBodySerializer

/** openapi-fetch's serialisation of a body. Throws `…InputError` for what JSON cannot hold. */
export function serializeBody(body: unknown, headers?: Headers): string | FormData {
  return asInput('the body', () => serialize(body, headers))
}

/** Runs a step of making a request; what it throws becomes `…InputError`, with it as the cause. */
export function asInput<T>(what: string, make: () => T): T {
  try {
    return make()
  } catch (cause) {
    throw new DreamStorageInputError(`no request can be made of ${what}`, { cause })
  }
}
