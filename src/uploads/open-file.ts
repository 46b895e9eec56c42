/** How many bytes tell the kind of a file. */
export const START_BYTES = 4

/** A file that is ready to be read. */
export interface OpenFile {
  readonly name: string
  /** Bytes. */
  readonly size: number
  /** Its media type; empty if it has none. */
  readonly type: string
  /** Whether it can be read again. */
  readonly isRepeatable: boolean
  /** @returns its first bytes, at least four unless it is shorter */
  start(): Promise<Uint8Array>
  /** Reads it from its start. */
  read(): AsyncGenerator<Uint8Array>
  /** Ends what is being read, and frees what it holds. */
  close(): Promise<void>
}
