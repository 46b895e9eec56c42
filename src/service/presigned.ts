import type { Call } from '../call/call.js'
import { CALL_RULES, type CallOptions } from '../options/call-options.js'
import { type Rules, validate } from '../options/validation.js'
import { LIBRARY_ENDPOINTS } from './library-endpoints.js'
import type { BookPath } from './paths.js'
import { isOwnNotFound } from './rules.js'
import type { ServiceContext } from './service-context.js'
import { unexpected, unwrap } from './unwrap.js'

/** A URL of a file that needs no login. */
export interface PresignedAssetUrl {
  /** The URL, as the service returned it. Whoever has it can read the file, so it does not belong in a log. */
  readonly url: string
  /** When it expires: `expires_in` of the response after the time of the response (its header `Date`). */
  readonly expiresAt: Date
}

/** Options of `getPresignedUrl`. */
export interface PresignedUrlOptions extends Omit<CallOptions, 'cache'> {
  /** How long the URL is valid, in whole seconds from 60 to 86 400. @default 3 600, the service's */
  expiresInSeconds?: number | undefined
}

const RULES = {
  signal: CALL_RULES.signal,
  timeoutMs: CALL_RULES.timeoutMs,
  expiresInSeconds: {
    expected: 'an integer from 60 to 86400',
    accepts: (value) => Number.isInteger(value) && Number(value) >= 60 && Number(value) <= 86_400,
  },
} satisfies Rules

/** @returns the options of the call, and the query @throws {@link DreamStorageInputError} */
export function checkPresignedOptions(options: PresignedUrlOptions = {}): {
  readonly call: CallOptions
  readonly expires: { readonly expires?: number }
} {
  validate(options, RULES, 'options')
  const { expiresInSeconds: expires, ...call } = options
  return { call, expires: expires === undefined ? {} : { expires } }
}

/**
 * @returns a URL of a file; null when the service says that there is no such file
 * @throws {@link DreamStorageResponseError} for anything but an absolute URL of http(s) and a number of seconds
 */
export async function readPresignedUrl(
  { http, fetchFor }: ServiceContext,
  call: Call,
  path: BookPath,
  query: { readonly path: string; readonly expires?: number },
): Promise<PresignedAssetUrl | null> {
  const params = { path, query }
  const result = await http.GET(LIBRARY_ENDPOINTS.presigned.route, { params, ...fetchFor(call) })
  if (isOwnNotFound(result)) return null
  const { url, expires_in: seconds }: { url?: unknown; expires_in?: unknown } = Object(unwrap(result, call))
  const isUrl = typeof url === 'string' && /^https?:\/\//i.test(url) && URL.canParse(url)
  if (!isUrl || typeof seconds !== 'number') throw unexpected(call, 'no url and expires_in')
  const sentAt = Date.parse(result.response.headers.get('date') ?? '')
  return { url, expiresAt: new Date((Number.isNaN(sentAt) ? Date.now() : sentAt) + seconds * 1_000) }
}
