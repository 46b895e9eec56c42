import { StreamedBlob, streamOf } from './streamed-blob.js'

/** A file that is read while it is sent. */
export interface FormFile {
  readonly name: string
  readonly type: string
  /** Bytes. */
  readonly size: number
  /** Whether it can be read again. */
  readonly isRepeatable: boolean
  /** Reads it from its start. */
  readonly read: () => AsyncGenerator<Uint8Array>
}

/**
 * Encodes a form with one field, a file, as `multipart/form-data`.
 * @returns a body of known length, and how many of its bytes are before the file
 */
export function encodeFile(field: string, file: FormFile): { body: StreamedBlob; headLength: number } {
  const boundary = newBoundary()
  const head = Buffer.from(headOf(boundary, field, file.name, file.type))
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`)
  const content = async function* (): AsyncGenerator<Uint8Array> {
    yield head
    yield* file.read()
    yield tail
  }
  const body = new StreamedBlob({
    size: head.length + file.size + tail.length,
    type: `multipart/form-data; boundary=${boundary}`,
    isRepeatable: file.isRepeatable,
    open: () => streamOf(content),
  })
  return { body, headLength: head.length }
}

/**
 * Encodes a form as `multipart/form-data`.
 * @returns a Blob: it has a length, reads its files only when it is read itself, and can be sent again
 * @see RFC 7578, and the HTML standard for the escapes of names
 */
export function encodeForm(form: FormData): Blob {
  const boundary = newBoundary()
  const parts: Array<string | Blob> = []
  for (const [name, value] of form) {
    if (typeof value === 'string') {
      parts.push(`${dispositionOf(boundary, name)}\r\n\r\n${normalize(value)}\r\n`)
    } else {
      const type = value.type || 'application/octet-stream'
      parts.push(headOf(boundary, name, value.name, type), value, '\r\n')
    }
  }
  parts.push(`--${boundary}--\r\n`)
  return new Blob(parts, { type: `multipart/form-data; boundary=${boundary}` })
}

function newBoundary(): string {
  return `dream-central-storage-${crypto.randomUUID()}`
}

/** What is before the content of a file. */
function headOf(boundary: string, name: string, fileName: string, type: string): string {
  return `${dispositionOf(boundary, name)}; filename="${escapeName(fileName)}"\r\nContent-Type: ${type}\r\n\r\n`
}

function dispositionOf(boundary: string, name: string): string {
  return `--${boundary}\r\nContent-Disposition: form-data; name="${escapeName(normalize(name))}"`
}

function normalize(text: string): string {
  return text.replace(/\r\n?|\n/g, '\r\n')
}

function escapeName(name: string): string {
  return name.replace(/\n/g, '%0A').replace(/\r/g, '%0D').replace(/"/g, '%22')
}
