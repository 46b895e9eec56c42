import { inspect } from 'node:util'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { DreamStorageInputError } from '../../src/index.js'
import { DreamStorageWebhookError, verifyWebhook, type WebhookBody } from '../../src/webhooks/index.js'
import { thrown } from '../support/failure.js'
import { fakeTime } from '../support/fake-time.js'
import { eventText, SECRET, sign } from '../support/webhook.js'

/** The reason for which a webhook is refused. */
function refusal(...args: Parameters<typeof verifyWebhook>): string {
  return thrown(() => verifyWebhook(...args), DreamStorageWebhookError).reason
}

/** The reason for which a body is refused that is signed. */
const refusalOf = (body: string | Uint8Array): string => refusal(body, sign(body), SECRET)

describe('a signature', () => {
  const body = eventText({ data: { id: 7, book_name: 'ş ğ ı', publisher: 'p' } })
  const bytes = new TextEncoder().encode(body)

  test('of the service, as its contract has it, fits', () => {
    // Calculated with openssl.
    const known = '{"event":"x","timestamp":"2026-11-24T23:26:54.977731Z","data":{}}'
    const signature = 'sha256=cad91ef4ec0bae7a3d57afc4b1486a8814c7ead94a72d464b4140d200bbde05a'
    expect(verifyWebhook(known, signature, 'whsec-0123456789-ş', { toleranceMs: Infinity })).toEqual(
      JSON.parse(known),
    )
  })

  test.each<[string, WebhookBody]>([
    ['a string', body],
    ['a Buffer', Buffer.from(body)],
    ['a Uint8Array', bytes],
    ['a part of a larger buffer', Buffer.from(`..${body}..`).subarray(2, -2)],
    ['an ArrayBuffer', bytes.slice().buffer],
    ['an ArrayBuffer of another realm', runInNewContext('Uint8Array.from(bytes).buffer', { bytes })],
  ])('fits a body that is %s', (_, raw) => {
    expect(verifyWebhook(raw, sign(body), SECRET)).toEqual(JSON.parse(body))
  })

  const right = sign(body)
  test.each<[string, string | string[] | null | undefined]>([
    ['is missing', undefined],
    ['is missing from Headers', null],
    ['is empty', ''],
    ['is a list, even of the right one', [right]],
    ['stands twice', `${right}, ${right}`],
    ['lacks sha256=', right.slice('sha256='.length)],
    ['names another algorithm', right.replace('sha256', 'sha1')],
    ['is in upper case', right.toUpperCase()],
    ['has hex in upper case', `sha256=${right.slice(7).toUpperCase()}`],
    ['lacks a digit', right.slice(0, -1)],
    ['has a digit more', `${right}0`],
    ['has only the prefix', 'sha256='],
    ['has a letter that is no hex', `${right.slice(0, -1)}g`],
    ['has a line break at its end', `${right}\n`],
    ['has a space before it', ` ${right}`],
    ['has digits of another script', right.replace(/\d/, '٣')],
    ['is of another secret', sign(body, 'another secret')],
    ['is of another body', sign(`${body} `)],
  ])('that %s is refused', (_, signature) => {
    expect(refusal(body, signature, SECRET)).toBe('signature')
  })

  test('fits no body that differs in a byte', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (index, change) => {
        const other = bytes.slice()
        other[index] = (other[index] ?? 0) ^ change
        expect(refusal(other, right, SECRET)).toBe('signature')
      }),
    )
  })

  test('of any text is refused and never fails otherwise; only the right one fits', () => {
    const hex = fc.stringMatching(/^[0-9a-fA-F]{62,66}$/)
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      hex,
      hex.map((digits) => `sha256=${digits}`),
      fc.uint8Array().map((some) => Buffer.from(some).toString('latin1')),
    )
    fc.assert(
      fc.property(texts, (signature) => {
        fc.pre(signature !== right)
        expect(refusal(body, signature, SECRET)).toBe('signature')
      }),
    )
    fc.assert(
      fc.property(fc.anything(), (signature) => {
        expect(refusal(body, signature as never, SECRET)).toBe('signature')
      }),
    )
  })

  test('is compared with all secrets while they are being changed', () => {
    const old = sign(body, 'the old secret')
    expect(verifyWebhook(body, old, ['the new secret', 'the old secret'])).toEqual(JSON.parse(body))
    expect(verifyWebhook(body, old, ['the old secret', 'the new secret'])).toEqual(JSON.parse(body))
    expect(refusal(body, old, ['the new secret'])).toBe('signature')
  })

  test('of a secret with letters outside ASCII is that of its UTF-8', () => {
    expect(verifyWebhook(body, sign(body, 'gizli-şifre-€-😀'), 'gizli-şifre-€-😀')).toEqual(JSON.parse(body))
  })
})

