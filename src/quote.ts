const MAX_LENGTH = 300
/** What stands in place of a secret. */
export const REDACTED = '[redacted]'
// Escape sequences of terminals; control characters; format characters, which can reverse or hide text; separators of
// lines; lone surrogates.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is removed
const UNPRINTABLE = /(?:\u001b\[|\u009b)[\d;?]*[A-Za-z]|[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu
const JWT = /\beyJ[\w-]{8,}[\w.-]*/g
const CREDENTIALS = /\/\/[^\s/]*@/g
const QUERY = /[?#][^\s?#=<>"']*=[^\s<>"']*/g

/**
 * What others wrote, as messages, events and logs quote it: on one line of at most 300 characters, without control
 * characters, secrets, and the credentials and queries of URLs.
 * @param secrets a pattern for each secret
 * @returns the text; at its end `…` if it is cut
 */
export function quote(text: unknown, secrets: Iterable<RegExp> = []): string {
  // First what could stand in the middle of a secret, and last the cut, which could leave a part of one.
  let quoted = String(text).replace(UNPRINTABLE, ' ')
  for (const secret of secrets) quoted = quoted.replace(secret, REDACTED)
  quoted = quoted.replace(JWT, REDACTED).replace(CREDENTIALS, '//').replace(QUERY, '?…').trim()
  const characters = [...quoted.slice(0, 2 * MAX_LENGTH + 2)]
  return characters.length > MAX_LENGTH ? `${characters.slice(0, MAX_LENGTH - 1).join('')}…` : quoted
}
