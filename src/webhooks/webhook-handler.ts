import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { WebhookEvent } from '../../generated/dream-central-storage.js'
import { DreamStorageWebhookError } from '../errors.js'
import { aFunction, type Rules, validate } from '../options/validation.js'
import { HandledOnce } from './handled-once.js'
import { readNode, readWeb } from './raw-body.js'
import { RULES, type VerifyWebhookOptions, verifyWebhook, type WebhookSecret } from './verify-webhook.js'

/** The options of {@link createWebhookHandler}. */
export interface WebhookHandlerOptions extends VerifyWebhookOptions {
  /** The secret of the subscription, or several of which one must fit. */
  readonly secret: WebhookSecret
  /** Its cache forgets what an event makes stale, before `onEvent` is called. */
  readonly client?: { applyWebhook(event: WebhookEvent): void | Promise<void> } | undefined
  /** What is to be done. The service is answered when it has returned, or its promise is fulfilled. */
  readonly onEvent: (event: WebhookEvent) => unknown
  /**
   * Called with the reason of every answer but 2xx and 405: what `onEvent` has thrown, or why the request was refused
   * ({@link DreamStorageWebhookError}). What it throws is ignored. @default `console.error`, but not for what was refused
   */
  readonly onError?: ((error: unknown) => unknown) | undefined
}

/** Answers webhooks, in the form of the web, and in that of `node:http` and Express. It never rejects. */
export interface WebhookHandler {
  (request: Request): Promise<Response>
  /** For `http.createServer(handler.node)` and `app.post(path, handler.node)`. The body must not have been parsed. */
  readonly node: (request: IncomingMessage, response: ServerResponse) => Promise<void>
}

/** A request in either form. */
interface Received {
  readonly method: string | undefined
  readonly signature: string | readonly string[] | null | undefined
  readonly readBody: () => Promise<Uint8Array>
}

const SIGNATURE_HEADER = 'x-webhook-signature'
const HANDLER_RULES: Rules = {
  ...RULES,
  client: { expected: 'a client', accepts: (value) => typeof Object(value).applyWebhook === 'function' },
  onEvent: aFunction,
  onError: aFunction,
}
const STATUSES = { signature: 401, age: 401, body: 400, size: 413 }

/**
 * Creates a handler that verifies webhooks, applies them to the cache of `client`, and calls `onEvent` once for each event,
 * also if the service repeats it. Answers: 204 after `onEvent`; 200 for a repeat of one of the last 1 000 events; 401 for
 * a wrong signature or age, 400 for a body that is no event or is cut, 413 above 1 MiB, 405 for other methods than POST;
 * 500 if `onEvent` fails, so that the service sends the event again, or if the body had been parsed.
 * @returns the handler
 * @throws {@link DreamStorageInputError} for an option that is unknown, missing or of the wrong type
 * @example http.createServer(createWebhookHandler({ secret, client, onEvent: (event) => queue.add(event) }).node)
 */
export function createWebhookHandler(options: WebhookHandlerOptions): WebhookHandler {
  const { secret = null, onEvent = null } = Object(options)
  validate({ ...options, secret, onEvent }, HANDLER_RULES, 'options')
  const answer = createAnswer(options)
  const web = async (request: Request): Promise<Response> => {
    const { method, headers } = request
    const signature = headers.get(SIGNATURE_HEADER)
    const status = await answer({ method, signature, readBody: () => readWeb(request) })
    return new Response(null, { status, headers: status === 405 ? { allow: 'POST' } : {} })
  }
  const node = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method, headers } = request
    const signature = headers[SIGNATURE_HEADER]
    const status = await answer({ method, signature, readBody: () => readNode(request) })
    if (response.headersSent) return
    if (status === 405) response.setHeader('allow', 'POST')
    response.statusCode = status
    response.end()
  }
  return Object.assign(web, { node })
}

/** @returns what gives a request its status */
function createAnswer(options: WebhookHandlerOptions): (received: Received) => Promise<number> {
  const { secret, toleranceMs, client, onEvent } = options
  const handled = new HandledOnce()
  const handle = async (event: WebhookEvent): Promise<void> => {
    await client?.applyWebhook(event)
    await onEvent(event)
  }
  const fail = (error: unknown, status: number): number => {
    report(error, options)
    return status
  }
  return async ({ method, signature, readBody }) => {
    if (method !== 'POST') return 405
    let body: Uint8Array
    let event: WebhookEvent
    try {
      body = await readBody()
      event = verifyWebhook(body, signature, secret, { toleranceMs })
    } catch (error) {
      return fail(error, error instanceof DreamStorageWebhookError ? STATUSES[error.reason] : 500)
    }
    try {
      const key = createHash('sha256').update(body).digest('base64')
      return (await handled.run(key, () => handle(event))) ? 204 : 200
    } catch (error) {
      return fail(error, 500)
    }
  }
}

function report(error: unknown, { onError }: WebhookHandlerOptions): void {
  if (onError) {
    Promise.resolve()
      .then(() => onError(error))
      .catch(() => {})
  } else if (!(error instanceof DreamStorageWebhookError)) console.error(error)
}
