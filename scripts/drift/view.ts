import { asJson, type Json } from '../contract/document.js'

/** The versions of the service that the contract describes. */
export const DIALECTS = ['2025', '2026'] as const

/** A version of the service. */
export type Dialect = (typeof DIALECTS)[number]

/**
 * The contract of one version: without what `x-since` and `x-until` keep out of it, and with the values that `x-in` has
 * for it.
 */
export function viewOf(document: Json, dialect: Dialect): Json {
  return asJson(reduce(document, dialect))
}

function reduce(value: unknown, dialect: Dialect): unknown {
  if (Array.isArray(value)) {
    return value.filter((each) => exists(each, dialect)).map((each) => reduce(each, dialect))
  }
  if (typeof value !== 'object' || value === null) return value
  const { 'x-in': variants, ...rest } = value as Json
  const own = { ...rest, ...asJson(asJson(variants)[dialect]) }
  return Object.fromEntries(
    Object.entries(own)
      .filter(([, each]) => exists(each, dialect))
      .map(([key, each]) => [key, reduce(each, dialect)]),
  )
}

function exists(value: unknown, dialect: Dialect): boolean {
  const { 'x-since': since, 'x-until': until } = asJson(value)
  return !(typeof since === 'string' && since > dialect) && !(typeof until === 'string' && until < dialect)
}
