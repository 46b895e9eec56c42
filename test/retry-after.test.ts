import { describe, expect, test } from 'vitest'
import { retryAfterMsOf } from '../src/resilience/retry-after.js'

const NOW = 'Thu, 06 Nov 2025 08:49:37 GMT'

/** The wait that a response asks for: of two header values, absent ones left out. */
function waitOf(retryAfter: string | null, date: string | null = NOW): number | undefined {
  const headers = new Headers()
  if (retryAfter !== null) headers.set('retry-after', retryAfter)
  if (date !== null) headers.set('date', date)
  return retryAfterMsOf(headers)
}

describe('retryAfterMsOf', () => {
  test.each([
    ['0', 0],
    ['1', 1_000],
    ['007', 7_000],
    ['120', 120_000],
    ['  5\t', 5_000],
    ['86400', 86_400_000],
  ])('reads %j as seconds', (value, ms) => {
    expect(waitOf(value)).toBe(ms)
  })

  test.each([
    ['Thu, 06 Nov 2025 08:49:47 GMT', 10_000],
    ['Thu, 06 Nov 2025 09:49:37 GMT', 3_600_000],
    ['Thursday, 06-Nov-25 08:49:47 GMT', 10_000],
    ['Thu Nov  6 08:49:47 2025', 10_000],
    ['Sun Nov 16 08:49:37 2025', 864_000_000],
  ])('reads %j as an HTTP-date', (value, ms) => {
    expect(waitOf(value)).toBe(ms)
  })

  test.each([
    'Thu, 06 Nov 2025 08:49:36 GMT',
    'Sun, 06 Nov 1994 08:49:37 GMT',
    'Sunday, 06-Nov-94 08:49:37 GMT',
  ])('takes the past (%j) for now', (value) => {
    expect(waitOf(value)).toBe(0)
  })

  test.each([
    null,
    '',
    ' ',
    'soon',
    '-1',
    '+1',
    '1.5',
    '1e3',
    '0x10',
    '10s',
    '10 20',
    '10, 20',
    '²',
    'NaN',
    'Infinity',
    '2025-11-06',
    '2025-11-06T08:49:47Z',
    'Thu, 06 Nov 2025',
    'Thu, 06 Nov 2025 08:49:47',
    'Thu, 06 Nov 2025 08:49:47 +0300',
    'Thu, 66 Nov 2025 08:49:47 GMT',
    'Thu, 06 Foo 2025 08:49:47 GMT',
    'Thu, 06 Nov 2025 28:49:47 GMT',
    'November 6, 2025',
  ])('ignores %j', (value) => {
    expect(waitOf(value)).toBe(undefined)
  })

  test.each([null, '', 'today', '2025-11-06', 'Thu, 66 Nov 2025 08:49:47 GMT'])(
    'compares a date with the local clock for the Date header %j',
    (date) => {
      const wait = waitOf(new Date(Date.now() + 3_600_000).toUTCString(), date) ?? 0
      expect(wait).toBeGreaterThan(3_590_000)
      expect(wait).toBeLessThanOrEqual(3_600_000)
    },
  )

  test('gives an endless wait for a number that is beyond all numbers', () => {
    expect(waitOf('9'.repeat(400))).toBe(Number.POSITIVE_INFINITY)
  })
})
