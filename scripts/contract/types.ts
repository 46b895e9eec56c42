import openapiTS, { astToString, type OpenAPI3, type OpenAPITSOptions } from 'openapi-typescript'
import ts from 'typescript'
import { asJson, type Json, operationsOf, resolve } from './document.js'
import { nameSchemas } from './interfaces.js'

const OPTIONS = {
  silent: true,
  // What is received is not to be changed.
  immutable: true,
  // A default on a request field means that it may be left out.
  defaultNonNullable: false,
  transform: (schema) => (isBinary(schema) ? ts.factory.createTypeReferenceNode('Blob') : undefined),
} satisfies OpenAPITSOptions

/** Whether a schema is that of raw bytes, for which the package has the type of a text. */
export function isBinary(schema: object): boolean {
  const { format, contentMediaType }: Record<string, unknown> = { ...schema }
  return format === 'binary' || contentMediaType === 'application/octet-stream'
}

/**
 * Generates the types of a contract. Each of its schemas is exported by its name: objects as interfaces, which an editor
 * shows by their name, with fields that are `readonly` unless the schema is that of requests only.
 * @returns the declarations
 */
export async function typesOf(contract: Json): Promise<string> {
  const nodes = await openapiTS(forComments(contract) as OpenAPI3, OPTIONS)
  return tidyComments(astToString(nameSchemas(nodes, requestSchemas(contract))))
}

function tidyComments(types: string): string {
  return types
    .replace(/(^ *\/\*\*| \*) @description /gm, '$1 ')
    .replace(/^ *\* (Format: |@enum ).*\n/gm, '')
    .replace(/ \(enum property replaced by openapi-typescript\)$/gm, '')
    .replace(/^( *\*) {5}(?=\S)/gm, '$1 ')
}

/** Leaves out examples, which would be a page of comment for each type, and adds the faults to the descriptions. */
function forComments(value: unknown, isNames = false): unknown {
  if (Array.isArray(value)) return value.map((each) => forComments(each))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([key]) => isNames || !/^examples?$/.test(key))
  // The keys of these are names of the contract's.
  const holdsNames = (key: string): boolean => !isNames && /^(properties|schemas)$/.test(key)
  const copy = Object.fromEntries(entries.map(([key, each]) => [key, forComments(each, holdsNames(key))]))
  const fault = copy['x-service-fault']
  if (fault === undefined || isNames) return copy
  const texts = [copy['description'], `A fault of the service: ${fault}`].filter((text) => text !== undefined)
  return { ...copy, description: texts.join('\n\n') }
}

/** The schemas that no response and no event holds. */
function requestSchemas(contract: Json): ReadonlySet<string> {
  const received = new Set<string>()
  for (const { operation } of operationsOf(contract)) collect(contract, operation['responses'], received)
  collect(contract, contract['webhooks'], received)
  const all = Object.keys(asJson(asJson(contract['components'])['schemas']))
  return new Set(all.filter((name) => !received.has(name)))
}

function collect(contract: Json, value: unknown, names: Set<string>): void {
  if (typeof value !== 'object' || value === null) return
  const { $ref, ...rest } = value as Json
  if (typeof $ref === 'string' && !names.has($ref)) {
    names.add($ref)
    const [, schema] = /^#\/components\/schemas\/(.*)$/.exec($ref) ?? []
    if (schema !== undefined) names.add(schema)
    collect(contract, resolve(contract, { $ref }), names)
  }
  for (const each of Object.values(rest)) collect(contract, each, names)
}
