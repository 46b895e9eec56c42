import type { Client, Middleware } from 'openapi-fetch'
import type { paths } from '../../generated/dream-central-storage.js'
import type { Call } from '../call/call.js'
import type { Events } from '../call/events.js'

/** What openapi-fetch makes the requests of one call with, and sends them through. */
export type FetchFor = (
  call: Call,
  middleware?: readonly Middleware[],
) => { readonly fetch: (request: Request) => Promise<Response>; readonly Request: typeof Request }

/** What the operations of the service need of the client. */
export interface ServiceContext {
  readonly http: Client<paths>
  readonly fetchFor: FetchFor
  readonly events: Events
}