describe('a body that is signed', () => {
  const timestamp = new Date().toISOString()

  test.each([
    ['no JSON', 'event=book.updated'],
    ['empty', ''],
    ['cut', eventText().slice(0, -1)],
    ['null', 'null'],
    ['a list', `[${eventText()}]`],
    ['a text', '"book.updated"'],
    ['without an event', eventText({ event: undefined })],
    ['with an event that is no text', eventText({ event: 7 })],
    ['with an empty event', eventText({ event: '' })],
    ['without a timestamp', eventText({ timestamp: undefined })],
    ['without data', eventText({ data: undefined })],
    ['with data that is a list', eventText({ data: [] })],
    ['of a book without an id', eventText({ data: { book_name: 'b' } })],
    ['of a book without a name', eventText({ data: { id: 1, name: 'b' } })],
    ['of a publisher without a name', eventText({ event: 'publisher.updated', data: { id: 1 } })],
  ])('and is %s is refused', (_, body) => {
    expect(refusalOf(body)).toBe('body')
  })

  test('and is no UTF-8 is refused', () => {
    expect(refusalOf(Buffer.from(eventText({ extra: 'é' }), 'latin1'))).toBe('body')
  })

  test.each(['book.archived', 'processing.completed', 'publisher', 'toString', '__proto__'])(
    'and tells %s, which this version does not know, is an event',
    (event) => {
      const body = eventText({ event, data: { anything: [1] } })
      expect(verifyWebhook(body, sign(body), SECRET)).toEqual({
        event,
        timestamp: expect.any(String),
        data: { anything: [1] },
      })
    },
  )

  test('and has fields that this version does not know keeps them', () => {
    const body = eventText({ timestamp, more: 1, data: { id: 1, book_name: 'b', publisher: null, x: 2 } })
    expect(verifyWebhook(body, sign(body), SECRET)).toEqual(JSON.parse(body))
  })
})

describe('the age of a webhook', () => {
  const NOW = Date.UTC(2026, 10, 24, 23, 26, 54)
  const at = (timestamp: string, toleranceMs?: number): (() => unknown) => {
    fakeTime()
    vi.setSystemTime(NOW)
    const body = eventText({ timestamp })
    return () => verifyWebhook(body, sign(body), SECRET, { toleranceMs })
  }
  const fromNow = (ms: number): string => new Date(NOW + ms).toISOString()

  test.each([
    ['five minutes', fromNow(-300_000), undefined],
    ['five minutes of a clock that is ahead', fromNow(300_000), undefined],
    ['nothing, in microseconds', '2026-11-24T23:26:53.999999Z', 1],
    ['nothing, in whole seconds', '2026-11-24T23:26:54Z', 0],
    ['nothing, in another zone', '2026-11-25T02:26:54+03:00', 0],
    ['nothing, without a zone', '2026-11-24T23:26:54.000000', 0],
    ['ten years, if that is allowed', '2016-11-24T23:26:54Z', Number.POSITIVE_INFINITY],
    ['no known time, if any is allowed', 'yesterday', Number.POSITIVE_INFINITY],
  ])('is accepted: %s', (_, timestamp, toleranceMs) => {
    expect(at(timestamp, toleranceMs)()).toMatchObject({ timestamp })
  })

  test.each([
    ['more than five minutes', fromNow(-300_001), undefined],
    ['more than five minutes of a clock that is ahead', fromNow(300_001), undefined],
    ['more than is allowed', fromNow(-1_001), 1_000],
    ['no known time', 'yesterday', undefined],
    ['a number, which Date would take for a year', '2026', 1e15],
    ['a day that there is not', '2026-13-45T23:26:54Z', 1e15],
  ])('is refused: %s', (_, timestamp, toleranceMs) => {
    expect(thrown(at(timestamp, toleranceMs), DreamStorageWebhookError).reason).toBe('age')
  })

  test('is asked of signed webhooks only', () => {
    expect(refusal(eventText({ timestamp: '2016-11-24T23:26:54Z' }), sign('x'), SECRET)).toBe('signature')
  })
})

describe('what the caller has wrong', () => {
  const body = eventText()

  test.each<[string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['empty', ''],
    ['an empty list', []],
    ['a list with an empty text', [SECRET, '']],
    ['a list in a list', [[SECRET]]],
    ['bytes', Buffer.from(SECRET)],
  ])('is an InputError: a secret that is %s, with which anybody could sign', (_, secret) => {
    const error = thrown(() => verifyWebhook(body, sign(body), secret as string), DreamStorageInputError)
    expect(error.message).toMatch(/^secret must be a string that is not empty/)
  })

  test.each([Number.NaN, -1, '300000', null])('is an InputError: a tolerance of %s', (toleranceMs) => {
    const verify = (): unknown => verifyWebhook(body, sign(body), SECRET, { toleranceMs } as object)
    expect(thrown(verify, DreamStorageInputError).message).toMatch(/^toleranceMs must be/)
  })

  test('is an InputError: an option of another name', () => {
    const verify = (): unknown => verifyWebhook(body, sign(body), SECRET, { tolerance: 1 } as object)
    expect(thrown(verify, DreamStorageInputError).message).toContain('toleranceMs')
  })

  test.each([[JSON.parse(body)], [undefined], [null], [7]])('is an InputError: the body %s', (parsed) => {
    const verify = (): unknown => verifyWebhook(parsed, sign(body), SECRET)
    expect(thrown(verify, DreamStorageInputError).message).toContain('rawBody')
  })
})

test('no error shows a secret, a signature or a body', () => {
  const body = eventText({ data: { id: 1, book_name: 'the-body' } })
  const errors = [
    thrown(() => verifyWebhook(body, sign('x'), [SECRET]), DreamStorageWebhookError),
    thrown(() => verifyWebhook('the-body', sign('the-body'), SECRET), DreamStorageWebhookError),
    thrown(() => verifyWebhook(body, sign(body), [SECRET, '']), DreamStorageInputError),
    thrown(() => verifyWebhook({ body } as never, sign(body), SECRET), DreamStorageInputError),
  ]
  for (const error of errors) {
    // Not the stack, in which the names of the test stand.
    const { stack: _, ...fields } = error
    const text = inspect([error.message, error.cause, fields], { depth: 9 })
    expect(text).not.toMatch(new RegExp(`${SECRET}|the-body|sha256=|${sign(body).slice(7)}`))
  }
  expect(errors[0]).toMatchObject({
    name: 'DreamStorageWebhookError',
    code: 'ERR_DREAM_STORAGE_WEBHOOK',
    attempts: 0,
  })
})
