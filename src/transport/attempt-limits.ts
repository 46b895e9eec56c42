import type { Endpoint } from '../call/endpoint.js'

/** The limits of one attempt. */
export interface AttemptLimits {
  /** Milliseconds for the connection, TLS included. */
  readonly connectMs: number
  /** Milliseconds for the response with its body, and for each silence while the body of the request is sent. */
  readonly requestMs: number
  /** For a file: milliseconds for the headers, and for each silence after them, or of an upload. */
  readonly downloadMs: number
  /** For an upload: milliseconds for the response, from the last byte sent on. */
  readonly uploadAnswerMs: number
  /** For a streamed body: milliseconds that it waits to be read. */
  readonly consumerMs: number
  /** Bytes of a body that is not a file, after decoding. */
  readonly maxJsonBytes: number
}

/** @returns the limits for each silence of the request, and for the headers of the response from its last byte on */
export function sendLimits(
  { answer, isUpload }: Endpoint,
  { requestMs, downloadMs, uploadAnswerMs }: AttemptLimits,
): { sendMs: number; headersMs: number } {
  if (isUpload) return { sendMs: downloadMs, headersMs: uploadAnswerMs }
  return { sendMs: requestMs, headersMs: answer === 'file' ? downloadMs : requestMs }
}
