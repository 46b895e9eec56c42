/**
 * Called when a body begins to be sent and whenever more of it has been sent: with the bytes since the last time, and with
 * true when all of it has been sent.
 */
export type OnSend = (isAll: boolean, bytes: number) => void

/** How much of a body is sent at once: what a time limit for a silence sees of its progress. */
export const PIECE_BYTES = 65_536

// Each read of a Blob costs more than its bytes.
const READ_BYTES = 4 * PIECE_BYTES

/** @returns the content of a Blob, read as it is asked for: on Node 20 its own stream reads all of it into memory at once */
export function blobStream(blob: Blob): ReadableStream<Uint8Array> {
  let start = 0
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
    const piece = await blob.slice(start, start + READ_BYTES).arrayBuffer()
    start += READ_BYTES
    if (piece.byteLength > 0) controller.enqueue(new Uint8Array(piece))
    if (start >= blob.size) controller.close()
  }
  return new ReadableStream({ pull }, { highWaterMark: 0 })
}
