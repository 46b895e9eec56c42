const MAX_LENGTH = 300
// At most as much can a secret be longer than itself that a text holds encoded: a letter of three bytes as `%E2%82%AC`.
const LONGEST_ENCODING = 9
// What the patterns below need at least.
const LEAST_TAIL = 1_000
/** What stands in place of a secret. */
export const REDACTED = '[redacted]'
// Sequences of terminals (ECMA-48): CSI with its parameters, and OSC with its text.
const ESCAPES =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is removed
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b\]|\u009d)[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?/g
// Control characters; format characters, which can reverse or hide text; lone surrogates; separators of lines.
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu
const JWT = /eyJ[\w-]{8,}[\w.-]*/g
// Also of a password with a slash, which is no valid URL; a port is none.
const CREDENTIALS = /\/\/(?:[^\s/]*|[^\s/:@]{0,200}:(?!\d*\/)[^\s@]{0,200})@/g
const URL_QUERY = /(:\/\/[^\s?#"'<>]{0,2000})[?#][^\s"<>]*/g
const QUERY = /[?#][^\s?#=<>"']*=[^\s<>"]*/g

/** Secrets as patterns, and the length of the longest. */
export interface SecretPatterns {
  readonly patterns: readonly RegExp[]
  readonly longest: number
}

/**
 * What others wrote, as messages, events and logs quote it: on one line of at most 300 characters, without control
 * characters, secrets, and the credentials and queries of URLs.
 * @returns the text; at its end `…` if it is cut
 */
export function quote(value: unknown, secrets: SecretPatterns = { patterns: [], longest: 0 }): string {
  const text = String(value)
  // Cleaning a whole body would take long. What is cut here can be a part of a secret, which is left out at the end.
  const tail = Math.max(secrets.longest * LONGEST_ENCODING, LEAST_TAIL)
  const start = text.slice(0, 2 * MAX_LENGTH + 2 + tail)
  const isCut = start.length < text.length
  const cleaned = printable(start, secrets)
    .replace(CREDENTIALS, '//')
    .replace(URL_QUERY, '$1?…')
    .replace(QUERY, '?…')
  return cut((isCut ? cleaned.slice(0, -tail) : cleaned).trim(), isCut)
}

/** @returns a text of at most 300 characters; at its end `…` if it is cut, or was before */
export function cut(text: string, wasCut = false): string {
  const characters = [...text.slice(0, 2 * MAX_LENGTH + 2)]
  if (!wasCut && characters.length <= MAX_LENGTH) return text
  return `${characters.slice(0, MAX_LENGTH - 1).join('')}…`
}

/** Without secrets, also those in which something unprintable stands; with a space for everything else unprintable. */
function printable(text: string, secrets: SecretPatterns): string {
  const redacted = redact(text, secrets)
  const joined = redacted.replace(ESCAPES, '').replace(UNPRINTABLE, '')
  const found = redact(joined, secrets).replace(JWT, REDACTED)
  return found === joined ? redacted.replace(ESCAPES, ' ').replace(UNPRINTABLE, ' ') : found
}

function redact(text: string, { patterns }: SecretPatterns): string {
  return patterns.reduce((left, pattern) => left.replace(pattern, REDACTED), text)
}
