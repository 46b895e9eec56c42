import { DreamStorageInputError } from '../errors.js'

/** What a value must be. */
export interface Rule {
  /** Continues the sentence after `must be `. */
  readonly expected: string
  /** Its values never stand in a message. */
  readonly isSecret?: boolean
  readonly accepts: (value: unknown) => boolean
}

/** The names that an object may have, and what their values must be. */
export interface Rules {
  readonly [name: string]: Rule | Rules
}

/** True or false. */
export const boolean: Rule = { expected: 'true or false', accepts: (value) => typeof value === 'boolean' }

/** A function. */
export const aFunction: Rule = { expected: 'a function', accepts: (value) => typeof value === 'function' }

/** A duration: any finite number above 0 (or from `least` on), in milliseconds. */
export function milliseconds(least?: 0): Rule {
  const expected = `a number of milliseconds ${least === 0 ? 'from 0 on' : 'greater than 0'}`
  return { expected, accepts: (value) => isNumber(value) && (least === 0 ? value >= 0 : value > 0) }
}

/** A whole number from `least` on. */
export function integer(least: number): Rule {
  return {
    expected: `an integer from ${least} on`,
    accepts: (value) => isNumber(value) && Number.isSafeInteger(value) && value >= least,
  }
}

/** Throws `…InputError` for a name that is not in the rules and a value that breaks one; undefined is absent. */
export function validate(value: unknown, rules: Rules, name: string): void {
  if (typeof value !== 'object' || value === null) throw invalid(name, 'an object', value)
  for (const [key, member] of Object.entries(value)) {
    const rule = Object.hasOwn(rules, key) ? rules[key] : undefined
    const path = name === 'options' ? key : `${name}.${key}`
    if (!rule)
      throw new DreamStorageInputError(`${path} is not an option; there are ${Object.keys(rules).join(', ')}`)
    if (member === undefined) continue
    if (!isRule(rule)) validate(member, rule, path)
    else if (!rule.accepts(member)) throw invalid(path, rule.expected, rule.isSecret ? SECRET : member)
  }
}

/** The error for a value that breaks a rule. */
export function invalid(name: string, expected: string, value: unknown): DreamStorageInputError {
  return new DreamStorageInputError(
    `${name} must be ${expected}${value === SECRET ? '' : `, got ${show(value)}`}`,
  )
}

const SECRET = Symbol('not shown')

function isRule(rule: Rule | Rules): rule is Rule {
  return typeof rule['accepts'] === 'function'
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

/** A value as a message shows it. */
export function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  return typeof value === 'object' || typeof value === 'function'
    ? `a value of type ${kind(value)}`
    : String(value)
}

function kind(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}
