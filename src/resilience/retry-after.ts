const SECONDS = /^\d+$/
// The three forms of RFC 9110 §5.6.7. Date.parse alone would read `120` as a year.
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/
const RFC850_DATE = /^[A-Z][a-z]{5,8}, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT$/
const ASCTIME_DATE = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/

/**
 * Parses a `Retry-After` header: whole seconds or an HTTP-date.
 * @param nowMs the time that a date is compared with, in milliseconds since the epoch
 * @returns milliseconds from now, 0 or more; undefined for no header and for an invalid one
 * @see RFC 9110 §10.2.3
 */
export function parseRetryAfter(value: string | null, nowMs: number = Date.now()): number | undefined {
  const text = value?.trim() ?? ''
  if (SECONDS.test(text)) return Number(text) * 1000
  const at = parseHttpDate(text)
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs)
}

function parseHttpDate(text: string): number {
  if (HTTP_DATE.test(text) || RFC850_DATE.test(text)) return Date.parse(text)
  return ASCTIME_DATE.test(text) ? Date.parse(`${text} GMT`) : Number.NaN
}
