import { createHmac, timingSafeEqual } from 'node:crypto'
import { isAnyArrayBuffer, isUint8Array } from 'node:util/types'
import type { WebhookEvent } from '../../generated/dream-central-storage.js'
import { DreamStorageInputError, DreamStorageWebhookError } from '../errors.js'
import { type Rules, validate } from '../options/validation.js'
import { parseEvent } from './parse-event.js'

/** The body as it arrived: parsed and serialized again, it has another signature. */
export type WebhookBody = Uint8Array | ArrayBuffer | string

/** The secret of the subscription, or several: while it is being changed, the new one and the old one. */
export type WebhookSecret = string | readonly string[]

/** The options of {@link verifyWebhook}. */
export interface VerifyWebhookOptions {
  /**
   * How old the event may be, in milliseconds by its `timestamp`, and how far in the future. The service repeats a failed
   * delivery within about a minute. `Infinity` accepts any. @default 300_000
   */
  readonly toleranceMs?: number | undefined
}

const SIGNATURE = /^sha256=([0-9a-f]{64})$/
const TIMESTAMP = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?)(Z|[+-]\d\d:\d\d)?$/
const DEFAULT_TOLERANCE_MS = 300_000

/** The rules of what both the function and the handler take. */
export const RULES = {
  secret: { expected: 'a string that is not empty, or a list of them', isSecret: true, accepts: isSecret },
  toleranceMs: {
    expected: 'a number of milliseconds from 0 on',
    accepts: (value: unknown) => typeof value === 'number' && value >= 0,
  },
} satisfies Rules

/**
 * Checks that a webhook was sent by who knows the secret, and is recent.
 * @param rawBody the body as it arrived, in bytes or as a string
 * @param signature the header `X-Webhook-Signature`: `sha256=` and the HMAC-SHA256 of the body in lower-case hex
 * @param secret the secret of the subscription, or a list of which one must fit
 * @returns the event of the body
 * @throws {@link DreamStorageWebhookError} for a signature that is missing or wrong, an event that is too old or from the
 * future, and a body that is no event
 * @throws {@link DreamStorageInputError} for an empty secret, invalid options, and a body that has been parsed
 * @see RFC 2104 (HMAC)
 * @example const event = verifyWebhook(await request.text(), request.headers.get('x-webhook-signature'), secret)
 */
export function verifyWebhook(
  rawBody: WebhookBody,
  signature: string | readonly string[] | null | undefined,
  secret: WebhookSecret,
  options: VerifyWebhookOptions = {},
): WebhookEvent {
  validate({ secret: secret ?? null }, { secret: RULES.secret }, 'options')
  validate(options, { toleranceMs: RULES.toleranceMs }, 'options')
  const bytes = toBytes(rawBody)
  if (!isSignedBy([secret].flat(), signature, bytes)) {
    throw new DreamStorageWebhookError('signature', 'the signature of the webhook is missing or wrong')
  }
  const event = parseEvent(bytes)
  const { toleranceMs = DEFAULT_TOLERANCE_MS } = options
  if (toleranceMs !== Number.POSITIVE_INFINITY && !(ageMs(event) <= toleranceMs)) {
    const message = `the webhook is not within ${toleranceMs} ms of the time of this machine`
    throw new DreamStorageWebhookError('age', message)
  }
  return event
}

/** @returns the bytes of a body, which are not copied */
export function toBytes(rawBody: unknown): Uint8Array {
  if (typeof rawBody === 'string') return new TextEncoder().encode(rawBody)
  // By their kind, because test runners have classes of their own.
  if (isUint8Array(rawBody)) return rawBody
  if (isAnyArrayBuffer(rawBody)) return new Uint8Array(rawBody)
  throw new DreamStorageInputError('rawBody must be the bytes of the body, or a string: not parsed')
}

/** All secrets are tried, so that the time tells nothing about which one fits. */
function isSignedBy(secrets: readonly string[], signature: unknown, bytes: Uint8Array): boolean {
  const [, hex] = (typeof signature === 'string' && SIGNATURE.exec(signature)) || []
  if (hex === undefined) return false
  const given = Buffer.from(hex, 'hex')
  return secrets
    .map((secret) => timingSafeEqual(createHmac('sha256', secret).update(bytes).digest(), given))
    .includes(true)
}

/** In either direction; NaN for a timestamp that is no time. Without a zone it is UTC, as all times of the service. */
function ageMs({ timestamp }: WebhookEvent): number {
  const [, time, zone = 'Z'] = TIMESTAMP.exec(timestamp) ?? []
  return Math.abs(Date.now() - Date.parse(`${time}${zone}`))
}

function isSecret(value: unknown): boolean {
  const secrets: unknown[] = [value].flat()
  return secrets.length > 0 && secrets.every((one) => typeof one === 'string' && one !== '')
}
