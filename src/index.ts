export type * from '../generated/dream-central-storage.js'
export type {
  DownloadToFileOptions,
  MirrorBookOptions,
  StreamAssetOptions,
} from './assets/assets.js'
export type { FileDownload } from './assets/disk/download-file.js'
export type { MirrorResult } from './assets/mirror/mirror.js'
export type { OnProgress, Progress } from './assets/read/progress.js'
export type { ByteRange } from './assets/read/range.js'
export type { AssetInfo, AssetStream } from './assets/read/stream-asset.js'
export type { TokenProvider } from './auth/token-source.js'
export type { BookAi, VocabularyOptions } from './book-ai.js'
export type { CacheMode } from './cache/cache.js'
export type { CallFacts, CallKind, ClientEvents, Observer, SkipExample } from './call/events.js'
export type { Logger } from './call/logger.js'
export type { CircuitStateName, ClientStats } from './call/stats-observer.js'
export { DreamCentralStorageClient } from './client.js'
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
  DreamStorageWebhookError,
  type ErrorContext,
  type TimeoutPhase,
  type WebhookRefusal,
} from './errors.js'
export type { CallOptions } from './options/call-options.js'
export { optionsFromEnv } from './options/environment.js'
export type {
  CacheOptions,
  CircuitBreakerOptions,
  DreamCentralStorageOptions,
  RetryOptions,
  TimeoutOptions,
} from './options/options.js'
export type { Api, ApiCallOptions } from './service/api-types.js'
export type { CacheScope } from './service/cache-keys.js'
export type { BookConfigEntry, BookConfigsOptions, BookNames } from './service/configs.js'
export type { BookCover, PublisherLogo } from './service/pictures.js'
export type { PresignedAssetUrl, PresignedUrlOptions } from './service/presigned.js'
export type { BookFile } from './service/teachers.js'
export type { EnsuredWebhook, WebhookOptions } from './service/webhooks.js'
export { getDreamStorageClient } from './shared-client.js'
export type { FetchLike } from './transport/fetch-transport.js'
export type { UploadStream } from './uploads/streamed-file.js'
export type { UploadOptions } from './uploads/upload.js'
export type { UploadFile } from './uploads/upload-file.js'
export type { UploadBookOptions, UploadContentOptions } from './uploads/uploads.js'
