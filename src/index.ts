export type { components, operations, paths } from '../generated/dream-central-storage.js'
export type { CacheMode } from './cache.js'
export type { CacheScope } from './cache-keys.js'
export { type Book, type BookConfig, DreamCentralStorageClient, type TokenResponse } from './client.js'
export { optionsFromEnv } from './environment.js'
export {
  DreamStorageAuthError,
  DreamStorageCircuitOpenError,
  DreamStorageClosedError,
  DreamStorageError,
  DreamStorageForbiddenError,
  DreamStorageInputError,
  DreamStorageNetworkError,
  DreamStorageNotFoundError,
  DreamStorageRateLimitError,
  DreamStorageRequestError,
  DreamStorageResponseError,
  DreamStorageServerError,
  DreamStorageTimeoutError,
  type TimeoutPhase,
} from './errors.js'
export type { TokenProvider } from './http/token-source.js'
export type { Logger } from './logger.js'
export type {
  CacheOptions,
  CallOptions,
  CircuitBreakerOptions,
  DreamCentralStorageOptions,
  FetchLike,
  RetryOptions,
  TimeoutOptions,
} from './options.js'
export { getDreamStorageClient } from './shared-client.js'
export type { CircuitStateName, ClientStats } from './stats.js'
