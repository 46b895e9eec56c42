import type { Call } from '../http/call.js'
import { noop } from '../http/wait.js'
import { KINDS } from '../kinds.js'
import type { Asset } from './asset.js'
import { findPart } from './asset-part.js'
import { AssetReader, type ReaderParts } from './asset-reader.js'
import { type OnProgress, type Progress, ProgressReport } from './progress.js'
import type { ByteRange } from './range.js'

/** A file, or a range of it, as it arrives. */
export interface AssetStream {
  /** Obeys back-pressure; read it to its end or cancel it, it holds a connection. */
  readonly body: ReadableStream<Uint8Array>
  /** 206 when a range was asked for and there is one. */
  readonly status: 200 | 206
  /** Bytes of the whole file; absent when the service does not tell. */
  readonly size?: number
  /** What `body` brings, both ends included; with status 206. */
  readonly range?: { readonly start: number; readonly end: number }
  readonly contentType: string
  readonly etag?: string
  readonly lastModified?: Date
  /** The last segment of the path. */
  readonly fileName: string
}

/** What is known of a file without its bytes. */
export interface AssetInfo {
  /** Bytes; absent when the service does not tell. */
  readonly size?: number
  readonly contentType: string
  readonly etag?: string
  /** The service sends ranges of it; it sends all and the client cuts where not. */
  readonly acceptsRanges: boolean
}

/** How a file is streamed. */
export interface StreamOptions {
  range?: ByteRange | undefined
  onProgress?: OnProgress | undefined
}

/** Opens a stream in the name of `call`, which ends with it. */
export async function streamAsset(
  parts: ReaderParts,
  call: Call,
  asset: Asset,
  { range, onProgress }: StreamOptions,
): Promise<AssetStream> {
  const reader = await AssetReader.open(parts, call, asset, range ?? { start: 0 })
  const { last, size } = reader.head
  const isPart = range !== undefined && last !== undefined && last >= range.start
  return {
    body: handOut(parts, call, reader, new ProgressReport(onProgress)),
    ...describe(reader.head.headers),
    ...(size !== undefined && { size }),
    ...(isPart ? { status: 206, range: { start: range.start, end: last } } : { status: 200 }),
    fileName: asset.assetPath.slice(asset.assetPath.lastIndexOf('/') + 1),
  }
}

/** Asks for the first byte only, and leaves even that: the service has no HEAD. Null when there is no such file. */
export async function readAssetInfo(
  parts: ReaderParts,
  parent: Call,
  asset: Asset,
): Promise<AssetInfo | null> {
  const init = { ...KINDS.download, stream: true, parent }
  const part = await parts.calls.run(init, (call) =>
    findPart(parts.operations, call, asset, { start: 0, end: 0 }),
  )
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
  parts: ReaderParts,
  call: Call,
  reader: AssetReader,
  report: ProgressReport,
): ReadableStream<Uint8Array> {
  const progress = progressOf(reader)
  const handNext = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
    const chunk = await reader.next()
    if (chunk) {
      report.update(progress())
      return controller.enqueue(chunk)
    }
    call.end()
    report.end(progress())
    controller.close()
  }
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) =>
        void call.cancellation.interrupt((reason) => {
          call.end()
          controller.error(reason)
        }),
      pull: async (controller) => {
        try {
          await handNext(controller)
        } catch (error) {
          reader.close()
          call.end()
          parts.calls.logFailure(call, error)
          throw error
        }
      },
      // Ends whatever is under way: the body, the wait before a continuation, or its request.
      cancel: (reason) => call.cancellation.cancel(reason),
    },
    { highWaterMark: 0 },
  )
}

/** How far a reader is that has just been opened, counted from where it is now. */
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
