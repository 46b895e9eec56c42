import { resolve } from 'node:path'
import type { Call } from '../call/call.js'
import { DreamStorageInputError } from '../errors.js'
import { CALL_RULES, type CallOptions } from '../options/call-options.js'
import { aFunction, boolean, integer, type Rule, type Rules, show, validate } from '../options/validation.js'
import { ENDPOINTS, type ServiceEndpoint } from '../service/endpoints.js'
import type { RemoteFile } from '../service/objects.js'
import type { BookPath } from '../service/paths.js'
import { checkMaterial, checkWordAudio } from '../service/remote-files.js'
import type { AssetContext } from './asset-context.js'
import { downloadToFile, type FileDownload, type FileOptions } from './disk/download-file.js'
import { toPublicError } from './disk/file-errors.js'
import { openTarget } from './disk/file-target.js'
import { type MirrorOptions, type MirrorResult, mirrorBook } from './mirror/mirror.js'
import { Patience } from './patience.js'
import { checkRange } from './read/range.js'
import {
  type AssetInfo,
  type AssetStream,
  findAsset,
  readAssetInfo,
  type StreamOptions,
  streamAsset,
} from './read/stream-asset.js'
import { Transfer } from './read/transfer.js'

type CommonOptions = Omit<CallOptions, 'cache'>
/** Options of `streamAsset`: those of a call without `cache`, `range` and `onProgress`. */
export type StreamAssetOptions = CommonOptions & StreamOptions
/** Options of `downloadAssetToFile`: those of a call without `cache`, `resume` and `onProgress`. */
export type DownloadToFileOptions = CommonOptions & FileOptions
/** Options of `mirrorBook`: those of a call without `cache`, `concurrency`, `prune`, `verify` and `onProgress`. */
export type MirrorBookOptions = CommonOptions & MirrorOptions

const range: Rule = { expected: 'an object', accepts: (value) => typeof value === 'object' && value !== null }
const { signal, timeoutMs } = CALL_RULES
const INFO_RULES = { signal, timeoutMs } satisfies Rules
const STREAM_RULES = { signal, timeoutMs, onProgress: aFunction, range } satisfies Rules
const FILE_RULES = { signal, timeoutMs, onProgress: aFunction, resume: boolean } satisfies Rules
const MIRROR_RULES = {
  signal,
  timeoutMs,
  onProgress: aFunction,
  concurrency: integer(1),
  prune: boolean,
  verify: boolean,
} satisfies Rules

/** The methods for large files and many files. */
export class Assets {
  readonly #context: AssetContext

  constructor(context: AssetContext) {
    this.#context = context
  }

  /** Opens a stream; the call ends with its body. @throws {@link DreamStorageInputError} for invalid options */
  async stream(file: RemoteFile, options: StreamAssetOptions = {}): Promise<AssetStream> {
    checkStreamOptions(options)
    return this.#run(file.endpoint, options, (call) => streamAsset(this.#transfer(call, file), options))
  }

  /** Like `stream`. @returns null when the service says that there is no such file */
  async find(file: RemoteFile, options: StreamAssetOptions = {}): Promise<AssetStream | null> {
    checkStreamOptions(options)
    return this.#run(file.endpoint, options, (call) => findAsset(this.#transfer(call, file), options))
  }

  /** A stream of a file of a teacher. */
  async streamMaterial(teacherId: string, path: string, options?: StreamAssetOptions): Promise<AssetStream> {
    return this.stream(checkMaterial(teacherId, path), options)
  }

  /** A stream of the audio of a word; null when the service says that there is none. */
  async findWordAudio(
    [bookId, lang, wordId]: Parameters<typeof checkWordAudio>,
    options?: StreamAssetOptions,
  ): Promise<AssetStream | null> {
    return this.find(checkWordAudio(bookId, lang, wordId), options)
  }

  /** @returns what is known about a file; null for an unknown one */
  async info(file: RemoteFile, options: CommonOptions = {}): Promise<AssetInfo | null> {
    validate(options, INFO_RULES, 'options')
    return this.#run(file.endpoint, options, (call) => readAssetInfo(this.#transfer(call, file)))
  }

  /** Downloads a file to disk. @throws {@link DreamStorageFileError} when the file cannot be written */
  async toFile(remote: RemoteFile, file: string, options: DownloadToFileOptions = {}): Promise<FileDownload> {
    validate(options, FILE_RULES, 'options')
    const path = resolve(checkText('file', file))
    return this.#run(remote.endpoint, options, async (call) => {
      const target = await openTarget(path)
      const download = () => downloadToFile(this.#transfer(call, remote), target, options)
      return new Patience(this.#context.isStorageDown).run(call, download)
    })
  }

  /** Downloads a book. @throws {@link DreamStorageFileError} when the directory cannot be used */
  async mirror(book: BookPath, directory: string, options: MirrorBookOptions = {}): Promise<MirrorResult> {
    validate(options, MIRROR_RULES, 'options')
    const target = resolve(checkText('directory', directory))
    return this.#run(ENDPOINTS.object, options, (call) =>
      mirrorBook(this.#context, call, book, target, options),
    )
  }

  #transfer(call: Call, file: RemoteFile): Transfer {
    return new Transfer(this.#context, call, file)
  }

  #run<T>(
    endpoint: ServiceEndpoint,
    { signal: caller, timeoutMs: limitMs }: CommonOptions,
    work: (call: Call) => Promise<T>,
  ): Promise<T> {
    const init = { endpoint, kind: 'operation', signal: caller, timeoutMs: limitMs } as const
    return this.#context.calls.run(init, (call) =>
      work(call).catch((error: unknown) => {
        throw toPublicError(error, call)
      }),
    )
  }
}

function checkStreamOptions(options: StreamAssetOptions): void {
  validate(options, STREAM_RULES, 'options')
  if (options.range) checkRange(options.range)
}

function checkText(name: string, value: string): string {
  if (typeof value === 'string' && value !== '' && !value.includes('\0')) return value
  throw new DreamStorageInputError(`${name} must be a path, got ${show(value)}`)
}
