/**
 * Encodes a form as `multipart/form-data`.
 * @returns a Blob: it has a length, reads its files only when it is read itself, and can be sent again
 * @see RFC 7578, and the HTML standard for the escapes of names
 */
export function encodeForm(form: FormData): Blob {
  const boundary = `dream-central-storage-${crypto.randomUUID()}`
  const parts: Array<string | Blob> = []
  for (const [name, value] of form) {
    const disposition = `--${boundary}\r\nContent-Disposition: form-data; name="${escapeName(normalize(name))}"`
    if (typeof value === 'string') parts.push(`${disposition}\r\n\r\n${normalize(value)}\r\n`)
    else {
      const type = value.type || 'application/octet-stream'
      const head = `${disposition}; filename="${escapeName(value.name)}"\r\nContent-Type: ${type}\r\n\r\n`
      parts.push(head, value, '\r\n')
    }
  }
  parts.push(`--${boundary}--\r\n`)
  return new Blob(parts, { type: `multipart/form-data; boundary=${boundary}` })
}

function normalize(text: string): string {
  return text.replace(/\r\n?|\n/g, '\r\n')
}

function escapeName(name: string): string {
  return name.replace(/\n/g, '%0A').replace(/\r/g, '%0D').replace(/"/g, '%22')
}
