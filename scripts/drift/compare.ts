import { asJson, asList, type Json, type Operation, operationsOf, resolve } from '../contract/document.js'
import { compareSchemas, type Documents, schemaIn } from './compare-schemas.js'
import type { Finding } from './findings.js'
import { shapeOf } from './shape.js'

/** How a document compares with the contract. */
export interface Comparison {
  readonly findings: readonly Finding[]
  /** How many operations the contract has, and how many of them the document has. */
  readonly operations: { readonly expected: number; readonly present: number }
  /** The operations whose answers the document does not declare. */
  readonly undeclared: readonly string[]
}

/** Compares a document with the contract of one version. */
export function compare(documents: Documents): Comparison {
  const expected = byTemplate(documents.contract)
  const actual = byTemplate(documents.other)
  const present = [...expected].filter(([key]) => actual.has(key))
  const fresh = [...actual].filter(([key]) => !expected.has(key))
  const pairs = present.map(([key, base]) => [base, actual.get(key) ?? base] as const)
  return {
    findings: [
      ...[...expected]
        .filter(([key]) => !actual.has(key))
        .map(([, one]) => operationFinding('operation gone', one)),
      ...pairs.flatMap(([base, other]) => compareOperations(documents, base, other)),
      ...fresh.map(([, one]) => operationFinding('operation new', one)),
    ],
    operations: { expected: expected.size, present: present.length },
    undeclared: pairs
      .filter(([, other]) => isUndeclared(documents.other, other))
      .map(([base]) => nameOf(base)),
  }
}

/** The names of path parameters are no part of the interface. */
function byTemplate(document: Json): ReadonlyMap<string, Operation> {
  return new Map(
    operationsOf(document).map((one) => [`${one.method} ${one.route.replace(/\{[^}]*\}/g, '{}')}`, one]),
  )
}

function nameOf({ method, route }: Operation): string {
  return `${method} ${route}`
}

function operationFinding(kind: 'operation gone' | 'operation new', one: Operation): Finding {
  return { kind, subject: nameOf(one), operation: nameOf(one) }
}

function compareOperations(documents: Documents, base: Operation, other: Operation): Finding[] {
  return [
    ...compareSecurity(documents, base, other),
    ...compareParameters(documents, base, other),
    ...compareBodies(documents, base, other),
    ...compareAnswers(documents, base, other),
  ]
}

function compareSecurity(
  { contract, other: document }: Documents,
  base: Operation,
  other: Operation,
): Finding[] {
  const isPublic = (one: Operation, from: Json): boolean =>
    asList(one.operation['security'] ?? from['security']).length === 0
  const [before, after] = [isPublic(base, contract), isPublic(other, document)]
  if (before === after) return []
  const at = { subject: nameOf(base), operation: nameOf(base) }
  return before ? [{ kind: 'needs a login', ...at }] : [{ kind: 'relaxed', change: 'needs no login', ...at }]
}

function compareParameters(documents: Documents, base: Operation, other: Operation): Finding[] {
  const operation = nameOf(base)
  const expected = parametersOf(base)
  const actual = parametersOf(other)
  const known = [...expected].flatMap(([key, parameter]): Finding[] => {
    const subject = `${parameter['in']} parameter ${parameter['name']}`
    const mark = parameter['x-declared-otherwise']
    const place = { operation, subject, reason: typeof mark === 'string' ? mark : undefined }
    const found = actual.get(key)
    if (!found) return [{ kind: 'parameter gone', ...place }]
    return [
      ...(found['required'] === true && parameter['required'] !== true
        ? [{ kind: 'required' as const, ...place }]
        : []),
      ...compareSchemas(documents, schemaIn(parameter), schemaIn(found), { side: 'parameter', ...place }),
    ]
  })
  const fresh = [...actual].filter(([key]) => !expected.has(key))
  return [
    ...known,
    ...fresh.map(([, parameter]): Finding => {
      const kind = parameter['required'] === true ? 'required' : 'parameter new'
      return { kind, subject: `${parameter['in']} parameter ${parameter['name']}`, operation }
    }),
  ]
}

/** Parameters of the path by their position, all others by their name. */
function parametersOf({ route, parameters }: Operation): ReadonlyMap<string, Json> {
  const inPath = [...route.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name)
  return new Map(
    parameters.map((parameter) => {
      const name = String(parameter['name'])
      return [
        parameter['in'] === 'path'
          ? `path ${inPath.indexOf(name)}`
          : `${parameter['in']} ${name.toLowerCase()}`,
        parameter,
      ]
    }),
  )
}

function compareBodies(documents: Documents, base: Operation, other: Operation): Finding[] {
  const before = resolve(documents.contract, base.operation['requestBody'])
  const after = resolve(documents.other, other.operation['requestBody'])
  const at = { operation: nameOf(base), subject: 'the request body' }
  const [expected, actual] = [contentOf(before), contentOf(after)]
  if (!expected || !actual) {
    if (!expected && actual) return [{ kind: after['required'] === true ? 'required' : 'field new', ...at }]
    return expected ? [{ kind: 'field gone', ...at }] : []
  }
  if (expected.type !== actual.type) {
    return [{ kind: 'other type', change: `${expected.type} → ${actual.type}`, ...at }]
  }
  const isRequired = after['required'] === true && before['required'] !== true
  return [
    ...(isRequired ? [{ kind: 'required' as const, ...at }] : []),
    ...compareSchemas(documents, expected.schema, actual.schema, { side: 'request', ...at }),
  ]
}

function compareAnswers(documents: Documents, base: Operation, other: Operation): Finding[] {
  const before = answerOf(documents.contract, base)
  const after = answerOf(documents.other, other)
  if (!before || !after) return []
  const mark = before.response['x-declared-otherwise']
  const reason = typeof mark === 'string' ? mark : undefined
  const at = { operation: nameOf(base), subject: 'the answer', reason }
  const change = `${before.status} → ${after.status}`
  const statuses: Finding[] = before.status === after.status ? [] : [{ kind: 'other status', change, ...at }]
  const [expected, actual] = [contentOf(before.response), contentOf(after.response)]
  if (!expected || !actual) return statuses
  return [
    ...statuses,
    ...compareSchemas(documents, expected.schema, actual.schema, { side: 'answer', ...at }),
  ]
}

/** The first response of success that is not a part of a file. */
function answerOf(document: Json, { operation }: Operation): { status: string; response: Json } | undefined {
  const responses = Object.entries(asJson(operation['responses']))
  const [answer] = responses.filter(([status]) => /^2\d\d$/.test(status) && status !== '206').sort()
  return answer && { status: answer[0], response: resolve(document, answer[1]) }
}

function contentOf(holder: Json): { type: string; schema: Json } | undefined {
  const content = Object.entries(asJson(holder['content']))
  const [type, media] = content.find(([name]) => name === 'application/json') ?? content[0] ?? []
  return type === undefined ? undefined : { type, schema: schemaIn(media) }
}

function isUndeclared(document: Json, other: Operation): boolean {
  const content = contentOf(answerOf(document, other)?.response ?? {})
  return content !== undefined && shapeOf(document, content.schema).types.size === 0
}
