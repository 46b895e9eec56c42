/** One library, or a set of them, in the way that its makers recommend. */
export interface Contestant {
  readonly name: string
  /** The head of its column. */
  readonly title: string
  /** The packages that it is made of. */
  readonly packages: readonly string[]
  /** How it is set up. */
  readonly setUp: string
}

const UNLIMITED = 'a socket for each call under way'

/** In the order in which they take turns; the first is what the others are compared with. */
export const CONTESTANTS: readonly Contestant[] = [
  {
    name: 'fetch',
    title: 'fetch',
    packages: [],
    setUp: `the global \`fetch\`: no retry, no cache, nothing on 401; ${UNLIMITED}`,
  },
  {
    name: 'undici',
    title: 'undici',
    packages: ['undici'],
    setUp: '`request` over an `Agent` of 10 connections: no retry, no cache, nothing on 401',
  },
  {
    name: 'openapi-fetch',
    title: 'openapi-fetch',
    packages: ['openapi-fetch'],
    setUp: `a middleware for the bearer, which logs in again on 401; no retry, no cache; ${UNLIMITED}`,
  },
  {
    name: 'ky',
    title: 'ky',
    packages: ['ky'],
    setUp: `its own 2 retries, the \`afterResponse\` hook of its readme for 401; no cache; ${UNLIMITED}`,
  },
  {
    name: 'got',
    title: 'got',
    packages: ['got'],
    setUp:
      'its own 2 retries, `cache: new Map()` (not shared) for the catalogue, its `afterResponse` hook for 401; keep-alive agent of 10 sockets',
  },
  {
    name: 'axios',
    title: 'axios + 2',
    packages: ['axios', 'axios-retry', 'axios-cache-interceptor'],
    setUp:
      '3 retries by axios-retry (`exponentialDelay`), axios-cache-interceptor for the catalogue, an interceptor for 401; keep-alive agent of 10 sockets',
  },
  {
    name: 'client',
    title: 'this client',
    packages: [],
    setUp:
      'as it is by default, everything on: renewal, 3 retries, circuit breakers, limits of time, cache; 10 connections',
  },
  {
    name: 'client-api',
    title: 'its api',
    packages: [],
    setUp: '`client.api`: the same without the cache',
  },
]

/** Who the others are compared with. */
export const BASE = 'fetch'
