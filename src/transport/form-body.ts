/**
 * A form as `multipart/form-data` (RFC 7578, in the form of the HTML standard). A Blob has a length, reads its files only
 * when it is read, and can be sent again.
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
