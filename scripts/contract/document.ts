import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundle, createConfig } from '@redocly/openapi-core'

/** A JSON object of an OpenAPI document. */
export type Json = { readonly [key: string]: unknown }

/** The methods that a path can have. */
const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const

/** An operation of a document, with the parameters of its path. */
export interface Operation {
  /** In upper case. */
  readonly method: string
  readonly route: string
  readonly operation: Json
  readonly parameters: readonly Json[]
}

/**
 * Reads an OpenAPI document and all files that it refers to.
 * @param source a file or a URL
 * @returns one document, whose references lead to its own components
 */
export async function readDocument(source: string): Promise<Json> {
  if (/^https?:/i.test(source)) new URL(source)
  else if (!existsSync(toFile(source))) throw new Error(`ENOENT: no such file '${source}'`)
  const config = await createConfig({})
  const { bundle: result, problems } = await bundle({ ref: toFile(source), config })
  const [problem] = problems.filter(({ severity }) => severity === 'error')
  if (problem) throw new Error(problem.message)
  return asJson(result.parsed)
}

function toFile(source: string): string {
  if (/^https?:/i.test(source)) return source
  return source.startsWith('file:') ? fileURLToPath(source) : path.resolve(source)
}

/** @returns the value if it is an object, else an empty one */
export function asJson(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
}

/** @returns the value if it is an array, else an empty one */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/**
 * Follows a reference within the document.
 * @returns the object itself, or what its `$ref` names, with the keys that stand beside it
 */
export function resolve(document: Json, value: unknown): Json {
  const { $ref, ...beside } = asJson(value)
  if (typeof $ref !== 'string') return asJson(value)
  const keys = $ref.replace(/^#\//, '').split('/')
  const target = keys.reduce<unknown>((at, key) => asJson(at)[unescapeKey(key)], document)
  return { ...resolve(document, target), ...beside }
}

function unescapeKey(key: string): string {
  return decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~')
}

/** @returns the operations of a document in its order */
export function operationsOf(document: Json): Operation[] {
  return Object.entries(asJson(document['paths'])).flatMap(([route, reference]) => {
    const item = resolve(document, reference)
    return METHODS.filter((method) => method in item).map((method) => {
      const operation = asJson(item[method])
      const parameters = [...asList(item['parameters']), ...asList(operation['parameters'])]
      return {
        method: method.toUpperCase(),
        route,
        operation,
        parameters: parameters.map((parameter) => resolve(document, parameter)),
      }
    })
  })
}
