import { DreamStorageInputError } from '../errors.js'
import { quote } from '../quote.js'

/** The rule of a value. */
export interface Rule {
  /** What the value must be; a message puts it after `must be `. */
  readonly expected: string
  /** Messages show the type of its value only. @default false */
  readonly isSecret?: boolean
  /** Whether a value obeys the rule. */
  readonly accepts: (value: unknown) => boolean
}

/** The names that an object may have, and the rules of their values. */
export interface Rules {
  readonly [name: string]: Rule | Rules
}

// A name that could be misspelled; others can be a secret.
const OPTION_NAME = /^[a-z]{1,30}$/i
const PLAIN_TEXT = /^([\d.,+-]{0,15}|on|off|true|false|yes|no)$/i

/** The rule of a boolean. */
export const boolean: Rule = { expected: 'true or false', accepts: (value) => typeof value === 'boolean' }

/** The rule of a function. */
export const aFunction: Rule = { expected: 'a function', accepts: (value) => typeof value === 'function' }

/** @returns the rule of a duration in milliseconds: a finite number greater than 0, or with `least` from 0 on */
export function milliseconds(least?: 0): Rule {
  const expected = `a number of milliseconds ${least === 0 ? 'from 0 on' : 'greater than 0'}`
  return { expected, accepts: (value) => isNumber(value) && (least === 0 ? value >= 0 : value > 0) }
}

/** @returns the rule of an integer from `least` on */
export function integer(least: number): Rule {
  return {
    expected: `an integer from ${least} on`,
    accepts: (value) => isNumber(value) && Number.isSafeInteger(value) && value >= least,
  }
}

/**
 * Checks the members of an object; undefined counts as absent. `name` is that of the object, for messages. Where any value
 * may be a secret that stands in the wrong place (`hasSecrets`), messages show no text but numbers and switches.
 * @throws {@link DreamStorageInputError} for a name that is not in the rules, and for a value that breaks one
 */
export function validate(value: unknown, rules: Rules, name: string, hasSecrets = false): void {
  const isSecret = (member: unknown): boolean =>
    hasSecrets && typeof member === 'string' && !PLAIN_TEXT.test(member)
  if (typeof value !== 'object' || value === null) throw invalid(name, 'an object', value, isSecret(value))
  for (const [key, member] of Object.entries(value)) {
    const rule = Object.hasOwn(rules, key) ? rules[key] : undefined
    const path = name === 'options' ? key : `${name}.${key}`
    if (!rule) {
      const shown = OPTION_NAME.test(key) ? path : `a name in ${name}`
      const known = Object.keys(rules).join(', ')
      throw new DreamStorageInputError(`${shown} is not an option; the options are ${known}`)
    }
    if (member === undefined) continue
    if (!isRule(rule)) validate(member, rule, path, hasSecrets)
    else if (!rule.accepts(member)) {
      throw invalid(path, rule.expected, member, rule.isSecret || isSecret(member))
    }
  }
}

/** @returns the error for a value that breaks a rule; of a secret it only shows the type */
export function invalid(
  name: string,
  expected: string,
  value: unknown,
  isSecret = false,
): DreamStorageInputError {
  const shown = isSecret ? typeOf(value) : show(value)
  return new DreamStorageInputError(`${name} must be ${expected}, got ${shown}`)
}

function isRule(rule: Rule | Rules): rule is Rule {
  return typeof rule['accepts'] === 'function'
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

/** @returns a value as messages show it: text in quotes, and of objects and functions only the type */
export function show(value: unknown): string {
  if (typeof value === 'string') return quote(JSON.stringify(value))
  return typeof value === 'object' || typeof value === 'function' ? typeOf(value) : quote(value)
}

function typeOf(value: unknown): string {
  const type = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value
  return `a value of type ${type}`
}
