import { resolve } from 'node:path'
import { DreamStorageFileError, DreamStorageInputError } from '../errors.js'
import type { Call } from '../http/call.js'
import { KINDS } from '../kinds.js'
import type { BookPath } from '../operations.js'
import type { CallOptions } from '../options.js'
import { CALL_RULES } from '../resolve-options.js'
import { integer, type Rule, type Rules, show, validate } from '../validation.js'
import type { Asset } from './asset.js'
import type { ReaderParts } from './asset-reader.js'
import { downloadToFile, type FileDownload, type FileOptions } from './download-file.js'
import { inCall } from './file-errors.js'
import { type MirrorOptions, type MirrorResult, mirrorBook } from './mirror.js'
import { checkRange } from './range.js'
import {
  type AssetInfo,
  type AssetStream,
  readAssetInfo,
  type StreamOptions,
  streamAsset,
} from './stream-asset.js'

type Common = Omit<CallOptions, 'cache'>
/** Options of `streamAsset`. */
export type StreamAssetOptions = Common & StreamOptions
/** Options of `downloadAssetToFile`. */
export type DownloadToFileOptions = Common & FileOptions
/** Options of `mirrorBook`. */
export type MirrorBookOptions = Common & MirrorOptions

const boolean: Rule = { expected: 'true or false', accepts: (value) => typeof value === 'boolean' }
const onProgress: Rule = { expected: 'a function', accepts: (value) => typeof value === 'function' }
const range: Rule = { expected: 'an object', accepts: (value) => typeof value === 'object' && value !== null }
const { signal, timeoutMs } = CALL_RULES
const INFO_RULES = { signal, timeoutMs } satisfies Rules
const STREAM_RULES = { signal, timeoutMs, onProgress, range } satisfies Rules
const FILE_RULES = { signal, timeoutMs, onProgress, resume: boolean } satisfies Rules
const MIRROR_RULES = {
  signal,
  timeoutMs,
  onProgress,
  concurrency: integer(1),
  prune: boolean,
} satisfies Rules

/** The methods for files that are too large for memory, or many. */
export class Assets {
  readonly #parts: ReaderParts

  constructor(parts: ReaderParts) {
    this.#parts = parts
  }

  /** The call ends with the body. */
  async stream(asset: Asset, options: StreamAssetOptions = {}): Promise<AssetStream> {
    validate(options, STREAM_RULES, 'options')
    if (options.range) checkRange(options.range)
    const call = this.#open(options)
    try {
      return await streamAsset(this.#parts, call, asset, options)
    } catch (error) {
      call.end()
      throw error
    }
  }

  async info(asset: Asset, options: Common = {}): Promise<AssetInfo | null> {
    validate(options, INFO_RULES, 'options')
    return this.#hold(options, (call) => readAssetInfo(this.#parts, call, asset))
  }

  async toFile(asset: Asset, file: string, options: DownloadToFileOptions = {}): Promise<FileDownload> {
    validate(options, FILE_RULES, 'options')
    const target = resolve(checkText('file', file))
    return this.#hold(options, (call) => downloadToFile(this.#parts, call, asset, target, options))
  }

  async mirror(path: BookPath, directory: string, options: MirrorBookOptions = {}): Promise<MirrorResult> {
    validate(options, MIRROR_RULES, 'options')
    const target = resolve(checkText('directory', directory))
    return this.#hold(options, (call) => mirrorBook(this.#parts, call, path, target, options))
  }

  #open({ signal: caller, timeoutMs: limitMs }: Common): Call {
    const init = { ...KINDS.object, signal: caller, timeoutMs: limitMs }
    return this.#parts.calls.open(init)
  }

  async #hold<T>(options: Common, work: (call: Call) => Promise<T>): Promise<T> {
    const call = this.#open(options)
    try {
      return await work(call)
    } catch (thrown) {
      const error = inCall(thrown, call)
      // What a request failed with has been told by its own line.
      const isUntold = error instanceof DreamStorageFileError || error === call.cancellation.reason
      if (isUntold) this.#parts.calls.logFailure(call, error)
      throw error
    } finally {
      call.end()
    }
  }
}

function checkText(name: string, value: string): string {
  if (typeof value === 'string' && value !== '' && !value.includes('\0')) return value
  throw new DreamStorageInputError(`${name} must be a path, got ${show(value)}`)
}
