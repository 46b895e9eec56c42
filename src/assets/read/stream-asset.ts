import { noop } from '../../call/cancellation.js'
import { findPart } from './asset-part.js'
import { AssetReader } from './asset-reader.js'
import { type OnProgress, type Progress, ProgressReport } from './progress.js'
import type { ByteRange } from './range.js'
import type { Transfer } from './transfer.js'

/** A file, or a range of it, as a stream. */
export interface AssetStream {
  /**
   * The bytes, with back-pressure. Read it to its end or cancel it: it holds a connection. When the connection breaks and
   * the service cannot continue, it errors with {@link DreamStorageNetworkError} or {@link DreamStorageTimeoutError}.
   */
  readonly body: ReadableStream<Uint8Array>
  /** 206 when a range was requested and is not empty. */
  readonly status: 200 | 206
  /** Size of the whole file in bytes; absent when the service does not say. */
  readonly size?: number
  /** The offsets of the first and the last byte of `body`; only with status 206. */
  readonly range?: { readonly start: number; readonly end: number }
  /** The media type; `application/octet-stream` when the service does not say. */
  readonly contentType: string
  /** The entity tag, with its quotes. */
  readonly etag?: string
  /** `Last-Modified`, if the service sends it. */
  readonly lastModified?: Date
  /** The last segment of the path. */
  readonly fileName: string
}

/** What is known about a file without its content. */
export interface AssetInfo {
  /** Size in bytes; absent when the service does not say. */
  readonly size?: number
  /** The media type; `application/octet-stream` when the service does not say. */
  readonly contentType: string
  /** The entity tag, with its quotes. */
  readonly etag?: string
  /** Whether the service sends ranges of it. If not, it sends the whole file and the client cuts. */
  readonly acceptsRanges: boolean
}

/** How `streamAsset` works. */
export interface StreamOptions {
  /** The bytes to read. @default the whole file */
  range?: ByteRange | undefined
  /** Called with the bytes that were read so far. */
  onProgress?: OnProgress | undefined
}

/**
 * Opens a stream; its body retains the call of the transfer.
 * @throws {@link DreamStorageRequestError} (416) for a range that starts after the end; {@link DreamStorageError}
 */
export async function streamAsset(transfer: Transfer, options: StreamOptions): Promise<AssetStream> {
  return toStream(transfer, await AssetReader.open(transfer, options.range ?? { start: 0 }), options)
}

/** Like `streamAsset`. @returns null when the service says that there is no such file */
export async function findAsset(transfer: Transfer, options: StreamOptions): Promise<AssetStream | null> {
  const reader = await AssetReader.find(transfer, options.range ?? { start: 0 })
  return reader && toStream(transfer, reader, options)
}

function toStream(
  transfer: Transfer,
  reader: AssetReader,
  { range, onProgress }: StreamOptions,
): AssetStream {
  const { last, size } = reader.head
  const isPart = range !== undefined && last !== undefined && last >= range.start
  return {
    body: handOut(transfer, reader, new ProgressReport(onProgress, transfer.call)),
    ...describe(reader.head.headers),
    ...(size !== undefined && { size }),
    ...(isPart ? { status: 206, range: { start: range.start, end: last } } : { status: 200 }),
    fileName: transfer.file.fileName,
  }
}

/** Requests the first byte only, because the service has no HEAD. @returns null when there is no such file */
export async function readAssetInfo(transfer: Transfer): Promise<AssetInfo | null> {
  const { context, file } = transfer
  const part = await transfer.request((call) => findPart(context, call, file, { start: 0, end: 0 }))
  if (!part) return null
  part.body?.cancel().catch(noop)
  const { size, acceptsRanges, headers } = part
  const { contentType, etag } = describe(headers)
  return {
    ...(size !== undefined && { size }),
    contentType,
    ...(etag !== undefined && { etag }),
    acceptsRanges,
  }
}

function handOut(
  transfer: Transfer,
  reader: AssetReader,
  report: ProgressReport,
): ReadableStream<Uint8Array> {
  const { call } = transfer
  const release = call.retain()
  const progress = progressOf(reader)
  const fail = (reason: unknown): void => {
    reader.close()
    call.fail(reason)
    release()
  }
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
    const chunk = await reader.next()
    if (chunk) {
      report.update(progress)
      return controller.enqueue(chunk)
    }
    await report.end(progress)
    release()
    controller.close()
  }
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) =>
        void call.cancellation.hook((reason) => {
          fail(reason)
          controller.error(reason)
        }),
      pull: (controller) =>
        pull(controller).catch((error: unknown) => {
          fail(error)
          throw error
        }),
      // Ends what is in flight: the body, the delay before a continuation, or its request.
      cancel: (reason) => call.cancellation.cancel(reason),
    },
    { highWaterMark: 0 },
  )
}

/** The progress of a reader, counted from its position now. */
function progressOf(reader: AssetReader): () => Progress {
  const { position: start, head } = reader
  const total = head.last === undefined ? undefined : head.last + 1 - start
  return () => ({ transferred: reader.position - start, ...(total !== undefined && { total }) })
}

function describe(headers: Headers): Pick<AssetStream, 'contentType' | 'etag' | 'lastModified'> {
  const etag = headers.get('etag')
  const modified = Date.parse(headers.get('last-modified') ?? '')
  return {
    contentType: headers.get('content-type') ?? 'application/octet-stream',
    ...(etag !== null && { etag }),
    ...(!Number.isNaN(modified) && { lastModified: new Date(modified) }),
  }
}
