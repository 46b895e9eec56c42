import type { Client, Middleware } from 'openapi-fetch'
import type { paths } from '../../generated/dream-central-storage.js'
import type { Call } from '../call/call.js'
import type { Events } from '../call/events.js'

/** Returns the `Request` and `fetch` of one call, with which openapi-fetch creates and sends its requests. */
export type FetchFor = (
  call: Call,
  middleware?: readonly Middleware[],
) => { readonly fetch: (request: Request) => Promise<Response>; readonly Request: typeof Request }

/** What the operations of the service need from the client. */
export interface ServiceContext {
  readonly http: Client<paths>
  readonly fetchFor: FetchFor
  readonly events: Events
}
