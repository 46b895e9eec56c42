import { asJson, type Json, resolve } from '../contract/document.js'
import type { Finding } from './findings.js'
import { type Field, type Shape, shapeOf } from './shape.js'

/** The contract and the document that is compared with it. */
export interface Documents {
  readonly contract: Json
  readonly other: Json
}

/** Where two schemas stand. */
export interface Place {
  /** A parameter is a text, which cannot be null. */
  readonly side: 'parameter' | 'request' | 'answer'
  readonly operation: string
  /** What is compared, such as `Book.version`. */
  readonly subject: string
  readonly reason?: string | undefined
  /** The schemas that this one is in: a schema can hold itself. */
  readonly within?: readonly string[]
}

/** @returns how the schema of the other document differs from that of the contract */
export function compareSchemas(documents: Documents, base: Json, other: Json, place: Place): Finding[] {
  const $ref = base['$ref']
  if (typeof $ref === 'string' && place.within?.includes($ref)) return []
  const inside = enter(documents, base, place)
  const expected = shapeOf(documents.contract, base)
  const actual = shapeOf(documents.other, other)
  // A schema without a type is one that the service does not declare.
  if (expected.types.size === 0 || actual.types.size === 0) return []
  const types = compareTypes(expected, actual, inside)
  if (types.some(({ kind }) => kind === 'other type')) return types
  return [
    ...types,
    ...compareNull(expected, actual, inside),
    ...compareValues(expected, actual, inside),
    ...compareFields(documents, expected, actual, inside),
    ...(expected.items && actual.items
      ? compareSchemas(documents, expected.items, actual.items, { ...inside, subject: `${inside.subject}[]` })
      : []),
  ]
}

/** Fields are named by the schema that has them, so that one difference is the same in all operations. */
function enter({ contract }: Documents, base: Json, place: Place): Place {
  const { $ref } = base
  const reason = resolve(contract, base)['x-declared-otherwise'] ?? place.reason
  const named = typeof $ref === 'string' ? { within: [...(place.within ?? []), $ref] } : {}
  const name = typeof $ref === 'string' ? $ref.slice($ref.lastIndexOf('/') + 1) : ''
  const isObject = 'properties' in resolve(contract, base)
  return {
    ...place,
    ...named,
    ...(isObject && name !== '' && { subject: name }),
    reason: typeof reason === 'string' ? reason : undefined,
  }
}

function compareTypes(expected: Shape, actual: Shape, place: Place): Finding[] {
  const [from, to] = place.side === 'answer' ? [actual, expected] : [expected, actual]
  const change = `${list(expected.types)} → ${list(actual.types)}`
  // An integer is a number, too.
  const fits = (type: string): boolean => to.types.has(type) || (type === 'integer' && to.types.has('number'))
  if (![...from.types].every(fits)) return [{ kind: 'other type', change, ...found(place) }]
  return from.types.size === to.types.size ? [] : [{ kind: 'relaxed', change, ...found(place) }]
}

function compareNull(expected: Shape, actual: Shape, place: Place): Finding[] {
  if (place.side === 'parameter' || expected.isNullable === actual.isNullable) return []
  const isStricter = place.side === 'answer' ? actual.isNullable : expected.isNullable
  if (!isStricter) {
    const change = actual.isNullable ? 'null is accepted' : 'is never null'
    return [{ kind: 'relaxed', change, ...found(place) }]
  }
  return place.side === 'answer'
    ? [{ kind: 'can be null', ...found(place) }]
    : [{ kind: 'other type', change: 'null is refused', ...found(place) }]
}

function compareValues(expected: Shape, actual: Shape, place: Place): Finding[] {
  if (!expected.values && !actual.values) return []
  const isRequest = place.side !== 'answer'
  if (!actual.values) return [{ kind: 'relaxed', change: 'any value', ...found(place) }]
  if (!expected.values) {
    const kind = isRequest ? 'value gone' : 'relaxed'
    return [{ kind, change: `only ${list(actual.values)}`, ...found(place) }]
  }
  const gone = [...expected.values].filter((value) => !actual.values?.has(value))
  const fresh = [...actual.values].filter((value) => !expected.values?.has(value))
  return [
    // What no answer holds any more breaks no one.
    ...gone.map(
      (change): Finding => ({
        kind: isRequest ? 'value gone' : 'relaxed',
        change: `no ${change}`,
        ...found(place),
      }),
    ),
    ...fresh.map((change): Finding => ({ kind: 'value new', change, ...found(place) })),
  ]
}

function compareFields(documents: Documents, expected: Shape, actual: Shape, place: Place): Finding[] {
  const { fields } = actual
  if (!expected.fields || !fields) return []
  const known = [...expected.fields].flatMap(([name, field]) => {
    const at = { ...place, subject: `${place.subject}.${name}` }
    const other = fields.get(name)
    const reason = resolve(documents.contract, field.schema)['x-declared-otherwise'] ?? place.reason
    const inside = { ...at, reason: typeof reason === 'string' ? reason : undefined }
    if (!other) return [{ kind: 'field gone', ...found(inside) } satisfies Finding]
    return [
      ...comparePresence(field, other, inside),
      ...compareSchemas(documents, field.schema, other.schema, inside),
    ]
  })
  const fresh = [...fields].filter(([name]) => !expected.fields?.has(name))
  return [...known, ...fresh.map(([name, field]) => freshField(name, field, place))]
}

function freshField(name: string, { isRequired }: Field, place: Place): Finding {
  const isNeeded = place.side === 'request' && isRequired
  return {
    kind: isNeeded ? 'required' : 'field new',
    ...found({ ...place, subject: `${place.subject}.${name}` }),
  }
}

function comparePresence(expected: Field, actual: Field, place: Place): Finding[] {
  // In an answer the service calls each field with a default optional, and sends it all the same.
  if (place.side === 'answer' || expected.isRequired === actual.isRequired) return []
  return actual.isRequired
    ? [{ kind: 'required', ...found(place) }]
    : [{ kind: 'relaxed', change: 'is optional', ...found(place) }]
}

function found({ subject, operation, reason }: Place): Pick<Finding, 'subject' | 'operation' | 'reason'> {
  return { subject, operation, reason }
}

function list(names: ReadonlySet<string>): string {
  return [...names].sort().join(' | ')
}

/** @returns the schema of a parameter or of a kind of content */
export function schemaIn(holder: unknown): Json {
  return asJson(asJson(holder)['schema'])
}
