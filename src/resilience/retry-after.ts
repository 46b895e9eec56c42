const SECONDS = /^\d+$/
// The three forms of RFC 9110 §5.6.7. Date.parse alone would read `120` as a year.
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/
const RFC850_DATE = /^[A-Z][a-z]{5,8}, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT$/
const ASCTIME_DATE = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/

/**
 * Parses the header `Retry-After` of a response: whole seconds or an HTTP-date. A date is compared with the header `Date` of
 * the same response, because the clocks of both sides can differ; without a valid one, with the local clock.
 * @returns milliseconds from now, 0 or more; undefined for no header and for an invalid one
 * @see RFC 9110 §10.2.3 and §6.6.1
 */
export function retryAfterMsOf(headers: Headers): number | undefined {
  const text = headers.get('retry-after')?.trim() ?? ''
  if (SECONDS.test(text)) return Number(text) * 1000
  const at = parseHttpDate(text)
  if (Number.isNaN(at)) return undefined
  const sentAt = parseHttpDate(headers.get('date') ?? '')
  return Math.max(0, at - (Number.isNaN(sentAt) ? Date.now() : sentAt))
}

function parseHttpDate(text: string): number {
  if (HTTP_DATE.test(text) || RFC850_DATE.test(text)) return Date.parse(text)
  return ASCTIME_DATE.test(text) ? Date.parse(`${text} GMT`) : Number.NaN
}
