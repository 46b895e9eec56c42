export type { components, operations, paths } from '../generated/dream-central-storage.js'
export type {
  DownloadToFileOptions,
  MirrorBookOptions,
  StreamAssetOptions,
} from './assets/assets.js'
export type { FileDownload } from './assets/download-file.js'
export type { MirrorResult } from './assets/mirror.js'
export type { OnProgress, Progress } from './assets/progress.js'
export type { ByteRange } from './assets/range.js'
export type { AssetInfo, AssetStream } from './assets/stream-asset.js'
export type { CacheMode } from './cache.js'
export type { CacheScope } from './cache-keys.js'
export { DreamCentralStorageClient } from './client.js'
export { optionsFromEnv } from './environment.js'
export {
  DreamStorageAuthError,
  DreamStorageCircuitOpenError,
  DreamStorageClosedError,
  DreamStorageError,
  DreamStorageFileError,
  DreamStorageForbiddenError,
  DreamStorageInputError,
  DreamStorageNetworkError,
  DreamStorageNotFoundError,
  DreamStorageRateLimitError,
  DreamStorageRequestError,
  DreamStorageResponseError,
  DreamStorageServerError,
  DreamStorageTimeoutError,
  type ErrorFacts,
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
export type { Book, BookConfig, TokenResponse } from './payloads.js'
export { getDreamStorageClient } from './shared-client.js'
export type { CircuitStateName, ClientStats } from './stats.js'
