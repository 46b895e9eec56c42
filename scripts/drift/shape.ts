import { asJson, asList, type Json, resolve } from '../contract/document.js'
import { isBinary } from '../contract/types.js'

/** A field of an object. */
export interface Field {
  readonly schema: Json
  readonly isRequired: boolean
}

/** What a schema says of values, whatever words it uses: names, titles, descriptions and examples are left out. */
export interface Shape {
  /** Without `null`; empty when nothing is declared. */
  readonly types: ReadonlySet<string>
  readonly isNullable: boolean
  /** The values that are allowed, if the schema lists them. */
  readonly values?: ReadonlySet<string> | undefined
  /** The fields of an object; undefined when they are not declared. */
  readonly fields?: ReadonlyMap<string, Field> | undefined
  readonly items?: Json | undefined
}

/** @returns what a schema of the document says */
export function shapeOf(document: Json, reference: unknown): Shape {
  const schema = resolve(document, reference)
  const branches = [...asList(schema['anyOf']), ...asList(schema['oneOf'])]
  if (branches.length > 0) return unite(branches.map((branch) => shapeOf(document, branch)))
  const parts = asList(schema['allOf'])
  if (parts.length > 0) return intersect(parts.map((part) => shapeOf(document, part)))
  const types = [schema['type'] ?? []].flat().map(String)
  return {
    types: new Set(isBinary(schema) ? ['binary'] : types.filter((type) => type !== 'null')),
    isNullable: types.includes('null') || schema['nullable'] === true,
    values: valuesOf(schema),
    fields: fieldsOf(schema),
    items: 'items' in schema ? asJson(schema['items']) : undefined,
  }
}

function valuesOf(schema: Json): ReadonlySet<string> | undefined {
  const list = 'const' in schema ? [schema['const']] : schema['enum']
  return Array.isArray(list) ? new Set(list.filter((value) => value !== null).map(String)) : undefined
}

function fieldsOf(schema: Json): ReadonlyMap<string, Field> | undefined {
  if (!('properties' in schema)) return undefined
  const required = new Set(asList(schema['required']))
  return new Map(
    Object.entries(asJson(schema['properties'])).map(([name, reference]) => [
      name,
      { schema: asJson(reference), isRequired: required.has(name) },
    ]),
  )
}

/** One of several. */
function unite(shapes: readonly Shape[]): Shape {
  const present = shapes.filter(({ types, isNullable }) => types.size > 0 || !isNullable)
  const listed = present.flatMap(({ values }) => (values ? [...values] : []))
  return {
    types: new Set(present.flatMap(({ types }) => [...types])),
    isNullable: shapes.some(({ isNullable }) => isNullable),
    values: present.every(({ values }) => values) ? new Set(listed) : undefined,
    // Fields of one of several objects are promised by none.
    fields: only(present.filter(({ types }) => types.has('object')))?.fields,
    items: only(present.filter(({ types }) => types.has('array')))?.items,
  }
}

/** All of them. */
function intersect(shapes: readonly Shape[]): Shape {
  const fields = shapes.flatMap((shape) => [...(shape.fields ?? [])])
  return {
    types: new Set(shapes.flatMap(({ types }) => [...types])),
    isNullable: shapes.some(({ isNullable }) => isNullable),
    values: shapes.find(({ values }) => values)?.values,
    fields: fields.length > 0 ? new Map(fields) : undefined,
    items: shapes.find(({ items }) => items)?.items,
  }
}

function only<T>(list: readonly T[]): T | undefined {
  return list.length === 1 ? list[0] : undefined
}
