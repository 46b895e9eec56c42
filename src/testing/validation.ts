import type { ValidationIssue } from '../../generated/dream-central-storage.js'
import { crash, refuse } from './replies.js'

const INT32_MAX = 2 ** 31 - 1
const REQUIRED = 'Field required'

type Location = ValidationIssue['loc']

/** A rule for a field: the type and message of the issue when a value breaks it. */
export interface Rule {
  readonly optional?: boolean
  check(value: unknown): { type: string; msg: string } | undefined
}

function rule(accepts: (value: unknown) => boolean, type: string, msg: string): Rule {
  return { check: (value) => (accepts(value) ? undefined : { type, msg }) }
}

/** A string that is required. */
export const TEXT = rule(
  (value) => typeof value === 'string',
  'string_type',
  'Input should be a valid string',
)

/** A string that is required and not empty. */
export const NAME: Rule = {
  check: (value) =>
    value === ''
      ? { type: 'string_too_short', msg: 'String should have at least 1 character' }
      : TEXT.check(value),
}

/** `true` or `false`. */
export const FLAG = rule(
  (value) => typeof value === 'boolean',
  'bool_type',
  'Input should be a valid boolean',
)

/** The status of a book. */
export const STATUS = rule(
  (value) => value === 'draft' || value === 'published' || value === 'archived',
  'enum',
  "Input should be 'draft', 'published' or 'archived'",
)

/** At most 100 ids. */
export const IDS: Rule = {
  check: (value) => {
    if (!Array.isArray(value)) return { type: 'list_type', msg: 'Input should be a valid list' }
    if (value.length > 100) return { type: 'too_long', msg: 'List should have at most 100 items' }
    return value.every(Number.isInteger)
      ? undefined
      : { type: 'int_type', msg: 'Input should be a valid integer' }
  },
}

/** The same rule for an optional field. */
export function optional({ check }: Rule): Rule {
  return { optional: true, check }
}

/** The same rule for an optional field that can be null. */
export function nullable({ check }: Rule): Rule {
  return { optional: true, check: (value) => (value === null ? undefined : check(value)) }
}

/** Creates a 422 that contains the input, as the service does. */
export function unprocessable(...issues: ValidationIssue[]): Response {
  return refuse(422, issues)
}

/** The issue of a required value that is missing. */
export function missing(loc: Location, input: unknown = null): ValidationIssue {
  return { type: 'missing', loc, msg: REQUIRED, input }
}

/** Reads the JSON body of a request and checks each field. Throws the 422 of the service. */
export async function readBody<Body extends object>(
  request: Request,
  rules: { readonly [Field in keyof Required<Body>]: Rule },
): Promise<Body> {
  const body = parse(await request.text())
  if (typeof body !== 'object' || body === null) {
    const msg = 'Input should be a valid dictionary or object to extract fields from'
    throw unprocessable({ type: 'model_attributes_type', loc: ['body'], msg, input: body })
  }
  const values = new Map(Object.entries(body))
  const issues = Object.entries<Rule>(rules).flatMap(([name, { optional, check }]) => {
    if (!values.has(name)) return optional ? [] : [missing(['body', name], body)]
    const issue = check(values.get(name))
    return issue ? [{ ...issue, loc: ['body', name], input: values.get(name) }] : []
  })
  if (issues.length > 0) throw unprocessable(...issues)
  // Every field was checked above.
  return body as Body
}

function parse(text: string): unknown {
  if (text === '') throw unprocessable(missing(['body']))
  try {
    return JSON.parse(text)
  } catch {
    throw unprocessable({ type: 'json_invalid', loc: ['body', 0], msg: 'JSON decode error', input: {} })
  }
}

/**
 * Parses an id of a path or a query. Throws a 422 when it is not an integer, and a 500 when it exceeds int32.
 */
export function readId(text: string, loc: Location): number {
  if (!/^[+-]?\d+$/.test(text)) {
    const msg = 'Input should be a valid integer, unable to parse string as an integer'
    throw unprocessable({ type: 'int_parsing', loc, msg, input: text })
  }
  if (Math.abs(Number(text)) > INT32_MAX) throw crash()
  return Number(text)
}
