import type { Client, ClientPathsWithMethod, FetchResponse, MaybeOptionalInit } from 'openapi-fetch'
import type { paths } from '../../generated/dream-central-storage.js'
import type { CallOptions } from '../options/call-options.js'

type HttpMethod = 'get' | 'put' | 'post' | 'delete' | 'options' | 'head' | 'patch' | 'trace'
type MediaType = `${string}/${string}`
type PathsOf<Method extends HttpMethod> = ClientPathsWithMethod<Client<paths>, Method>
type Response<Path extends keyof paths, Method extends HttpMethod, Init> = Promise<
  FetchResponse<NonNullable<paths[Path][Method]>, Init, MediaType>
>

/** What the methods of `client.api` take besides what openapi-fetch takes. */
export type ApiCallOptions = Pick<CallOptions, 'timeoutMs'>

// biome-ignore lint/complexity/noBannedTypes: the same type as in openapi-fetch, so that an Api is a Client
type RequiredKeysOfHelper<T> = { [K in keyof T]: {} extends Pick<T, K> ? never : K }[keyof T]
type RequiredKeysOf<T> = RequiredKeysOfHelper<T> extends undefined ? never : RequiredKeysOfHelper<T>

/** As in openapi-fetch, optional unless the operation needs parameters or a body; other names are left to middleware. */
type InitParam<Init> =
  RequiredKeysOf<Init> extends never
    ? [init?: Init & ApiCallOptions & { [name: string]: unknown }]
    : [init: Init & ApiCallOptions & { [name: string]: unknown }]

type ApiMethod<Method extends HttpMethod> = <
  Path extends PathsOf<Method>,
  Init extends MaybeOptionalInit<paths[Path], Method>,
>(
  route: Path,
  ...init: InitParam<Init>
) => Response<Path, Method, Init>

type ApiRequest = <
  Method extends HttpMethod,
  Path extends PathsOf<Method>,
  Init extends MaybeOptionalInit<paths[Path], Method>,
>(
  method: Method,
  route: Path,
  ...init: InitParam<Init>
) => Response<Path, Method, Init>

/** The openapi-fetch client of the contract, whose calls also take `timeoutMs`. */
export type Api = Pick<Client<paths>, 'use' | 'eject'> & {
  readonly [Method in HttpMethod as Uppercase<Method>]: ApiMethod<Method>
} & { readonly request: ApiRequest }
