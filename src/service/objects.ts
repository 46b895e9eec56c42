import type { Call } from '../call/call.js'
import { BufferedResponse } from '../transport/buffered-response.js'
import { type ChunkReader, StreamedResponse } from '../transport/streamed-response.js'
import { ENDPOINTS, type ServiceEndpoint } from './endpoints.js'
import { type BookPath, checkAssetPath, checkBookPath } from './paths.js'
import { isOwnNotFound } from './rules.js'
import type { ServiceContext } from './service-context.js'
import { checkOk, type Result } from './unwrap.js'

/** A response to a request for a file, whatever its status. A success has a body that still arrives, unless it is empty. */
export interface PartAnswer extends Result<unknown> {
  readonly body: ChunkReader | undefined
}

/** A file of the service: its endpoint and the parameters of it. */
export interface RemoteFile {
  readonly endpoint: ServiceEndpoint
  readonly params: {
    readonly path: Readonly<Record<string, string | number>>
    readonly query?: Readonly<Record<string, string>>
  }
  /** The last segment of its path. */
  readonly fileName: string
}

/** @returns a file of a book */
export function objectOf(path: BookPath, assetPath: string): RemoteFile {
  return {
    endpoint: ENDPOINTS.object,
    params: { path: { ...path }, query: { path: assetPath } },
    fileName: assetPath.slice(assetPath.lastIndexOf('/') + 1),
  }
}

/** @returns a file of a book @throws {@link DreamStorageInputError} for names and paths that no file can have */
export function checkObject(publisher: string, bookName: string, assetPath: string): RemoteFile {
  return objectOf(checkBookPath(publisher, bookName), checkAssetPath(assetPath))
}

/**
 * Requests a file as a stream.
 * @param range the value of the header `Range`; undefined for the whole file
 * @returns the response, also one of 400 or more
 */
export async function readPart(
  context: ServiceContext,
  call: Call,
  file: RemoteFile,
  range: string | undefined,
): Promise<PartAnswer> {
  const { data, error, response } = await get(context, call, file, range === undefined ? {} : { range })
  return { response, error, body: data ? readerOf(response, data) : undefined }
}

/** Downloads a file into memory. @returns its bytes @throws {@link DreamStorageError} for a response of 400 or more */
export async function readObject(context: ServiceContext, call: Call, file: RemoteFile): Promise<Uint8Array> {
  const result = await get(context, call, file)
  checkOk(result, call)
  return bytesOf(result)
}

/** A file in memory, and the headers of its response. */
export interface FileContent {
  readonly bytes: Uint8Array
  readonly headers: Headers
}

/** Like `readObject`. @returns its bytes and headers; null when the service says that there is no such file */
export async function findFile(
  context: ServiceContext,
  call: Call,
  file: RemoteFile,
): Promise<FileContent | null> {
  const result = await get(context, call, file)
  if (isOwnNotFound(result)) return null
  checkOk(result, call)
  return { bytes: await bytesOf(result), headers: result.response.headers }
}

/** `stream` keeps openapi-fetch from parsing: unless the call is one, the bytes have been read inside the attempt. */
function get(
  { http, fetchFor }: ServiceContext,
  call: Call,
  { endpoint, params }: RemoteFile,
  headers = {},
): Promise<Result<ReadableStream<Uint8Array> | null>> {
  // The types of openapi-fetch are those of one route; all of these return a file.
  const send = http.GET as unknown as (route: string, init: object) => ReturnType<typeof get>
  return send(endpoint.route, { params, headers, parseAs: 'stream', ...fetchFor(call) })
}

async function bytesOf({ response }: Result<unknown>): Promise<Uint8Array> {
  // A middleware may have replaced the response.
  return response instanceof BufferedResponse
    ? response.content
    : new Uint8Array(await response.arrayBuffer())
}

function readerOf(response: Response, body: ReadableStream<Uint8Array>): ChunkReader {
  return (response instanceof StreamedResponse ? response.reader : undefined) ?? body.getReader()
}
