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
 * @returns the body of an operation that takes a form: an object becomes one, unless the content type says otherwise
 * @throws {@link DreamStorageInputError} for what a form cannot represent
 */
export function serializeForm(body: unknown, headers?: Headers): string | FormData {
  const isForm = /^multipart\//i.test(headers?.get('content-type') ?? 'multipart/form-data')
  if (!isForm || typeof body !== 'object' || body === null || body instanceof FormData) {
    return serializeBody(body, headers)
  }
  return asInput('the body', () => {
    const form = new FormData()
    for (const [name, value] of Object.entries(body)) {
      for (const each of Array.isArray(value) ? value : [value]) append(form, name, each)
    }
    return form
  })
}

/** Files as they are, values as text, other objects as JSON; what is undefined or null is left out. */
function append(form: FormData, name: string, value: unknown): void {
  if (value === undefined || value === null) return
  // Without a file name, a File keeps its own.
  if (value instanceof Blob) form.append(name, value)
  else if (typeof value === 'object') form.append(name, JSON.stringify(value))
  else form.append(name, String(value))
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
