import type { WebhookEventType, WebhookSubscription } from '../../generated/dream-central-storage.js'
import type { Call } from '../call/call.js'
import { DreamStorageNotFoundError } from '../errors.js'
import { invalid, type Rules, validate } from '../options/validation.js'
import type { LibraryContext } from './library-context.js'
import { LIBRARY_ENDPOINTS } from './library-endpoints.js'
import { isOwnNotFound } from './rules.js'
import { checkOk, unexpected, unwrap } from './unwrap.js'

/** What `ensureWebhook` ensures. */
export interface WebhookOptions {
  /** Where the events are sent: http(s), at most 512 characters. It identifies the subscription, letter by letter. */
  readonly url: string
  /** The key of the signatures, from 16 to 255 characters. */
  readonly secret: string
  /** The events to be sent. @default all */
  readonly events?: readonly WebhookEventType[] | undefined
  /** What the subscription is for, at most 255 characters. @default unchanged, for a new subscription none */
  readonly description?: string | undefined
}

/** A subscription without its secret, which the service returns in clear. */
export type EnsuredWebhook = Omit<WebhookSubscription, 'secret'>

/** The fields of a subscription that are ensured. */
type Wanted = Pick<WebhookSubscription, 'url' | 'secret' | 'is_active'> & {
  readonly event_types: string
  readonly description?: string
}

// Another process can remove what this one has found.
const MAX_ROUNDS = 5
const EVENT = /^[\w.]+$/

const isText = (value: unknown, least: number, most: number): boolean => {
  // The service counts code points.
  const length = typeof value === 'string' ? [...value].length : -1
  return length >= least && length <= most
}
const isHttpUrl = (value: unknown): boolean =>
  typeof value === 'string' && /^https?:\/\//i.test(value) && URL.canParse(value) && isText(value, 1, 512)
const isEvents = (value: unknown): boolean =>
  Array.isArray(value) && value.every((name) => typeof name === 'string' && EVENT.test(name))

const RULES = {
  // It can have credentials.
  url: { expected: 'an http(s) URL of at most 512 characters', isSecret: true, accepts: isHttpUrl },
  secret: {
    expected: 'a text of 16 to 255 characters',
    isSecret: true,
    accepts: (value) => isText(value, 16, 255),
  },
  events: {
    expected: 'a list of the names of events, of 255 characters in all',
    accepts: (value) => isEvents(value) && isText((value as string[]).join(), 1, 255),
  },
  description: {
    expected: 'a text of at most 255 characters',
    accepts: (value) => isText(value, 0, 255),
  },
} satisfies Rules

/** @returns the fields of the subscription @throws {@link DreamStorageInputError}, which does not show the secret */
export function checkWebhook(webhook: WebhookOptions): Wanted {
  validate(webhook, RULES, 'webhook')
  const { url, secret, events = [], description } = webhook
  for (const name of ['url', 'secret'] as const) {
    if (webhook[name] === undefined) throw invalid(`webhook.${name}`, RULES[name].expected, undefined)
  }
  return {
    url,
    secret,
    is_active: true,
    event_types: [...new Set(events)].sort().join(),
    ...(description !== undefined && { description }),
  }
}

/**
 * The service accepts several subscriptions of one URL. Whoever has created one looks again: the one with the lowest id
 * stays, and all who ask remove the others.
 * @returns the one subscription of the URL, as wanted
 */
export async function ensureWebhook(
  context: LibraryContext,
  call: Call,
  wanted: Wanted,
): Promise<EnsuredWebhook> {
  // The service returns secrets in clear, and its errors can repeat them.
  call.secrets.add(wanted.secret)
  for (let round = 1; round <= MAX_ROUNDS; round++) {
    const [kept, ...others] = await listOf(context, call, wanted.url)
    if (!kept) await add(context, call, wanted)
    else {
      for (const { id } of others) await remove(context, call, id)
      const ensured = isAsWanted(kept, wanted) ? kept : await change(context, call, kept.id, wanted)
      if (ensured) return withoutSecret(ensured)
    }
  }
  const message = 'the subscription was removed again and again while it was ensured'
  throw new DreamStorageNotFoundError(message, call.context)
}

/** The subscriptions of a URL, that with the lowest id first. */
async function listOf(
  { http, fetchFor, runner }: LibraryContext,
  parent: Call,
  url: string,
): Promise<readonly WebhookSubscription[]> {
  const endpoint = LIBRARY_ENDPOINTS.webhooks
  const read = async (call: Call): Promise<WebhookSubscription[]> => {
    const all: unknown = unwrap(await http.GET(endpoint.route, fetchFor(call)), call)
    if (!Array.isArray(all)) throw unexpected(call, 'no list of subscriptions')
    const ofUrl = all.filter((each) => Number.isInteger(Object(each).id) && each.url === url)
    return ofUrl.sort((a: WebhookSubscription, b: WebhookSubscription) => a.id - b.id)
  }
  return runner.request(endpoint, undefined, read, parent)
}

async function add({ http, fetchFor, runner }: LibraryContext, parent: Call, body: Wanted): Promise<void> {
  const endpoint = LIBRARY_ENDPOINTS.addWebhook
  const send = async (call: Call): Promise<void> =>
    checkOk(await http.POST(endpoint.route, { body, ...fetchFor(call) }), call)
  await runner.request(endpoint, undefined, send, parent)
}

/** @returns the subscription; undefined if it has been removed meanwhile */
async function change(
  { http, fetchFor, runner }: LibraryContext,
  parent: Call,
  id: number,
  body: Wanted,
): Promise<WebhookSubscription | undefined> {
  const endpoint = LIBRARY_ENDPOINTS.changeWebhook
  const params = { path: { subscription_id: id } }
  const send = async (call: Call): Promise<WebhookSubscription | undefined> => {
    const result = await http.PUT(endpoint.route, { params, body, ...fetchFor(call) })
    return isOwnNotFound(result) ? undefined : unwrap(result, call)
  }
  return runner.request(endpoint, undefined, send, parent)
}

async function remove({ http, fetchFor, runner }: LibraryContext, parent: Call, id: number): Promise<void> {
  const endpoint = LIBRARY_ENDPOINTS.removeWebhook
  const params = { path: { subscription_id: id } }
  const send = async (call: Call): Promise<void> => {
    const result = await http.DELETE(endpoint.route, { params, ...fetchFor(call) })
    // Another process was faster.
    if (!isOwnNotFound(result)) checkOk(result, call)
  }
  await runner.request(endpoint, undefined, send, parent)
}

function isAsWanted(one: WebhookSubscription, { event_types: events, ...wanted }: Wanted): boolean {
  const names = Object.keys(wanted) as Array<keyof typeof wanted>
  const set = (one.event_types ?? '').split(',').map((name) => name.trim())
  return names.every((name) => one[name] === wanted[name]) && set.sort().join() === events
}

function withoutSecret({ secret: _, ...rest }: WebhookSubscription): EnsuredWebhook {
  return rest
}
