import type { Call } from '../call/call.js'
import { BufferedResponse } from '../transport/buffered-response.js'
import { type ChunkReader, StreamedResponse } from '../transport/streamed-response.js'
import { ENDPOINTS } from './endpoints.js'
import type { BookPath } from './paths.js'
import type { ServiceContext } from './service-context.js'
import { checkOk, type Result } from './unwrap.js'

/** A response to a request for a file, whatever its status. A success has a body that still arrives, unless it is empty. */
export interface PartAnswer extends Result<unknown> {
  readonly body: ChunkReader | undefined
}

/**
 * Requests a file as a stream.
 * @param range the value of the header `Range`; undefined for the whole file
 * @returns the response, also one of 400 or more
 */
export async function readPart(
  { http, fetchFor }: ServiceContext,
  call: Call,
  path: BookPath,
  assetPath: string,
  range: string | undefined,
): Promise<PartAnswer> {
  const params = { path, query: { path: assetPath } }
  const headers = range === undefined ? {} : { range }
  const init = { params, headers, parseAs: 'stream', ...fetchFor(call) } as const
  const { data, error, response } = await http.GET(ENDPOINTS.object.route, init)
  return { response, error, body: data ? readerOf(response, data) : undefined }
}

/** Downloads a file into memory. @returns its bytes @throws {@link DreamStorageError} for a response of 400 or more */
export async function readObject(
  { http, fetchFor }: ServiceContext,
  call: Call,
  path: BookPath,
  assetPath: string,
): Promise<Uint8Array> {
  const params = { path, query: { path: assetPath } }
  // `stream` keeps openapi-fetch from parsing: the bytes have been read inside the attempt.
  const result = await http.GET(ENDPOINTS.object.route, { params, parseAs: 'stream', ...fetchFor(call) })
  checkOk(result, call)
  const { response } = result
  // A middleware may have replaced the response.
  return response instanceof BufferedResponse
    ? response.content
    : new Uint8Array(await response.arrayBuffer())
}

function readerOf(response: Response, body: ReadableStream<Uint8Array>): ChunkReader {
  return (response instanceof StreamedResponse ? response.reader : undefined) ?? body.getReader()
}
